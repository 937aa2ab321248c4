"""Pasting an e-mail: what its writer said is found, looked at by a colleague, and only then kept."""

from flask import Response

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.intake import queries, service
from pyramid_app.feedback.intake.entering_routes import entry_of, take
from pyramid_app.feedback.intake.forms import MailCheckForm, MailForm, SaidForm, all_errors
from pyramid_app.feedback.intake.mail import LONGEST, MOST_LINES, Machine, Mail, is_too_long, read_mail
from pyramid_app.feedback.intake.rules import Occasion, what_is_wrong_with_occasion
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import Channel, Naming, shortened
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date


@blueprint.route("/desk/enter/mail", methods=["GET", "POST"])
@officers
def enter_mail() -> Response:
    """A box for the whole mail; then what was found in it. Nothing is kept before somebody has looked."""
    form = MailForm()
    if form.validate_on_submit():
        pasted = form.mail.data or ""
        if pasted and not is_too_long(pasted):
            return _found(pasted, form.form_id.data or "")
        return _asked_again(form)
    return render("feedback/intake/mail.html", "main", form=form, status=form.status)


@blueprint.post("/desk/enter/mail/keep")
@officers
def keep_mail() -> Response:
    """Keep it as it was looked at: somebody's words, or a machine's."""
    form, block = MailCheckForm(), SaidForm(0)
    pasted = form.mail.data or ""
    if not pasted or is_too_long(pasted):
        return _asked_again(MailForm())
    mail = read_mail(pasted)
    if form.validate() and (form.machine.data or block.validate()):
        try:
            voice = _put_away(form, mail) if form.machine.data else _keep(form, block, mail)
        except errors.Invalid as refused:
            take(refused, form, [block])
        else:
            return see_other("feedback.entered", refs=voice.ref)
    return _page(form, block, mail, pasted)


def _asked_again(form: MailForm) -> Response:
    """The box with all that was pasted still in it, and why it can't be read like this."""
    form.take(errors.Invalid({"mail": _why_not(form.mail.data or "")}))
    return render("feedback/intake/mail.html", "main", form=form, status=form.status)


def _why_not(pasted: str) -> Say:
    if not pasted:
        return Say("Paste the e-mail here.")
    if len(pasted) > LONGEST:
        return Say("Please make this shorter: {most} characters at the most.", most=LONGEST)
    return Say("This e-mail has more than {most} lines. Paste the newest message only, with its From and Subject.",
               most=MOST_LINES)  # fmt: skip


def _found(pasted: str, page: str) -> Response:
    """The check page as it first looks."""
    mail = read_mail(pasted)
    form = MailCheckForm(
        formdata=None, form_id=page, mail=pasted, said_on=mail.sent_on, machine=mail.machine is not None,
        consent=translate("They wrote to us by e-mail."),
    )  # fmt: skip
    naming = Naming.KNOWN_TO_US if mail.address else Naming.UNNAMED
    block = SaidForm(
        0, formdata=None, words=mail.words, name=mail.name, address=mail.address, tell=bool(mail.address), naming=naming
    )
    return _page(form, block, mail, pasted)


def _page(form: MailCheckForm, block: SaidForm, mail: Mail, pasted: str) -> Response:
    found = all_errors(form, [block])
    return render(
        "feedback/intake/mail_check.html", "main", form=form, block=block, mail=mail, pasted=pasted,
        belongs=queries.belongs_to(house.reading(), mail.refs, mail.message_ids), summary={"errors": found},
        status=422 if found else 200,
    )  # fmt: skip


def _occasion(form: MailCheckForm) -> Occasion:
    """Raises ``Invalid`` by field."""
    occasion = Occasion(Channel.EMAIL, form.consent.data or "", form.said_on.data)
    wrong = what_is_wrong_with_occasion(occasion, london_date(house.now()))
    if wrong:
        raise errors.Invalid(wrong)
    return occasion


def _keep(form: MailCheckForm, block: SaidForm, mail: Mail) -> Voice:
    occasion, entry, page = _occasion(form), entry_of(block), form.form_id.data or ""
    with house.acting() as work:
        belongs = queries.belongs_to(work.session, mail.refs, mail.message_ids)
        (voice,) = service.enter(work, [entry], occasion, page, belongs.topic.id if belongs.topic else None)
    return voice


def _put_away(form: MailCheckForm, mail: Mail) -> Voice:
    words = shortened(mail.body, house.area().voice_characters - 2) or mail.subject or translate("(no words)")
    # Who is away has read nothing yet, but the letter has arrived.
    back = mail.message_ids if mail.machine is Machine.BOUNCE else ()
    occasion, page = _occasion(form), form.form_id.data or ""
    with house.acting() as work:
        return service.put_away(work, words, occasion, page, back)
