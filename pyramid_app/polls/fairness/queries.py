"""Looking at marks, formats and moves, and at what stands in the way of asking now."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.area.calendar_rules import LOOK_BACK, what_speaks_against
from pyramid_app.area.queries import periods_between, settings_of
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.participation import queries as participation
from pyramid_app.participation.rules import GROUP, Circle
from pyramid_app.polls.fairness.models import Extension, Format, Look
from pyramid_app.polls.fairness.rules import Booked, LookState, clashes, is_too_short, look_state
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import digest_of_words
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.rules import Missing, PollKind


def looks_of(session: Session, poll: Poll) -> list[Look]:
    """Marks about the words as they are now; marks about earlier words stay with those."""
    seen = poll.words_digest or digest_of_words(paper_of(session, poll))
    return list(session.exec(_LOOKS, params={"poll": poll.id, "seen": seen}))


_LOOKS = (
    select(Look)
    .where(Look.poll_id == sa.bindparam("poll"), Look.seen == sa.bindparam("seen"))
    .order_by(col(Look.person_id))
)


def find_look(session: Session, poll: Poll, person_id: UUID) -> Look | None:
    """What this representative was asked to look at, if she was and the words are still the same."""
    return next((look for look in looks_of(session, poll) if look.person_id == person_id), None)


def to_look_at(session: Session, person_id: UUID) -> list[Poll]:
    """Polls that wait for this representative's mark."""
    found = select(Poll).join(Look, col(Look.poll_id) == col(Poll.id))
    found = found.where(Look.person_id == person_id, col(Look.marked_at).is_(None), col(Poll.scheduled_at).is_(None))
    return [poll for poll in session.exec(found.distinct()) if find_look(session, poll, person_id)]


def representatives(session: Session, now: datetime) -> list[UUID]:
    """Those who can be asked, whoever looked longest ago first."""
    there = participation.voting_people(session, now, Circle(levels=(GROUP,)))
    last = dict(session.exec(select(Look.person_id, func.max(Look.asked_at)).group_by(col(Look.person_id))).all())
    return sorted(there, key=lambda person: (person in last, last.get(person), person))


def formats_of(session: Session, poll: Poll) -> list[Format]:
    return list(session.exec(select(Format).where(Format.poll_id == poll.id).order_by(col(Format.name))))


def extensions_of(session: Session, poll: Poll) -> list[Extension]:
    return list(
        session.exec(
            select(Extension).where(Extension.poll_id == poll.id).order_by(col(Extension.at), col(Extension.id))
        )
    )


def state_of_looks(session: Session, poll: Poll, now: datetime) -> LookState:
    looks = looks_of(session, poll)
    marked = [look for look in looks if look.marked_at]
    there = 0 if looks else len(representatives(session, now))
    return look_state([look.asked_at for look in looks], len(marked), there, now, settings_of(session, now).look_days)


def what_stands_in_the_way(
    session: Session, poll: Poll, opens_at: datetime, closes_at: datetime, because: str, now: datetime
) -> list[Missing]:
    """Every rule of fairness that this opening and this close would break, each with its reason."""
    area = settings_of(session, now)
    days = area.consultation_days if poll.kind is PollKind.CONSULTATION else area.poll_days
    opens_on, closes_on = london_date(opens_at), london_date(closes_at)
    found = [
        ("shorter_because", is_too_short(opens_at, closes_at, days, because)),
    ]
    if not poll.ratifies:
        # Votes on the charter are exempt from the gap; they stand in the same calendar.
        found.append(("opens_on", clashes(opens_on, _booked(session, poll), area.invitation_gap_days)))
    # Terms on either side say that the time between them is a holiday.
    periods = periods_between(session, opens_on - LOOK_BACK, closes_on + LOOK_BACK)
    found += [("closes_on", say) for say in what_speaks_against(periods, opens_on, closes_on, area.term_days)]
    found.append(("looks", _about_looks(state_of_looks(session, poll, now), area.look_days)))
    found += [("formats", say) for say in _about_formats(session, poll, area.formats_promised)]
    return [Missing(field, say) for field, say in found if say]


def _about_looks(state: LookState, days: int) -> Say | None:
    if state is LookState.NOT_ASKED:
        return Say("Ask two representatives to look at the wording first.")
    if state is LookState.WAITING:
        return Say("Two representatives are looking at the wording. They have {days} days.", days=days)
    return None


def _about_formats(session: Session, poll: Poll, promised: tuple[str, ...]) -> list[Say]:
    settled = {one.name for one in formats_of(session, poll) if one.ready_at or one.waived_because}
    return [
        Say("We promised this in {format}. Say where it is, or why it is not there.", format=name)
        for name in promised
        if name not in settled
    ]


def _booked(session: Session, poll: Poll) -> list[Booked]:
    """Other questions that go to some of the same families."""
    found = session.exec(
        select(Poll).where(
            Poll.id != poll.id, col(Poll.opens_at).is_not(None), col(Poll.withdrawn_at).is_(None),
            Poll.for_young_people == poll.for_young_people, col(Poll.quorum_percent).is_(None),
        )
    )  # fmt: skip
    return [Booked(one.title, london_date(one.opens_at)) for one in found if one.opens_at and _overlap(one, poll)]


def _overlap(one: Poll, other: Poll) -> bool:
    """Whether a family may belong to both: not if both name wards, or places to learn, and share none."""
    both = [(one.audience.get(name) or [], other.audience.get(name) or []) for name in ("wards", "places")]
    return all(not a or not b or set(a) & set(b) for a, b in both)
