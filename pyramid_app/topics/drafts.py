"""Which drafts of the charter rest on which topics."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, delete, select

from pyramid_app.base.work import Work
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_write
from pyramid_app.charter.drafting.service import hold
from pyramid_app.topics.models import Topic, TopicDraft
from pyramid_app.topics.queries import gathered
from pyramid_app.topics.rules import Did


def rest_on(work: Work, draft_id: UUID, topic_ids: Collection[UUID]) -> None:
    """From now on the draft rests on exactly these topics. For whoever may write on it."""
    draft = hold(work, draft_id)
    may_write(drafts.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    known = set(work.session.exec(select(Topic.id).where(col(Topic.id).in_(topic_ids))))
    work.session.exec(delete(TopicDraft).where(col(TopicDraft.draft_id) == draft.id))
    work.session.add_all(
        TopicDraft(draft_id=draft.id, topic_id=topic_id, at=work.now, by_id=work.actor.person_id)
        for topic_id in sorted(known)
    )
    work.session.flush()
    work.record(Did.UNDER_DRAFT, f"draft:{draft.id}", topics=[str(topic_id) for topic_id in sorted(known)])


def topics_under(session: Session, draft_id: UUID) -> list[Topic]:
    """What the draft rests on, by name."""
    found = select(Topic).join(TopicDraft, col(TopicDraft.topic_id) == col(Topic.id))
    return list(session.exec(found.where(TopicDraft.draft_id == draft_id).order_by(col(Topic.title), col(Topic.id))))


def drafts_on(session: Session, topic_id: UUID) -> list[Draft]:
    """The drafts that rest on a topic, or on one that was merged into it; those that moved last first."""
    under = select(TopicDraft.draft_id).where(col(TopicDraft.topic_id).in_(gathered(topic_id)))
    return list(
        session.exec(
            select(Draft).where(col(Draft.id).in_(under)).order_by(col(Draft.stage_at).desc(), col(Draft.id).desc())
        )
    )
