"""The letters of a poll: one question for you, your answer was changed."""

from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.polls.models import Poll

LINK = "[[link]]"


def invitation(area: AreaSettings, poll: Poll, number: int, by_name: str, person_id: UUID) -> Draft:
    """``number`` of questions; the pass is put in while sending (``makers.pass_maker``)."""
    words = render_letter("poll_invitation", area=area, poll=poll, number=number, by_name=by_name, link=LINK)
    return Draft(
        kind="poll invitation", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", expires_at=poll.closes_at, maker="pass", facts={"ballot": _ballot(poll)},
    )  # fmt: skip


def trial(area: AreaSettings, poll: Poll, number: int, by_name: str, officer_id: UUID, address: str) -> Draft:
    """The invitation as families will get it, to the officer who writes it; its link leads to the preview."""
    link = f"{address}/desk/polls/{poll.ref}/preview"
    words = render_letter("poll_invitation", area=area, poll=poll, number=number, by_name=by_name, link=link)
    return Draft(
        kind="poll trial", subject=words.subject, text=words.text, one_line=words.one_line, person_id=officer_id,
        about=f"poll:{poll.id}", link=link,
    )  # fmt: skip


def changed(area: AreaSettings, poll: Poll, person_id: UUID, address: str) -> Draft:
    """An answer was changed by a link: its owner hears, in case it was not she."""
    link = f"{address}/q/{poll.ref}"
    words = render_letter("poll_changed", area=area, poll=poll, link=link)
    return Draft(
        kind="poll changed", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", link=link, expires_at=poll.closes_at,
    )  # fmt: skip


def _ballot(poll: Poll) -> str:
    return poll.ballot_id.hex() if poll.ballot_id else ""
