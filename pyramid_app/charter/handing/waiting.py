"""What waits for one member: drafts to read, to write on, to say of whether they are met, and hands to raise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.base.actor import Actor
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting.models import Comment, Met
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_hide, may_raise_hand, may_read
from pyramid_app.charter.drafting.rules import PUBLIC, Stage
from pyramid_app.charter.handing.models import Hand, HandedOn


@dataclass(frozen=True)
class Waits:
    """One draft, and until when there is time for it, if there is a day."""

    draft: Draft
    until: date | None = None


@dataclass(frozen=True)
class Waiting:
    """One person's part now. ``reports``: comments wait for somebody to look at them."""

    to_write: Sequence[Waits] = ()
    to_read: Sequence[Waits] = ()
    to_say_met: Sequence[Waits] = ()
    to_raise: Sequence[Waits] = ()
    reports: bool = False


def waiting_for(session: Session, actor: Actor, now: datetime) -> Waiting | None:
    """``None`` for whoever has no part in drafts; a constant number of queries for everybody else."""
    part = drafts.part_of(session, actor, now)
    person = actor.person_id
    if person is None or not (part.rep or part.member or part.consultative or part.chair):
        return None
    current = session.exec(
        select(Draft).where(col(Draft.stage).not_in(PUBLIC)).order_by(col(Draft.stage_at), col(Draft.id))
    ).all()
    found = [draft for draft in current if may_read(part, draft)]
    newest = _newest(session, found)
    said = set(session.exec(select(Comment.draft_id).where(Comment.by_id == person)))
    raised = set(session.exec(select(Hand.handed_on_id).where(Hand.person_id == person)))
    unsaid = _not_said(session, person)

    def at(stage: Stage) -> list[Waits]:
        return [Waits(one, newest[one.id].due_on if one.id in newest else None) for one in found if one.stage is stage]

    hands = [one for one in at(Stage.HANDS) if may_raise_hand(part, one.draft)]
    return Waiting(
        to_write=at(Stage.GROUP) if part.rep else (),
        to_read=[one for one in at(Stage.CONSULTATIVE) if one.draft.id not in said],
        to_say_met=[Waits(one) for one in found if (one.id, one.version) in unsaid],
        to_raise=[one for one in hands if newest[one.draft.id].id not in raised],
        reports=bool(may_hide(part)) and comments.any_waits(session),
    )


def _newest(session: Session, found: Sequence[Draft]) -> dict[UUID, HandedOn]:
    """The last hand-over of each, by draft."""
    ids = [draft.id for draft in found]
    rows = select(HandedOn).where(col(HandedOn.draft_id).in_(ids)).order_by(col(HandedOn.number))
    return {row.draft_id: row for row in session.exec(rows)}


def _not_said(session: Session, person: UUID) -> set[tuple[UUID, int]]:
    """Drafts, with the version, of which this person was asked whether her words are met, and left one open."""
    answered = select(Met.comment_id).where(Met.comment_id == Comment.id, Met.handed_on_id == HandedOn.id).exists()
    asked = (
        select(HandedOn.draft_id, HandedOn.version)
        .join(Comment, col(Comment.draft_id) == col(HandedOn.draft_id))
        .where(col(HandedOn.asked_met).is_(True), Comment.by_id == person, ~answered)
        .distinct()
    )
    return set(session.exec(asked).all())
