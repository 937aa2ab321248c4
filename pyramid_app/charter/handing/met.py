"""Authors say of their own comments whether the words handed on meet them now."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import select

from pyramid_app.base.errors import Conflict, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter.commenting.models import Comment, Met
from pyramid_app.charter.commenting.rules import Did
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.permissions import may_comment
from pyramid_app.charter.drafting.service import hold
from pyramid_app.charter.handing.models import HandedOn
from pyramid_app.kit.say import Say


def say_met(work: Work, handed_on_id: UUID, said: Mapping[UUID, bool | None]) -> None:
    """One's own comments, each met now or not; ``None`` is "not said", and takes an earlier word back."""
    handed_on = work.session.get(HandedOn, handed_on_id)
    if handed_on is None or not handed_on.asked_met:
        raise NotFound
    draft = hold(work, handed_on.draft_id)
    may_comment(drafts.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    if handed_on.version != draft.version:
        raise Conflict(Say("The draft was changed again. You will be asked about the new words."))
    own = {
        one.id
        for one in work.session.exec(
            select(Comment).where(Comment.draft_id == draft.id, Comment.by_id == work.actor.person_id)
        )
    }
    for comment_id, met in said.items():
        if comment_id not in own:
            raise NotFound
        row = work.session.get(Met, (comment_id, handed_on.id))
        if met is None and row is not None:
            work.session.delete(row)
        elif met is not None and row is None:
            work.session.add(Met(comment_id=comment_id, handed_on_id=handed_on.id, met=met, at=work.now))
        elif met is not None and row is not None:
            row.met, row.at = met, work.now
    work.session.flush()
    work.record(Did.MET_SAID, f"draft:{draft.id}", comments=len(said))
