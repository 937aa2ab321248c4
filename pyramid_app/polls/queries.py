"""Looking at polls. Nothing here depends on an answer before the count."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pyramid_app.accounts import queries as accounts
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import queries as ballots
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.participation import queries as participation
from pyramid_app.participation.rules import Circle
from pyramid_app.polls.models import Option, Poll, PollDraft, Question
from pyramid_app.polls.paper import Paper, asked_at, circle_of
from pyramid_app.polls.rules import State, state_of
from pyramid_app.topics import queries as topics

_BY_REF = select(Poll).where(Poll.ref == sa.bindparam("ref"))


def find_poll(session: Session, ref: str) -> Poll | None:
    return session.exec(_BY_REF, params={"ref": ref}).first()


def get_draft(session: Session, ref: str) -> Poll:
    """Any poll, for the desk."""
    poll = find_poll(session, ref)
    if poll is None:
        raise NotFound
    return poll


def get_poll(session: Session, ref: str, now: datetime) -> Poll:
    """A poll that families may see: what is still being written looks like nothing at all."""
    poll = find_poll(session, ref)
    if poll is None or poll.scheduled_at is None or poll.scheduled_at > now:
        raise NotFound
    return poll


def people_asked(session: Session, poll: Poll, at: datetime) -> list[UUID]:
    """Everybody whom the poll asks at that instant; a fixed roll is who stood so when it opened."""
    return participation.voting_people(session, asked_at(poll, at), circle_of(poll))


def is_asked(session: Session, poll: Poll, person_id: UUID, at: datetime) -> bool:
    """Whether this person is one of ``people_asked``."""
    return participation.belongs(session, person_id, asked_at(poll, at), circle_of(poll))


def who_is_asked(session: Session, poll: Poll) -> Say:
    """Whom the poll asks, in a sentence."""
    if poll.for_young_people:
        return Say("Young people")
    circle = circle_of(poll)
    names = {level.slug: level.name for level in participation.list_levels(session)} if circle.levels else {}
    parts = [*(names[slug] for slug in circle.levels if slug in names), *circle.wards, *circle.places]
    return (
        Say("Only families who said: {groups}", groups=", ".join(parts))
        if parts
        else Say("Everyone in the Parent Parliament")
    )


def fact_groups(session: Session, now: datetime) -> dict[str, list[str]]:
    """The groups of every fact that families may share, as the area names them today."""
    area = settings_of(session, now)
    return {
        "age": list(area.child_ages),
        "need": list(area.areas_of_need),
        "setting": list(area.places_to_learn),
        "level": [level.name for level in participation.list_levels(session) if level.votes],
    }


def find_by_ballot(session: Session, ballot_id: bytes) -> Poll | None:
    return session.exec(select(Poll).where(Poll.ballot_id == ballot_id)).first()


def list_all(session: Session) -> list[Poll]:
    """Every poll, for the desk: the newest first."""
    return list(session.exec(select(Poll).order_by(col(Poll.written_at).desc(), col(Poll.id))))


def list_polls(session: Session, now: datetime) -> list[Poll]:
    """Scheduled and later ones, the last to close first."""
    return list(
        session.exec(
            select(Poll).where(col(Poll.scheduled_at) <= now).order_by(col(Poll.closes_at).desc(), col(Poll.id))
        )
    )


def open_polls(session: Session, now: datetime) -> list[Poll]:
    """Those that can be answered now, the first to close first."""
    return list(
        session.exec(
            select(Poll)
            .where(col(Poll.scheduled_at) <= now, col(Poll.opens_at) <= now, col(Poll.closes_at) > now)
            .where(col(Poll.withdrawn_at).is_(None))
            .order_by(col(Poll.closes_at), col(Poll.id))
        )
    )


def find_next_to_open(session: Session, now: datetime) -> Poll | None:
    """The scheduled poll that opens first."""
    coming = [poll for poll in list_polls(session, now) if state_of(poll, now) is State.SCHEDULED]
    return min(coming, key=lambda poll: poll.opens_at or now, default=None)


def of_topic(session: Session, topic_id: UUID, now: datetime) -> list[Poll]:
    """Asked about this topic, or about one that was merged into it."""
    here = set(session.exec(topics.gathered(topic_id)))
    return [poll for poll in list_polls(session, now) if poll.topic_id in here]


def waiting_for(session: Session, person_id: UUID, now: datetime) -> list[Poll]:
    """Open polls that this person has not answered; for her own page only."""
    found = open_polls(session, now)
    answered = ballots.answered_of(session, [_ballot(poll) for poll in found], person_id)
    return [poll for poll in found if _ballot(poll) not in answered]


class Place(StrEnum):
    """Where one of somebody's questions is, in the order in which her list shows them."""

    TO_ANSWER = "to answer"
    ANSWERED = "answered"
    COUNTING = "counting"
    COUNTED = "counted"


@dataclass(frozen=True)
class Mine:
    """One question on somebody's own list. ``days_left`` of London days: 0 is today."""

    poll: Poll
    place: Place
    days_left: int


MOST_MINE = 50
PLACES = {State.OPEN: Place.ANSWERED, State.CLOSED: Place.COUNTING, State.COUNTED: Place.COUNTED}
"""Where a question is that somebody has answered."""


