"""The verbs of those who ask: write a poll, change it, try it, schedule it."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, select
from uuid6 import uuid7

from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import service as ballots
from pyramid_app.ballots.rules import Roll
from pyramid_app.ballots.sealing import size_for
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.polls import letters, queries
from pyramid_app.polls.asking.drafts import Content
from pyramid_app.polls.asking.rules import what_is_missing, what_is_wrong_with_times
from pyramid_app.polls.kinds import largest_answers
from pyramid_app.polls.models import Option, Poll, Question
from pyramid_app.polls.paper import digest_of
from pyramid_app.polls.permissions import may_change, may_write
from pyramid_app.polls.rules import Did, slug
from pyramid_app.polls.service import keep_word
from pyramid_app.topics import queries as topics


def write(work: Work, topic_id: UUID, title: str) -> Poll:
    """Begin a poll about a topic."""
    may_write(work.actor).enforce()
    topic = topics.get_topic_by_id(work.session, topic_id)
    poll = Poll(
        id=uuid7(), ref=f"{slug(title)}-{secrets.token_hex(2)}", topic_id=topic.id, title=title,
        written_at=work.now, written_by_id=work.actor.person_id,
    )  # fmt: skip
    work.session.add(poll)
    work.session.flush()
    work.record(Did.WRITTEN, f"poll:{poll.id}", topic=topic.id)
    return poll


def change(work: Work, poll_id: UUID, version: int, content: Content) -> Poll:
    """Write ``content`` over what was there. ``version`` is the one the officer saw.

    Raises ``Conflict`` where somebody has saved since, ``NotAllowed`` once it is scheduled.
    """
    poll = _lock(work, poll_id, version)
    for name, value in vars(content).items():
        if name != "questions":
            setattr(poll, name, value)
    poll.version += 1
    _write_questions(work, poll, content)
    work.record(Did.CHANGED, f"poll:{poll.id}", version=poll.version)
    return poll


def schedule(work: Work, poll_id: UUID, version: int, opens_at: datetime | None, closes_at: datetime) -> Poll:
    """Freeze the poll: from now on its words, answers, dates and rules stand. ``opens_at`` empty: at once.

    Raises ``Invalid`` while anything is missing, by the field it belongs to.
    """
    poll = _lock(work, poll_id, version)
    paper = queries.paper_of(work.session, poll)
    opens_at = max(opens_at or work.now, work.now)
    wrong = what_is_missing(poll, paper.questions, paper.options)
    wrong += what_is_wrong_with_times(opens_at, closes_at, poll.next_by, work.now)
    if wrong:
        raise Invalid({missing.field: missing.say for missing in reversed(wrong)})
    poll.opens_at, poll.closes_at, poll.scheduled_at = opens_at, closes_at, work.now
    digest, size = digest_of(paper), size_for(largest_answers(paper.questions, paper.options))
    ballot = ballots.freeze(work, f"poll:{poll.id}", Roll.OPEN, opens_at, closes_at, digest, size)
    poll.ballot_id = ballot.id
    work.record(Did.SCHEDULED, f"poll:{poll.id}", ballot=ballot.id.hex(), digest=digest)
    keep_word(work, poll, Say("We asked families: {title}", title=poll.title))
    return poll


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
            id=uuid7(), poll_id=poll.id, position=position, text=draft.text, kind=draft.kind, at_most=draft.at_most
        )
        work.session.add(question)
        work.session.flush()
        for place, option in enumerate(draft.options):
            work.session.add(
                Option(id=uuid7(), question_id=question.id, position=place, name=option.name, meaning=option.meaning)
            )
    work.session.flush()
