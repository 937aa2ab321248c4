"""Commenting a draft, answering comments, saying whether they are met, and looking at what was reported."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select, update
from uuid6 import uuid7

from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter.commenting import letters, queries
from pyramid_app.charter.commenting.models import Comment, CommentReport
from pyramid_app.charter.commenting.rules import CameOf, Did, Weight, what_is_wrong, what_is_wrong_with_answer
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import (
    may_answer,
    may_comment,
    may_hear_objection,
    may_hide,
    may_read,
)
from pyramid_app.charter.drafting.rules import Part
from pyramid_app.charter.drafting.service import end_sitting, hold
from pyramid_app.kit.say import Say


def say(
    work: Work, draft_id: UUID, text: str, weight: Weight | None, quote: str = "", *, unnamed: bool = False
) -> Comment:
    """One comment, and how much it matters. Raises ``Invalid`` by field. The same twice is once."""
    draft = hold(work, draft_id)
    may_comment(_part(work, draft), draft).enforce()
    promises = drafts.text_of(work.session, draft).promises
    wrong = what_is_wrong(text, weight, quote, queries.texts_of(promises))
    if wrong or weight is None or work.actor.person_id is None:
        raise Invalid(wrong)
    for seen in queries.comments_of(work.session, draft.id, promises, by=work.actor.person_id):
        if (seen.comment.text, seen.comment.quote, seen.comment.version) == (text, quote, draft.version):
            return seen.comment
    comment = Comment(
        id=uuid7(), draft_id=draft.id, version=draft.version, quote=quote, text=text, weight=weight,
        by_id=work.actor.person_id, unnamed=unnamed, at=work.now,
    )  # fmt: skip
    work.session.add(comment)
    work.session.flush()
    end_sitting(work, draft)
    work.record(Did.SAID, f"comment:{comment.id}", draft=draft.id, weight=weight)
    return comment


def answer(
    work: Work, draft_id: UUID, comments: Collection[UUID], came_of: CameOf | None, because: str, address: str
) -> int:
    """What came of these comments, many alike at once; each author hears it. Returns how many were answered."""
    draft = hold(work, draft_id)
    may_answer(_part(work, draft), draft).enforce()
    chosen = work.session.exec(
        select(Comment)
        .where(col(Comment.id).in_(comments), Comment.draft_id == draft.id)
        .order_by(col(Comment.at), col(Comment.id))
    ).all()
    wrong = what_is_wrong_with_answer(came_of, because, len(chosen))
    if wrong:
        raise Invalid(wrong)
    for comment in chosen:
        comment.came_of, comment.because = came_of, because
        comment.answered_at, comment.answered_by_id = work.now, work.actor.person_id
        work.record(Did.ANSWERED, f"comment:{comment.id}", came_of=came_of)
        key = f"comment-answered:{comment.id}:{work.now.isoformat()}"
        work.post(letters.answered(work, draft, comment, address), key=key)
    return len(chosen)


def report(work: Work, comment_id: UUID, why: str) -> None:
    """Ask the team to look at somebody's words. Twice is once."""
    comment, draft = _get(work, comment_id)
    part = _part(work, draft)
    if not (part.any and may_read(part, draft)):
        raise NotFound
    if not why:
        raise Invalid({"why": Say("Say what is wrong with these words.")})
    person = work.actor.person_id
    if person is None or work.session.get(CommentReport, (comment.id, person)) is not None:
        return
    work.session.add(CommentReport(comment_id=comment.id, by_id=person, why=why, at=work.now))
    work.session.flush()
    work.record(Did.REPORTED, f"comment:{comment.id}")


def hide(work: Work, comment_id: UUID, because: str, address: str) -> None:
    """Members do not see it any more; its author does, with the reason, and can object. It is never deleted."""
    comment, draft = _get(work, comment_id)
    may_hide(_part(work, draft)).enforce()
    if not because:
        raise Invalid({"because": Say("Say why. The author reads it.")})
    if comment.hidden_at is None:
        comment.hidden_at, comment.hidden_because = work.now, because
        comment.objection, comment.objected_at = "", None
        _settle(work, comment)
        # The reason stays beside the comment, where a name can be taken out of it; nothing leaves the log again.
        work.record(Did.HIDDEN, f"comment:{comment.id}")
        key = f"comment-hidden:{comment.id}:{work.now.isoformat()}"
        work.post(letters.hidden(work, draft, comment, address), key=key)


def leave(work: Work, comment_id: UUID) -> None:
    """Looked at, and nothing is wrong with it; who reported it need not know who looked."""
    comment, draft = _get(work, comment_id)
    may_hide(_part(work, draft)).enforce()
    _settle(work, comment)


def object_to(work: Work, comment_id: UUID, objection: str) -> None:
    """The author does not agree that it is hidden: the chair looks again."""
    comment, _draft = _get(work, comment_id)
    if comment.by_id != work.actor.person_id:
        raise NotFound
    if comment.hidden_at is None or comment.objected_at is not None:
        raise Conflict(Say("There is nothing to object to here now."))
    if not objection:
        raise Invalid({"objection": Say("Say why it should be seen.")})
    comment.objection, comment.objected_at = objection, work.now
    work.record(Did.OBJECTED, f"comment:{comment.id}")


def decide_objection(work: Work, comment_id: UUID, *, show: bool, address: str) -> None:
    """The chair's word: seen again, or hidden still."""
    comment, draft = _get(work, comment_id)
    may_hear_objection(_part(work, draft)).enforce()
    if comment.objected_at is None or comment.hidden_at is None:
        raise Conflict(Say("Nobody objects to this now."))
    comment.objected_at = None
    if show:
        comment.hidden_at, comment.hidden_because = None, ""
        work.record(Did.SHOWN_AGAIN, f"comment:{comment.id}")
        key = f"comment-shown:{comment.id}:{work.now.isoformat()}"
        work.post(letters.shown_again(work, draft, comment, address), key=key)


def _settle(work: Work, comment: Comment) -> None:
    work.session.exec(
        update(CommentReport)
        .where(col(CommentReport.comment_id) == comment.id, col(CommentReport.settled_at).is_(None))
        .values(settled_at=work.now)
    )


def _part(work: Work, draft: Draft) -> Part:
    return drafts.part_of(work.session, work.actor, work.now, draft)


def _get(work: Work, comment_id: UUID) -> tuple[Comment, Draft]:
    """The comment, held until the act ends, and its draft."""
    comment = work.session.get(Comment, comment_id, with_for_update=True)
    draft = work.session.get(Draft, comment.draft_id) if comment else None
    if comment is None or draft is None:
        raise NotFound
    return comment, draft
