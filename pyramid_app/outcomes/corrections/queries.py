"""Looking at the versions of an answer, and at what was wrong."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from pyramid_app.base.errors import NotFound
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.queries import was_public
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.topics.models import Topic

WORDS = (
    "you_said", "we_did", "for_families", "evidence", "done_on", "reason", "instead", "to_whom", "next_word_on",
    "evidence_file_id",
)  # fmt: skip


@dataclass(frozen=True)
class WentWrong:
    """A corrected answer: what it said, and what was said in its place, when and why."""

    topic: Topic
    before: Outcome
    after: Outcome


def versions_of(session: Session, ref: str, now: datetime) -> list[Outcome]:
    """Every version of a public answer, the first one first. Raises ``NotFound``."""
    versions = select(Outcome).where(Outcome.ref == ref, *was_public(now)).order_by(col(Outcome.version))
    found = list(session.exec(versions))
    if not found:
        raise NotFound
    return found


def what_went_wrong(session: Session, *, most: int = 20, skip: int = 0) -> list[WentWrong]:
    """Corrections, the newest first: for the page "what we got wrong"."""
    before = aliased(Outcome)
    rows = session.exec(
        select(Topic, before, Outcome)
        .join(before, col(before.id) == col(Outcome.corrects_id))
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .order_by(col(Outcome.published_at).desc(), col(Outcome.id).desc())
        .offset(skip)
        .limit(most)
    )
    return [WentWrong(topic, earlier, later) for topic, earlier, later in rows]


def corrected_between(session: Session, start: datetime, end: datetime, now: datetime) -> list[WentWrong]:
    """The public corrections of that half-open time, the oldest first."""
    before = aliased(Outcome)
    rows = session.exec(
        select(Topic, before, Outcome)
        .join(before, col(before.id) == col(Outcome.corrects_id))
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .where(col(Outcome.published_at) >= start, col(Outcome.published_at) < end, *was_public(now))
        .order_by(col(Outcome.published_at), col(Outcome.id))
    )
    return [WentWrong(topic, earlier, later) for topic, earlier, later in rows]


def how_many_went_wrong(session: Session) -> int:
    """Corrections, not people."""
    return session.exec(select(func.count()).where(col(Outcome.corrects_id).is_not(None))).one()


def draft_of(outcome: Outcome) -> Draft:
    """What was written to publish this version."""
    return Draft(Answer(outcome.state.value), **{name: getattr(outcome, name) for name in WORDS})
