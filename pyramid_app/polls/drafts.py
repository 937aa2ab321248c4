"""Which drafts of the charter rest on which polls."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, delete, select

from pyramid_app.base.work import Work
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.permissions import may_write
from pyramid_app.charter.drafting.service import hold
from pyramid_app.polls.models import Poll, PollUnderDraft
from pyramid_app.polls.rules import Did

MOST = 30


def rest_on(work: Work, draft_id: UUID, poll_ids: Collection[UUID]) -> None:
    """From now on the draft rests on exactly these polls, as far as they are counted. For whoever may write on it."""
    draft = hold(work, draft_id)
    may_write(drafts.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    counted = select(Poll.id).where(col(Poll.id).in_(poll_ids), col(Poll.counted_at).is_not(None))
    known = sorted(work.session.exec(counted))
    work.session.exec(delete(PollUnderDraft).where(col(PollUnderDraft.draft_id) == draft.id))
    work.session.add_all(
        PollUnderDraft(draft_id=draft.id, poll_id=poll_id, at=work.now, by_id=work.actor.person_id) for poll_id in known
    )
    work.session.flush()
    work.record(Did.UNDER_DRAFT, f"draft:{draft.id}", polls=[str(poll_id) for poll_id in known])


def polls_under(session: Session, draft_id: UUID) -> list[Poll]:
    """What the draft rests on, the newest first."""
    found = select(Poll).join(PollUnderDraft, col(PollUnderDraft.poll_id) == col(Poll.id))
    found = found.where(PollUnderDraft.draft_id == draft_id)
    return list(session.exec(found.order_by(col(Poll.counted_at).desc(), col(Poll.id))))


def can_be_under(session: Session) -> list[Poll]:
    """Counted polls that asked something, the newest first; not votes on the charter itself."""
    found = select(Poll).where(col(Poll.counted_at).is_not(None), col(Poll.quorum_percent).is_(None))
    return list(session.exec(found.order_by(col(Poll.counted_at).desc(), col(Poll.id)).limit(MOST)))
