"""One question for you; a trial of it for the officer who writes it; and, once, that there is still time."""

from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.polls.answering.makers import PLACE, REMINDER
from pyramid_app.polls.models import Poll


def invitation(area: AreaSettings, poll: Poll, number: int, by_name: str, person_id: UUID) -> Draft:
    """``number`` of questions; the pass is put in while sending (``answering.makers.pass_maker``)."""
    return _with_pass("poll invitation", "poll_invitation", area, poll, number, by_name, person_id)


def reminder(area: AreaSettings, poll: Poll, number: int, by_name: str, person_id: UUID) -> Draft:
    """To somebody who has not answered yet; the maker sends nothing if she has answered meanwhile."""
    return _with_pass(REMINDER, "poll_reminder", area, poll, number, by_name, person_id)


def trial(area: AreaSettings, poll: Poll, number: int, by_name: str, officer_id: UUID, address: str) -> Draft:
    """The invitation as families will get it, to the officer who writes it; its link leads to the preview."""
    link = f"{address}/desk/polls/{poll.ref}/preview"
    words = render_letter("poll_invitation", area=area, poll=poll, number=number, by_name=by_name, link=link)
    return Draft(
        kind="poll trial", subject=words.subject, text=words.text, one_line=words.one_line, person_id=officer_id,
        about=f"poll:{poll.id}", link=link,
    )  # fmt: skip


def _with_pass(
    kind: str, name: str, area: AreaSettings, poll: Poll, number: int, by_name: str, person_id: UUID
) -> Draft:
    words = render_letter(name, area=area, poll=poll, number=number, by_name=by_name, link=PLACE)
    return Draft(
        kind=kind, subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", expires_at=poll.closes_at, maker="pass",
        facts={"ballot": poll.ballot_id.hex() if poll.ballot_id else ""},
    )  # fmt: skip
