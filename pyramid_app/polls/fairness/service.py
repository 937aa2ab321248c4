"""The verbs of fairness: look at the wording, promise formats, keep open for longer, take back, make clearer."""

from datetime import date, datetime
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.ballots import service as ballots
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.polls.fairness import letters, queries
from pyramid_app.polls.fairness.models import Extension, Format, Look
from pyramid_app.polls.fairness.permissions import may_extend, may_mark, may_sharpen, may_withdraw
from pyramid_app.polls.fairness.rules import LOOKERS, Cause, close_after_late_format, what_is_wrong_with_extension
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import digest_of_words
from pyramid_app.polls.permissions import may_change, may_write
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.rules import Did, State, state_of
from pyramid_app.polls.service import keep_word
from pyramid_app.polls.tying import give_drafts_back


def ask_to_look(work: Work, poll_id: UUID, address: str) -> int:
    """Ask two representatives to look at the words as they are now; returns how many there were to ask."""
    poll = _get(work, poll_id)
    may_change(work.actor, poll, work.now).enforce()
    if queries.looks_of(work.session, poll):
        raise Conflict(Say("Two representatives are looking at these words already."))
    seen = digest_of_words(paper_of(work.session, poll))
    chosen = [one for one in queries.representatives(work.session, work.now) if one != poll.written_by_id][:LOOKERS]
    for person_id in chosen:
        work.session.add(Look(poll_id=poll.id, person_id=person_id, seen=seen, asked_at=work.now))
        work.post(letters.look(work, poll, person_id, address), key=f"poll-look:{poll.id}:{seen}:{person_id}")
    work.session.flush()
    work.record(Did.SHOWN_TO_REPRESENTATIVES, f"poll:{poll.id}", words=seen, number=len(chosen))
    return len(chosen)


def mark(work: Work, poll_id: UUID, fair: bool, because: str) -> Look:
    """A representative's mark on the words; it may be changed until the poll is scheduled. Not a veto."""
    poll = _get(work, poll_id)
    look = queries.find_look(work.session, poll, work.actor.person_id) if work.actor.person_id else None
    if look is None:
        raise NotFound
    may_mark(work.actor, poll, work.now).enforce()
    if not fair and not because:
        raise Invalid({"because": Say("Say why it is not fair. Then it can be mended.")})
    look.fair, look.because, look.marked_at = fair, because, work.now
    work.record(Did.MARKED, f"poll:{poll.id}", fair=fair)
    return look


def format_ready(work: Work, poll_id: UUID, name: str, address: str) -> Format:
    """Say where a promised format is. One that comes late, while the poll is open, may move its close for everyone."""
    may_write(work.actor).enforce()
    poll = _get(work, poll_id)
    if not address.startswith(("https://", "http://")):
        raise Invalid({"address": Say("Write the whole address, beginning with https://")})
    one = _format(work, poll, name)
    one.address, one.ready_at = address, work.now
    work.record(Did.FORMAT_READY, f"poll:{poll.id}", format=name)
    if state_of(poll, work.now) is State.OPEN and poll.closes_at:
        later = close_after_late_format(poll.closes_at, work.now)
        if later:
            _move(work, poll, later, Cause.FORMAT, f"{name}: {address}"[:500])
    return one


def waive_format(work: Work, poll_id: UUID, name: str, because: str) -> Format:
    """Ask without a promised format, for a reason that everybody reads."""
    poll = _get(work, poll_id)
    may_change(work.actor, poll, work.now).enforce()
    if not because:
        raise Invalid({"because": Say("Say why it is not there. Families will read it.")})
    one = _format(work, poll, name)
    one.waived_because = because
    work.record(Did.FORMAT_WAIVED, f"poll:{poll.id}", format=name)
    return one


def extend(
    work: Work,
    poll_id: UUID,
    closes_at: datetime,
    because: str,
    next_by: date | None = None,
    cause: Cause = Cause.OFFICER,
) -> Extension:
    """Keep a question open for longer, for everyone, with a public reason; everybody asked is told."""
    poll = _get(work, poll_id)
    may_extend(work.actor, poll, work.now).enforce()
    if not because and cause is Cause.OFFICER:
        raise Invalid({"because": Say("Say why. Everybody who was asked will read it.")})
    wrong = what_is_wrong_with_extension(work.now, _close(poll), closes_at, next_by or poll.next_by)
    if wrong:
        raise Invalid(wrong)
    poll.next_by = next_by or poll.next_by
    return _move(work, poll, closes_at, cause, because)


def withdraw(work: Work, poll_id: UUID, because: str) -> Poll:
    """Take a question back. Envelopes are destroyed unopened; everybody asked is told why."""
    poll = _get(work, poll_id)
    may_withdraw(work.actor, poll, work.now).enforce()
    if not because:
        raise Invalid({"because": Say("Say why. Everybody who was asked will read it.")})
    ballots.withdraw(work, poll.ballot_id or b"")
    poll.withdrawn_at, poll.withdrawn_because = work.now, because
    give_drafts_back(work, poll)
    work.record(Did.WITHDRAWN, f"poll:{poll.id}")
    return poll


def sharpen(work: Work, poll_id: UUID, next_what: str, next_by: date) -> Poll:
    """Say more clearly what happens next; its day may come earlier, never later."""
    poll = _get(work, poll_id)
    may_sharpen(work.actor, poll, work.now).enforce()
    if not next_what:
        raise Invalid({"next_what": Say("Say what happens next.")})
    if poll.next_by and next_by > poll.next_by:
        raise Invalid({"next_by": Say("We promised {day}. It can come earlier, not later.", day=poll.next_by)})
    poll.next_what, poll.next_by = next_what, next_by
    work.record(Did.SHARPENED, f"poll:{poll.id}", by=str(next_by))
    keep_word(work, poll, Say("We asked families: {title}", title=poll.title))
    return poll


def _move(work: Work, poll: Poll, closes_at: datetime, cause: Cause, because: str) -> Extension:
    moved = Extension(
        id=uuid7(), poll_id=poll.id, at=work.now, closed_at=_close(poll), closes_at=closes_at, cause=cause,
        because=because,
    )  # fmt: skip
    ballots.extend(work, poll.ballot_id or b"", closes_at)
    poll.closes_at = closes_at
    work.session.add(moved)
    work.session.flush()
    work.record(Did.EXTENDED, f"poll:{poll.id}", until=closes_at.isoformat())
    return moved


def _format(work: Work, poll: Poll, name: str) -> Format:
    one = work.session.get(Format, (poll.id, name)) or Format(poll_id=poll.id, name=name)
    work.session.add(one)
    return one


def _get(work: Work, poll_id: UUID) -> Poll:
    poll = work.session.get(Poll, poll_id, with_for_update=True)
    if poll is None:
        raise NotFound
    return poll


def _close(poll: Poll) -> datetime:
    assert poll.closes_at is not None  # noqa: S101  a scheduled poll has its times
    return poll.closes_at
