"""Writing and publishing how a consultation was considered."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, delete
from uuid6 import uuid7

from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.polls.considering.models import Point
from pyramid_app.polls.considering.rules import PointDraft, what_is_missing
from pyramid_app.polls.models import Poll
from pyramid_app.polls.permissions import may_write
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.rules import Did, PollKind


def consider(work: Work, poll_id: UUID, points: Sequence[PointDraft], *, publish: bool) -> Poll:
    """Keep the points; with ``publish`` everybody sees them, and all who answered are told.

    Raises ``Invalid`` while a point lacks its answer or a question its point, ``Conflict`` before the count and once
    they are published.
    """
    may_write(work.actor).enforce()
    poll = work.session.get(Poll, poll_id, with_for_update=True)
    if poll is None or poll.kind is not PollKind.CONSULTATION:
        raise NotFound
    if poll.counted_at is None:
        raise Conflict(Say("The answers have not been counted yet."))
    if poll.considered_at is not None:
        raise Conflict(Say("This is published. It cannot be changed any more."))
    questions = {question.id: question.text for question in paper_of(work.session, poll).questions}
    missing = what_is_missing(points, questions) if publish else []
    if missing:
        raise Invalid({f"points-{at}": say for at, say in enumerate(missing)})
    _keep(work, poll, points, questions)
    if publish:
        poll.considered_at = work.now
        work.record(Did.CONSIDERED, f"poll:{poll.id}", points=len(points))
    return poll


def _keep(work: Work, poll: Poll, points: Sequence[PointDraft], questions: dict[UUID, str]) -> None:
    work.session.exec(delete(Point).where(col(Point.poll_id) == poll.id))
    for position, one in enumerate(points):
        about = one.question_id if one.question_id in questions else None
        work.session.add(
            Point(
                id=uuid7(), poll_id=poll.id, position=position, question_id=about, said=one.said, changed=one.changed,
                answer=one.answer,
            )
        )  # fmt: skip
    work.session.flush()
