"""Looking at results. Before the count there is none, for nobody."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from pyramid_app.base.errors import NotFound
from pyramid_app.polls.models import Poll, Question
from pyramid_app.polls.results import stored
from pyramid_app.polls.results.models import PollResult
from pyramid_app.polls.results.views import Document, QuestionSeen


def find_document(session: Session, poll: Poll) -> Document | None:
    """The result by the small-number rules, or ``None`` before the count: then none exists."""
    result = session.get(PollResult, poll.id)
    return stored.read(result.document) if result else None


def get_result(session: Session, ref: str, now: datetime) -> tuple[Poll, Document | None]:
    """A poll that families may see, with its result if it has been counted: one query."""
    found = session.exec(
        select(Poll, PollResult.document)
        .join(PollResult, col(PollResult.poll_id) == col(Poll.id), isouter=True)
        .where(Poll.ref == ref, col(Poll.scheduled_at) <= now)
    ).first()
    if found is None:
        raise NotFound
    poll, document = found
    return poll, stored.read(document) if document and poll.counted_at and poll.counted_at <= now else None


def beside(session: Session, poll: Poll, now: datetime) -> Document | None:
    """The result of the same questions asked of others: young people beside families, families beside them."""
    found = session.exec(
        select(PollResult.document)
        .join(Poll, col(Poll.id) == col(PollResult.poll_id))
        .where(or_(Poll.twin_id == poll.id, Poll.id == poll.twin_id), col(Poll.counted_at) <= now)
        .order_by(col(Poll.counted_at).desc())
    ).first()
    return stored.read(found) if found else None


def trend_of(session: Session, commitment: int, now: datetime) -> list[tuple[Poll, QuestionSeen]]:
    """What families said about one promise, from check to check, the oldest first."""
    found = session.exec(
        select(Poll, Question.id, PollResult.document)
        .join(Question, col(Question.poll_id) == col(Poll.id))
        .join(PollResult, col(PollResult.poll_id) == col(Poll.id))
        .where(Question.commitment == commitment, col(Poll.counted_at) <= now)
        .order_by(col(Poll.counted_at))
    )
    return [
        (poll, seen)
        for poll, question_id, document in found
        for seen in stored.read(document).questions
        if seen.id == question_id.hex
    ]
