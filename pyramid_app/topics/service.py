"""The verbs of a topic: start it, promise a word, miss it, move it along, merge it, follow it, say it is true too."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, delete, select, update
from uuid6 import uuid7

from pyramid_app.base.db import insert_new, table
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.kit.texts.slugs import slug
from pyramid_app.topics import queries
from pyramid_app.topics.models import Follower, Topic, TopicCommitment, TrueForUs, WordPromised
from pyramid_app.topics.permissions import may_run_topics
from pyramid_app.topics.rules import SETTLED, Did, State, what_is_wrong_with_start, why_not_merged


def start(
    work: Work,
    title: str,
    *,
    next_word_on: date,
    commitments: Sequence[int] = (),
    outside: str | None = None,
    summary: str = "",
    owner_id: UUID | None = None,
    split_from_id: UUID | None = None,
) -> Topic:
    """Begin a topic, about promises of the present charter or outside it with a reason. Raises ``Invalid``."""
    may_run_topics(work.actor).enforce()
    wrong = what_is_wrong_with_start(title, commitments, outside, next_word_on, london_date(work.now))
    wordings = charter.current_wordings(work.session, commitments)
    if len(wordings) != len(set(commitments)):
        wrong["commitments"] = Say("Choose promises from the list.")
    if wrong:
        raise Invalid(wrong)
    topic = Topic(
        id=uuid7(),
        ref=_free_ref(work, title),
        title=title,
        summary=summary,
        outside=outside or None,
        owner_id=owner_id or work.actor.person_id,
        split_from_id=split_from_id,
        started_at=work.now,
    )
    work.session.add(topic)
    work.session.flush()
    for wording in wordings:
        link = TopicCommitment(topic_id=topic.id, edition=wording.edition, commitment=wording.commitment)
        work.session.add(link)
    work.record(Did.STARTED, f"topic:{topic.id}")
    promise_word(work, topic.id, next_word_on)
    return topic


def promise_word(work: Work, topic_id: UUID, on: date, why: str = "") -> None:
    """Everyone who spoke hears again by that day. Earlier dates stay readable."""
    topic = _get(work, topic_id)
    topic.next_word_on, topic.word_owed = on, False
    work.session.add(_promise(work, topic_id, on, why))
    work.record(Did.WORD_PROMISED, f"topic:{topic_id}", on=on)


def miss_word(work: Work, topic_id: UUID, provisional_on: date) -> None:
    """The promised day has passed. A new one is set by itself, and the owner owes a date and a reason."""
    topic = _get(work, topic_id)
    work.session.exec(
        update(WordPromised)
        .where(
            col(WordPromised.topic_id) == topic_id,
            col(WordPromised.word_on) == topic.next_word_on,
            col(WordPromised.missed_at).is_(None),
        )
        .values(missed_at=work.now)
    )
    work.record(Did.WORD_LATE, f"topic:{topic_id}", missed=topic.next_word_on)
    topic.next_word_on, topic.word_owed = provisional_on, True
    work.session.add(_promise(work, topic_id, provisional_on, ""))


def move(work: Work, topic_id: UUID, state: State, next_word_on: date | None) -> None:
    """Along its life. A settled topic needs no next word; any other has one."""
    topic = _get(work, topic_id)
    if state not in SETTLED and next_word_on is None:
        raise Invalid({"next_word_on": Say("Say when families hear from you next.")})
    topic.state = state
    work.record(Did.MOVED, f"topic:{topic_id}", state=state)
    if state in SETTLED:
        topic.next_word_on, topic.word_owed = None, False
    elif next_word_on:
        promise_word(work, topic_id, next_word_on)


def reopen(work: Work, topic_id: UUID, owner_id: UUID, next_word_on: date, why: str = "") -> None:
    """A finished topic is worked on again: somebody looks after it, and everyone who spoke hears by that day."""
    may_run_topics(work.actor).enforce()
    topic = _get(work, topic_id)
    if topic.state not in SETTLED:
        raise Conflict(Say("We are working on this topic already."))
    topic.state, topic.owner_id = State.WORKING, owner_id
    work.record(Did.REOPENED, f"topic:{topic_id}", owner=owner_id)
    promise_word(work, topic_id, next_word_on, why)


def merge(work: Work, topic_id: UUID, into_id: UUID) -> Topic:
    """Two topics become one; returns where the story goes on. Nothing moves, so no voice and no word is lost.

    Everyone hears no later than they were promised. Raises ``Invalid`` at ``into``.
    """
    may_run_topics(work.actor).enforce()
    both = {one: _get(work, one) for one in sorted({topic_id, into_id})}
    gone, into = both[topic_id], both[into_id]
    wrong = why_not_merged(
        gone is into,
        gone.merged_into_id is not None,
        into.merged_into_id is not None,
        into.state,
        gone.state not in SETTLED,
    )
    if wrong:
        raise Invalid(wrong)
    gone.merged_into_id, gone.merged_at = into.id, work.now
    for earlier in queries.merged_into(work.session, gone.id):
        earlier.merged_into_id = into.id
    if gone.next_word_on and into.next_word_on and gone.next_word_on < into.next_word_on:
        into.next_word_on = gone.next_word_on
    into.word_owed = into.word_owed or gone.word_owed
    work.record(Did.MERGED, f"topic:{gone.id}", into=into.id)
    return into


def raise_to_reps(work: Work, topic_id: UUID) -> bool:
    """Put a topic that no promise covers before the representatives, once. Says whether it was new."""
    topic = _get(work, topic_id)
    if topic.raised_at:
        return False
    topic.raised_at = work.now
    work.record(Did.RAISED, f"topic:{topic_id}")
    return True


def say_true(work: Work, topic_id: UUID, person_id: UUID) -> None:
    """It happens to us too: counted once, and told what comes of it. Who says so stays out of the log."""
    topic = _get(work, topic_id)
    root = topic.merged_into_id or topic.id
    insert_new(work.session, table(TrueForUs), topic_id=root, person_id=person_id, at=work.now)


def not_true(work: Work, topic_id: UUID, person_id: UUID) -> None:
    """Taken back: not counted any more, also where topics were merged since."""
    topic = _get(work, topic_id)
    here = col(TrueForUs.topic_id).in_(queries.gathered(topic.merged_into_id or topic.id))
    work.session.exec(delete(TrueForUs).where(here, col(TrueForUs.person_id) == person_id))


def pass_on_all(work: Work, from_id: UUID, to_id: UUID) -> int:
    """Every topic of one colleague is the other's from now on, settled ones too. Says how many there were.

    The caller knows that ``to_id`` is on the staff.
    """
    may_run_topics(work.actor).enforce()
    mine = select(Topic).where(Topic.owner_id == from_id).order_by(col(Topic.id)).with_for_update()
    topics = work.session.exec(mine).all()
    for topic in topics:
        topic.owner_id = to_id
        work.record(Did.PASSED_ON, f"topic:{topic.id}", to=to_id)
    work.session.flush()
    return len(topics)


def follow(work: Work, topic_id: UUID, person_id: UUID) -> None:
    """Hear what happens here without having spoken. Twice is the same as once."""
    if work.session.get(Follower, (topic_id, person_id)) is None:
        work.session.add(Follower(topic_id=topic_id, person_id=person_id, from_at=work.now))


def unfollow(work: Work, topic_id: UUID, person_id: UUID) -> None:
    here = col(Follower.topic_id).in_(queries.gathered(topic_id))
    work.session.exec(delete(Follower).where(here, col(Follower.person_id) == person_id))


def forget_person(work: Work, person_id: UUID) -> None:
    """Somebody leaves with everything: she follows nothing and stands behind nothing any more."""
    for rows in (Follower, TrueForUs):
        work.session.exec(delete(rows).where(col(rows.person_id) == person_id))


def _promise(work: Work, topic_id: UUID, on: date, why: str) -> WordPromised:
    by = work.actor.person_id
    return WordPromised(id=uuid7(), topic_id=topic_id, word_on=on, promised_at=work.now, by_id=by, why=why)


def _get(work: Work, topic_id: UUID) -> Topic:
    topic = work.session.get(Topic, topic_id, with_for_update=True)
    if topic is None:
        raise NotFound
    return topic


def _free_ref(work: Work, title: str) -> str:
    wanted = slug(title, empty="topic")
    taken = set(work.session.exec(select(Topic.ref).where(col(Topic.ref).startswith(wanted))))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