def mine(session: Session, person_id: UUID, now: datetime) -> list[Mine]:
    """This person's questions, for her own page only: what to answer first, then what she has answered.

    Of those that are open the first to close comes first, of the others the last. At most ``MOST_MINE``.
    """
    begun = [(poll, state) for poll in list_polls(session, now) if (state := state_of(poll, now)) in PLACES]
    answered = ballots.answered_of(session, [_ballot(poll) for poll, _ in begun], person_id)
    waiting = [poll for poll, state in begun if state is State.OPEN and _ballot(poll) not in answered]
    found = [(poll, Place.TO_ANSWER) for poll in _asking(session, waiting, person_id, now)]
    found += [(poll, PLACES[state]) for poll, state in begun if _ballot(poll) in answered]
    found.sort(key=lambda pair: (list(Place).index(pair[1]), abs((_close(pair[0]) - now).total_seconds())))
    today = london_date(now)
    return [Mine(poll, place, (london_date(_close(poll)) - today).days) for poll, place in found[:MOST_MINE]]


def _asking(session: Session, polls: list[Poll], person_id: UUID, now: datetime) -> list[Poll]:
    """Those of these polls that ask this person: one query for each circle, so one where all ask everybody."""
    belongs: dict[tuple[datetime, Circle], bool] = {}
    for poll in polls:
        who = (asked_at(poll, now), circle_of(poll))
        if who not in belongs:
            belongs[who] = participation.belongs(session, person_id, *who)
    return [poll for poll in polls if belongs[asked_at(poll, now), circle_of(poll)]]


def has_answered(session: Session, poll: Poll, person_id: UUID) -> bool:
    """For this person's own page only."""
    return ballots.has_answered(session, _ballot(poll), person_id)


def answered_people(session: Session, topic_id: UUID) -> set[UUID]:
    """Everybody who took part in a counted poll of this topic."""
    counted = session.exec(
        select(Poll).where(col(Poll.topic_id).in_(topics.gathered(topic_id)), col(Poll.counted_at).is_not(None))
    )
    return {person for poll in counted for person in ballots.took_part(session, _ballot(poll))}


def author(session: Session, poll: Poll) -> str:
    """The first name under the poll's letters."""
    if poll.written_by_id is None:
        return ""
    return accounts.names_of(session, [poll.written_by_id]).get(poll.written_by_id, "")


def paper_of(session: Session, poll: Poll) -> Paper:
    """Two queries, however many questions there are."""
    questions = list(session.exec(select(Question).where(Question.poll_id == poll.id).order_by(col(Question.position))))
    options: dict[UUID, list[Option]] = {question.id: [] for question in questions}
    found = session.exec(select(Option).where(col(Option.question_id).in_(options)).order_by(col(Option.position)))
    for option in found:
        options[option.question_id].append(option)
    return Paper(poll, questions, options, _digests(session, poll))


def drafts_of(session: Session, poll_id: UUID) -> Sequence[PollDraft]:
    """The drafts that a poll ratifies, in the order of its questions."""
    return session.exec(select(PollDraft).where(PollDraft.poll_id == poll_id).order_by(col(PollDraft.position))).all()


def _digests(session: Session, poll: Poll) -> tuple[str, ...]:
    if not poll.ratifies:
        return ()
    return tuple(json.dumps([one.digest, one.twins], sort_keys=True) for one in drafts_of(session, poll.id))


def frozen_paper(session: Session, poll: Poll) -> Paper:
    """The paper of a poll that has been scheduled: it cannot change any more, so it is fetched once.

    For those who answer. The count reads the paper itself, and holds it against its fingerprint.
    """
    if poll.ballot_id is None:
        return paper_of(session, poll)
    kept = _frozen.get(poll.ballot_id)
    if kept is None:
        paper = paper_of(session, poll)
        kept = (paper.questions, paper.options, paper.drafts)
        for row in (*paper.questions, *chain(*paper.options.values())):
            session.expunge(row)
        while len(_frozen) >= FROZEN_AT_ONCE:
            del _frozen[next(iter(_frozen))]
        _frozen[poll.ballot_id] = kept
    return Paper(poll, *kept)


FROZEN_AT_ONCE = 50
_frozen: dict[bytes, tuple[list[Question], dict[UUID, list[Option]], tuple[str, ...]]] = {}


def to_invite(session: Session, now: datetime) -> list[Poll]:
    """Open by the clock, and not everybody has been asked yet."""
    return [poll for poll in open_polls(session, now) if poll.invited_at is None]


def to_count(session: Session, now: datetime) -> list[Poll]:
    found = select(Poll).where(col(Poll.scheduled_at).is_not(None), col(Poll.closes_at) <= now)
    found = found.where(col(Poll.counted_at).is_(None), col(Poll.withdrawn_at).is_(None))
    return list(session.exec(found.order_by(col(Poll.closes_at), col(Poll.id))))


def to_tell(session: Session) -> list[Poll]:
    """Counted, and not everybody who answered has been told."""
    return list(
        session.exec(
            select(Poll)
            .where(col(Poll.counted_at).is_not(None), col(Poll.told_at).is_(None))
            .where(col(Poll.quorum_percent).is_(None) | col(Poll.decided_at).is_not(None))
            .order_by(col(Poll.counted_at), col(Poll.id))
        )
    )


def _close(poll: Poll) -> datetime:
    assert poll.closes_at is not None  # noqa: S101  a scheduled poll has its times
    return poll.closes_at


def _ballot(poll: Poll) -> bytes:
    assert poll.ballot_id is not None  # noqa: S101  a scheduled poll has its ballot: ``service.schedule``
    return poll.ballot_id
