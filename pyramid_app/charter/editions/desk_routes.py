"""On the desk: who signed the present edition, in which languages it stands, and bringing in the first one."""

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import leads, officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.charter import queries
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.editions import screens, service
from pyramid_app.charter.editions.forms import ImportForm, SignForm, WordsForm
from pyramid_app.charter.editions.permissions import may_import
from pyramid_app.charter.rules import EASY_READ, digest, exact
from pyramid_app.partners import queries as partners


@blueprint.route("/desk/charter", methods=["GET", "POST"])
@officers
def desk() -> Response:
    """The present edition: its signatures and its languages."""
    reading = house.reading()
    charter = queries.current_charter(reading)
    form = SignForm(data={"edition": charter.edition.number if charter else ""})
    form.offer(partners.list_partners(reading))
    if acted(form, lambda work: _sign(work, form)):
        return see_other("charter.desk")
    form.edition.data = str(charter.edition.number) if charter else ""
    return render(
        "charter/desk.html", "main", charter=charter, form=form, status=form.status,
        spoken=screens.spoken_in(charter.promises) if charter else [], easy_read=EASY_READ,
        may_import=may_import(house.actor(), charter.edition if charter else None),
    )  # fmt: skip


@blueprint.route("/desk/charter/words/<int(max=99999):number>", methods=["GET", "POST"])
@officers
def words(number: int) -> Response:
    """One promise of the present edition in Easy Read or another language."""
    promise = queries.find_present(house.reading(), number)
    if promise is None:
        raise errors.NotFound
    known = screens.tongues()
    asked = request.values.get("language", EASY_READ)
    tongue = next((one for one in known if one.code == asked), known[0])
    twin = next((one for one in promise.twins if one.language == tongue.code), None)
    form = WordsForm(data={"language": tongue.code, "text": twin.text if twin else ""})
    if acted(form, lambda work: _translate(work, number, form)):
        return see_other("charter.words", number=number, language=tongue.code)
    # Whoever is told that the promise has changed meanwhile has the new one before her from here on.
    form.of_digest.data = digest(exact(promise.words))
    return render(
        "charter/words.html", "main", promise=promise, form=form, tongue=tongue, tongues=known, twin=twin,
        status=form.status,
    )  # fmt: skip


@blueprint.route("/desk/charter/import", methods=["GET", "POST"])
@leads
def bring_in() -> Response:
    """A charter in Markdown: first looked at, then published, and only until there is one of the area's own."""
    form, checked = ImportForm(), None
    present = queries.current_edition(house.reading())
    allowed = may_import(house.actor(), present)
    if form.validate_on_submit():
        # Only what was looked at is published: words that were changed since are shown first.
        looked_at = "publish" in request.form and form.seen.data == digest(form.source.data or "")
        if looked_at and acted(form, lambda work: _bring_in(work, form)):
            return see_other("charter.index")
        checked = service.look_over(house.reading(), house.now(), form.source.data or "", form.chosen())
        form.seen.data = digest(form.source.data or "")
    return render(
        "charter/import.html", "main", form=form, checked=checked, allowed=allowed, present=present,
        names={one.slug: one.name for one in service.partners_of(house.reading(), house.now())},
        chosen=form.chosen(), status=form.status,
    )  # fmt: skip


def _sign(work: Work, form: SignForm) -> None:
    service.sign(work, form.of_edition, form.partner.data or "", form.role.data or "", form.signed_on.data)


def _translate(work: Work, number: int, form: WordsForm) -> None:
    service.translate(work, number, form.language.data or "", form.text.data or "", form.of_digest.data or "")


def _bring_in(work: Work, form: ImportForm) -> None:
    service.bring_in(work, form.source.data or "", form.chosen())
