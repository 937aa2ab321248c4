"""The verbs of those who ask: write a poll, change it, try it, schedule it."""

import secrets
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, select
from uuid6 import uuid7

from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import service as ballots
from pyramid_app.ballots.rules import Roll
from pyramid_app.ballots.sealing import size_for
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.slugs import slug
from pyramid_app.participation.rules import EVERYBODY
from pyramid_app.polls import queries
from pyramid_app.polls.asking.drafts import Content, content_of
from pyramid_app.polls.asking.patterns import Pattern, charter_check, check_in, choose_a_date
from pyramid_app.polls.asking.rules import what_is_missing, what_is_wrong_with_times
from pyramid_app.polls.fairness.queries import what_stands_in_the_way
from pyramid_app.polls.inviting import letters
from pyramid_app.polls.kinds import largest_answers
from pyramid_app.polls.models import Option, Poll, Question
from pyramid_app.polls.paper import digest_of, digest_of_words
from pyramid_app.polls.permissions import may_change, may_fix_roll, may_write
from pyramid_app.polls.rules import SHORT, Did
from pyramid_app.polls.service import keep_word
from pyramid_app.polls.tying import lock_drafts
from pyramid_app.topics import queries as topics


def write(work: Work, topic_id: UUID, title: str, pattern: Pattern | None = None) -> Poll:
    """Begin a poll about a topic, with the words of a pattern already in it."""
    may_write(work.actor).enforce()
    topic = topics.get_topic_by_id(work.session, topic_id)
    poll = Poll(
        id=uuid7(), ref=f"{slug(title, letters=SHORT, empty='question')}-{secrets.token_hex(2)}", topic_id=topic.id,
        title=title, written_at=work.now, written_by_id=work.actor.person_id,
    )  # fmt: skip
    work.session.add(poll)
    work.session.flush()
    work.record(Did.WRITTEN, f"poll:{poll.id}", topic=topic.id)
    return change(work, poll.id, poll.version, _ready_made(work, title, pattern)) if pattern else poll


def ask_young_people_too(work: Work, poll_id: UUID) -> Poll:
    """The same questions for young people, as a draft of its own. Results stand side by side and are never added."""
    poll = work.session.get(Poll, poll_id)
    if poll is None or poll.for_young_people:
        raise NotFound
    twin = write(work, poll.topic_id, poll.title)
    twin.for_young_people, twin.twin_id = True, poll.id
    content = content_of(queries.paper_of(work.session, poll))
    return change(work, twin.id, twin.version, replace(content, facts=(), circle=EVERYBODY))


def change(work: Work, poll_id: UUID, version: int, content: Content) -> Poll:
    """Write ``content`` over what was there. ``version`` is the one the officer saw.

    Raises ``Conflict`` where somebody has saved since, ``NotAllowed`` once it is scheduled.
    """
    poll = _lock(work, poll_id, version)
    if poll.ratifies:
        content = _as_it_must_be(work, poll, content)
    return write_over(work, poll, content)


def write_over(work: Work, poll: Poll, content: Content) -> Poll:
    """Write ``content`` over what was there; the caller holds the poll."""
    for name, value in vars(content).items():
        if name not in {"questions", "facts", "circle"}:
            setattr(poll, name, value)
    poll.audience = {name: list(getattr(content.circle, name)) for name in ("levels", "wards", "places")}
    groups = queries.fact_groups(work.session, work.now)
    poll.facts = {name: groups[name] for name in content.facts}
    poll.version += 1
    _write_questions(work, poll, content)
    work.record(Did.CHANGED, f"poll:{poll.id}", version=poll.version)
    return poll


