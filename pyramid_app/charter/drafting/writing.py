"""The page on which a draft is written: it saves by itself, keeps what somebody typed, and shows both texts where two
people wrote at once.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from flask import Response, request
from sqlmodel import Session

from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.models import Person
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.render import render, see_other
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting import queries, screens, service
from pyramid_app.charter.drafting.forms import WriteForm, write_form
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import MAKES, Content, DraftKind, Part
from pyramid_app.charter.drafting.screens import Compared
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.kit.texts.redline import compare
from pyramid_app.partners import queries as partners
from pyramid_app.partners.models import Partner

PRESSED = ("more", "fewer")
"""Buttons that change how many promises there are boxes for; they save nothing."""


def write_page(draft: Draft, part: Part) -> Response:
    """Show the words, or save what was sent."""
    text = queries.text_of(house.reading(), draft)
    stored = Content(draft.title, draft.reason, text.promises)
    principles = charter.list_principles(house.reading())
    form = write_form(_parts(draft.kind, stored), stored, _nameable(stored), principles)
    theirs: Content | None = None
    if not any(button in request.form for button in PRESSED) and form.validate_on_submit():
        try:
            with house.acting() as work:
                service.save(work, draft.id, _seen(form), form.content())
            return see_other("charter.write_draft", ref=draft.ref)
        except service.Clash as clash:
            theirs = clash.theirs
        except errors.Invalid as refused:
            form.take(refused)
    if request.method == "GET":
        form.seen.data = str(draft.saves)
    now = queries.get_draft(house.reading(), draft.ref, house.actor(), house.now())[0]
    return render(
        "charter/drafts/write.html", "saved", form=form, draft=now, part=part, theirs=theirs,
        differs=_differs(theirs, form.content()) if theirs else [], old=text.old, can=_can(draft.kind, form.parts),
        kept_at=queries.versions_of(house.reading(), draft.id)[0].saved_at, sent=request.method == "POST",
        status=422 if theirs else form.status,
    )  # fmt: skip


def could_write(session: Session, now: datetime, there: Collection[UUID]) -> list[Person]:
    """Officers whom nobody has asked yet."""
    return [one for one in staff.colleagues(session, None, now) if one.id not in there]


def _seen(form: WriteForm) -> int:
    """What the writer has in sight. ``over``: she saw somebody else's text and pressed the button beside it, which no
    saving by itself does."""
    seen = whole(request.form.get("over") or form.seen.data)
    return -1 if seen is None else seen


def _parts(kind: DraftKind, stored: Content) -> int:
    """For how many promises there are boxes: as many as were sent, or one more, or one fewer."""
    least, most = MAKES[kind]
    sent = sum(f"promises-{at}-text" in request.form for at in range(most))
    parts = (sent or len(stored.promises)) + ("more" in request.form) - ("fewer" in request.form)
    return min(max(parts, least), most)


def _can(kind: DraftKind, parts: int) -> dict[str, bool]:
    least, most = MAKES[kind]
    return {"more": parts < most, "fewer": parts > least}


def _nameable(stored: Content) -> Sequence[Partner]:
    """Partners of today, and whoever the draft names already."""
    named, today = {maker for words in stored.promises for maker in words.makers}, london_date(house.now())
    found = partners.list_partners(house.reading())
    return [one for one in found if one.slug in named or one.ended_on is None or one.ended_on > today]


def _differs(theirs: Content, mine: Content) -> list[tuple[Say, Compared]]:
    """What stands there now against what is in the boxes: the name, the reason, each promise."""
    found = [
        (Say("The short name"), Compared(compare(theirs.title, mine.title), [])),
        (Say("Why it should change"), Compared(compare(theirs.reason, mine.reason), [])),
    ]
    promises = screens.one_by_one(theirs.promises, mine.promises, screens.names(house.reading()))
    found += [(Say("New promise {number}", number=at), one) for at, one in enumerate(promises, start=1)]
    return [(name, one) for name, one in found if one.changed or any(fact.changed for fact in one.facts)]
