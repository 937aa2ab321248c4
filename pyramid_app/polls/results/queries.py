"""Looking at results. Before the count there is none, for nobody."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from pyramid_app.ballots.counting import counted_not_empty
from pyramid_app.base.errors import NotFound
from pyramid_app.polls.models import Poll, Question
from pyramid_app.polls.results import stored
from pyramid_app.polls.results.models import PollResult
from pyramid_app.polls.results.views import Document, QuestionSeen


def find_document(session: Session, poll: Poll) -> Document | None:
    """The result by the small-number rules, or ``None`` before the count: then none exists."""
    result = session.get(PollResult, poll.id)
    return stored.read(result.document) if result else None


@dataclass(frozen=True)
class Result:
    """A poll that families may see; its result once it has been counted; and what others said to the same questions:
    young people beside families, families beside them."""

    poll: Poll
    document: Document | None
    beside: Document | None


def get_result(session: Session, ref: str, now: datetime) -> Result:
    """One query."""
    found = session.execute(_RESULT, {"ref": ref, "now": now}).first()
    if found is None:
        raise NotFound
    poll, document, beside = found
    counted = poll.counted_at is not None and poll.counted_at <= now
    return Result(poll, stored.read(document) if counted else None, stored.read(beside) if beside else None)


_twin, _twin_result = aliased(Poll), aliased(PollResult)
_BESIDE = (
    sa.select(col(_twin_result.document))
    .join(_twin, col(_twin.id) == col(_twin_result.poll_id))
    .where(
        or_(col(_twin.twin_id) == col(Poll.id), col(_twin.id) == col(Poll.twin_id)),
        col(_twin.counted_at) <= sa.bindparam("now"),
    )
    .order_by(col(_twin.counted_at).desc(), col(_twin.id).desc())
    .limit(1)
    .correlate(Poll)
    .scalar_subquery()
)
_RESULT = (
    sa.select(Poll, col(PollResult.document), _BESIDE)
    .join(PollResult, col(PollResult.poll_id) == col(Poll.id), isouter=True)
    .where(col(Poll.ref) == sa.bindparam("ref"), col(Poll.scheduled_at) <= sa.bindparam("now"))
)


def not_emptied(session: Session) -> list[Poll]:
    """Counted polls in whose box envelopes still lie: their count was killed on its last steps."""
    boxes = counted_not_empty(session)
    return list(session.exec(select(Poll).where(col(Poll.ballot_id).in_(boxes)))) if boxes else []


def trend_of(session: Session, commitment: int, now: datetime) -> list[tuple[Poll, QuestionSeen]]:
    """What families said about one promise, from check to check, the oldest first."""
    found = session.exec(
        select(Poll, Question.id, PollResult.document)
        .join(Question, col(Question.poll_id) == col(Poll.id))
        .join(PollResult, col(PollResult.poll_id) == col(Poll.id))
        .where(Question.commitment == commitment, col(Poll.counted_at) <= now)
        .order_by(col(Poll.counted_at), col(Poll.id))
    )
    return [
        (poll, seen)
        for poll, question_id, document in found
        for seen in stored.read(document).questions
        if seen.id == question_id.hex
    ]