def schedule(
    work: Work,
    poll_id: UUID,
    version: int,
    opens_at: datetime | None,
    closes_at: datetime,
    shorter_because: str = "",
    *,
    roll: Roll | None = None,
) -> Poll:
    """Freeze the poll: from now on its words, answers, dates and rules stand. ``opens_at`` empty: at once.

    ``roll``: a lead's decision who can answer. Raises ``Invalid`` while anything is missing, by the field it belongs
    to, and ``NotAllowed`` where somebody else decides.
    """
    poll = _lock(work, poll_id, version)
    if roll is not None and roll is not poll.roll:
        _fix_roll(work, poll, roll)
    paper = queries.paper_of(work.session, poll)
    opens_at = max(opens_at or work.now, work.now)
    wrong = what_is_missing(poll, paper.questions, paper.options)
    wrong += what_is_wrong_with_times(opens_at, closes_at, poll.next_by, work.now)
    if not wrong:
        wrong = what_stands_in_the_way(work.session, poll, opens_at, closes_at, shorter_because, work.now)
    if wrong:
        raise Invalid({missing.field: missing.say for missing in reversed(wrong)})
    if poll.ratifies:
        lock_drafts(work, poll)
        paper = queries.paper_of(work.session, poll)
    poll.opens_at, poll.closes_at, poll.scheduled_at = opens_at, closes_at, work.now
    poll.promised_close_at, poll.shorter_because = closes_at, shorter_because
    poll.words_digest = digest_of_words(paper)
    digest, size = digest_of(paper), size_for(largest_answers(paper.asked))
    about = f"poll:{poll.id}"
    ballot = ballots.freeze(work, about, poll.roll, opens_at, closes_at, digest, size, final=poll.ratifies)
    poll.ballot_id = ballot.id
    work.record(Did.SCHEDULED, f"poll:{poll.id}", ballot=ballot.id.hex(), digest=digest, roll=poll.roll)
    keep_word(work, poll, Say("We asked families: {title}", title=poll.title))
    return poll


def _fix_roll(work: Work, poll: Poll, roll: Roll) -> None:
    may_fix_roll(work.actor).enforce()
    if poll.ratifies:
        raise NotAllowed(Say("In a vote on the charter only people who joined before it opens can answer."))
    poll.roll = roll


def _as_it_must_be(work: Work, poll: Poll, content: Content) -> Content:
    """A vote on drafts asks everybody, with a fixed roll, and its questions follow from the drafts."""
    now = content_of(queries.paper_of(work.session, poll))
    return replace(
        content, kind=now.kind, roll=now.roll, circle=now.circle, facts=now.facts, questions=now.questions,
        one_by_one=content.one_by_one,
    )  # fmt: skip


def try_letter(work: Work, poll_id: UUID, address: str) -> None:
    """Send the invitation, as it would be, to the officer who asks for it."""
    may_write(work.actor).enforce()
    poll = work.session.get(Poll, poll_id)
    if poll is None or work.actor.person_id is None:
        raise NotFound
    paper, area = queries.paper_of(work.session, poll), settings_of(work.session, work.now)
    draft = letters.trial(
        area, poll, max(len(paper.questions), 1), queries.author(work.session, poll), work.actor.person_id, address
    )
    work.post(draft, key=f"poll-trial:{uuid7()}")


def _ready_made(work: Work, title: str, pattern: Pattern) -> Content:
    if pattern is Pattern.CHARTER_CHECK:
        promises = [(promise.number, promise.text) for promise in charter.list_choices(work.session)]
        return charter_check(title, promises)
    return check_in(title) if pattern is Pattern.CHECK_IN else choose_a_date(title)


def _lock(work: Work, poll_id: UUID, version: int) -> Poll:
    poll = work.session.get(Poll, poll_id, with_for_update=True)
    if poll is None:
        raise NotFound
    may_change(work.actor, poll, work.now).enforce()
    if poll.version != version:
        raise Conflict(Say("Somebody else saved this while you were writing. Nothing of yours is lost: it is below."
                           " Open the newest version in another window and bring both together."))  # fmt: skip
    return poll


def _write_questions(work: Work, poll: Poll, content: Content) -> None:
    old = select(Question.id).where(Question.poll_id == poll.id)
    work.session.exec(delete(Option).where(col(Option.question_id).in_(old)))
    work.session.exec(delete(Question).where(col(Question.poll_id) == poll.id))
    for position, draft in enumerate(content.questions):
        question = Question(
            id=uuid7(), poll_id=poll.id, position=position, text=draft.text, kind=draft.kind, at_most=draft.at_most,
            shuffled=draft.shuffled, commitment=draft.commitment,
        )  # fmt: skip
        work.session.add(question)
        work.session.flush()
        for place, option in enumerate(draft.options):
            work.session.add(
                Option(id=uuid7(), question_id=question.id, position=place, name=option.name, meaning=option.meaning)
            )
    work.session.flush()
