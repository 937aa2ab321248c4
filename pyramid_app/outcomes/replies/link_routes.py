"""What a partner's link opens: one page, no sign-in, no other page.

A GET shows and writes nothing: mail scanners open links, they press nothing.
"""

from collections.abc import Callable

from flask import Response, request

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts.door import secret
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.say import Say
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.blueprint import blueprint
from pyramid_app.outcomes.replies import by_link
from pyramid_app.outcomes.replies.by_link import Opened
from pyramid_app.outcomes.replies.forms import LateForm, NoteForm, PassForm, ReplyForm
from pyramid_app.outcomes.replies.links import Held, read_link
from pyramid_app.partners import queries as partners
from pyramid_app.topics import queries as topics

Act = Callable[[Work, Held | None], object]


@blueprint.get("/answer/<token>")
@anyone
def partner_link(token: str) -> Response:
    return _through(token, None, None)


@blueprint.post("/answer/<token>")
@anyone
def partner_reply(token: str) -> Response:
    """Save the draft, or send the answer."""
    form = ReplyForm()
    verb = by_link.send if request.form.get("do") == "send" else by_link.save_draft
    return _through(token, form, lambda work, held: verb(work, held, form.words.data or ""))


@blueprint.post("/answer/<token>/late")
@anyone
def partner_late(token: str) -> Response:
    """One line that families read beside the partner's name, once the day has passed."""
    form = LateForm()
    return _through(token, form, lambda work, held: by_link.say_why_late(work, held, form.why_late.data or ""))


@blueprint.post("/answer/<token>/pass")
@anyone
def partner_pass(token: str) -> Response:
    """To a colleague: afterwards this link says where the new one went."""
    form = PassForm()
    return _through(token, form, lambda work, held: by_link.pass_on(work, held, form.address.data or ""))


@blueprint.post("/answer/<token>/note")
@anyone
def partner_note(token: str) -> Response:
    """Words beside an answer that is not public yet."""
    form = NoteForm()
    return _through(token, form, lambda work, held: by_link.add_words(work, held, form.note.data or ""))


def _through(token: str, form: Form | None, act: Act | None) -> Response:
    """Do it if the link opens now; else a kind page that says why not, and whom to ask."""
    held = read_link(secret(), token)
    try:
        by_link.open_link(house.reading(), held, house.now())
        if form is not None and act is not None and form.validate_on_submit():
            with house.acting(NOBODY) as work:
                act(work, held)
            return see_other("outcomes.partner_link", token=token)
    except by_link.Sent as refused:
        return _page(token, by_link.open_link(house.reading(), held, house.now()), None, refused.reason)
    except errors.Invalid as refused:
        assert form is not None  # noqa: S101  only what was sent can be wrong
        form.take(refused)
    except errors.NotFound as refused:
        return render("outcomes/replies/refused.html", reason=refused.reason, status=404)
    except errors.NotAllowed as refused:
        return render("outcomes/replies/refused.html", reason=refused.reason, status=410)
    return _page(token, by_link.open_link(house.reading(), held, house.now()), form, None)


def _page(token: str, opened: Opened, tried: Form | None, kept_not: Say | None) -> Response:
    """The one page; ``tried`` is the form that has to be mended, ``kept_not`` why nothing more was kept."""
    session, now = house.reading(), house.now()
    here = opened.ask or opened.note
    assert here is not None  # noqa: S101  a link opens one or both
    topic_id = opened.ask.topic_id if opened.ask else opened.outcome.topic_id if opened.outcome else None
    assert topic_id is not None  # noqa: S101
    topic = topics.get_topic_by_id(session, topic_id)
    boxes = {"reply": ReplyForm, "late": LateForm, "pass_on": PassForm, "note": NoteForm}
    filled = {
        "reply": {"words": opened.ask.draft if opened.ask else ""},
        "late": {"why_late": opened.ask.why_late if opened.ask else ""},
        "note": {"note": opened.note.words if opened.note else ""},
    }  # fmt: skip
    forms = {
        name: tried if isinstance(tried, kind) else kind(formdata=None, **filled.get(name, {}))
        for name, kind in boxes.items()
    }
    earlier = outcomes.of_topic(session, topic.id, now)
    return render(
        "outcomes/replies/link.html", token=token, opened=opened, topic=topic,
        partner=partners.get_partner(session, here.partner).name,
        sent_to=accounts.masked(opened.ask.sent_to if opened.ask else opened.note.mailbox if opened.note else ""),
        touches=topics.links_of(session, topic.id), heard=feedback.cleared_voices(session, topic.id),
        earlier=earlier, forms=forms, tried=tried, kept_not=kept_not,
        evidence=outcomes.evidence_of(session, [*earlier, *([opened.outcome] if opened.outcome else [])]),
        status=409 if kept_not else tried.status if tried else 200,
    )  # fmt: skip
