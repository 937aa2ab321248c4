"""What the link of whoever has to keep a promise opens: one page, no sign-in, no other page.

A GET shows and writes nothing: mail scanners open links, they press nothing.
"""

from flask import Response

from pyramid_app.accounts.door import secret
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting import screens
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.handing import owners, queries
from pyramid_app.charter.handing.forms import KeepForm
from pyramid_app.charter.handing.links import Held, read_link
from pyramid_app.charter.handing.models import OwnerAsk
from pyramid_app.kit.say import Say
from pyramid_app.partners import queries as partners


@blueprint.route("/keep/<token>", methods=["GET", "POST"])
@anyone
def keep(token: str) -> Response:
    """Can you keep it? The answer can be changed until the draft moves on."""
    held = read_link(secret(), token)
    ask = house.reading().get(OwnerAsk, held.ask_id) if held else None
    if held is None or ask is None:
        return _refused(Say("This is no link of ours. Please look for the link in our letter."), 404)
    if queries.find_open_ask(house.reading(), held) is None:
        return _refused(_why_over(held, ask), 410)
    form = KeepForm(says=ask.says, words=ask.words)
    try:
        if form.validate_on_submit():
            with house.acting(NOBODY) as work:
                owners.answer(work, held, form.chosen, form.words.data or "")
            return see_other("charter.keep", token=token)
    except errors.Invalid as refused:
        form.take(refused)
    except errors.Conflict as refused:
        return _refused(refused.reason, 410)
    return _page(token, held, form)


def _why_over(held: Held, ask: OwnerAsk) -> Say:
    if held.link != ask.link:
        return Say("We sent a newer link, so this one has ended. Please look for our last letter.")
    return Say("This question is over. The draft has moved on, or its words have changed. Thank you.")


def _page(token: str, held: Held, form: KeepForm) -> Response:
    reading = house.reading()
    ask = reading.get_one(OwnerAsk, held.ask_id)
    draft = reading.get_one(Draft, ask.draft_id)
    text = drafts.text_of(reading, draft)
    unmet = comments.unmet(reading, draft.id, text.promises)
    return render(
        "charter/drafts/keep.html", token=token, draft=draft, ask=ask, form=form, old=text.old, promises=text.promises,
        partner=partners.get_partner(reading, ask.partner).name,
        compared=screens.compared(text, screens.names(reading)),
        unmet=[one for one in unmet if one.comment.hidden_at is None],
        hidden=[one for one in unmet if one.comment.hidden_at is not None], status=form.status,
    )  # fmt: skip


def _refused(reason: Say, status: int) -> Response:
    return render("charter/drafts/keep_over.html", reason=reason, status=status)
