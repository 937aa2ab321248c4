"""Reading comments: whose they are as the Group sees them, whether their words still stand, what is not met."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, func, select

from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import NotFound
from pyramid_app.charter.commenting.models import Comment, CommentReport, Met
from pyramid_app.charter.commenting.rules import is_unmet, stands
from pyramid_app.charter.drafting.models import DraftWording
from pyramid_app.charter.drafting.rules import shown_name
from pyramid_app.charter.rules import Words
from pyramid_app.kit.disclosure import Count


@dataclass(frozen=True)
class Seen:
    """A comment as a member sees it. ``stands``: its words are in the newest version; ``met``: what its author said."""

    comment: Comment
    name: str
    stands: bool
    met: bool | None

    @property
    def unmet(self) -> bool:
        return is_unmet(self.comment.weight, self.met)


def comments_of(session: Session, draft_id: UUID, promises: Sequence[Words], *, by: UUID | None = None) -> list[Seen]:
    """Every comment on a draft, in the order in which they came; of one person, with ``by``.

    ``promises``: the draft's words as they are now.
    """
    return _seen(session, {draft_id: promises}, by)[draft_id]


def _seen(session: Session, drafts: Mapping[UUID, Sequence[Words]], by: UUID | None = None) -> dict[UUID, list[Seen]]:
    found = select(Comment, Person.name).join(Person, col(Person.id) == col(Comment.by_id))
    found = found.where(col(Comment.draft_id).in_(drafts)).order_by(col(Comment.at), col(Comment.id))
    rows = session.exec(found.where(Comment.by_id == by) if by else found).all()
    met = _last_said(session, drafts)
    words = {draft_id: texts_of(promises) for draft_id, promises in drafts.items()}
    seen: dict[UUID, list[Seen]] = {draft_id: [] for draft_id in drafts}
    for comment, name in rows:
        still = stands(comment.quote, words[comment.draft_id])
        seen[comment.draft_id].append(Seen(comment, shown_name(name, comment.unnamed), still, met.get(comment.id)))
    return seen


def say_now(session: Session, draft_id: UUID, said: Sequence[Seen], promises: Sequence[Words]) -> dict[UUID, str]:
    """For comments whose words are gone: what stands now where they stood, by comment."""
    gone = [seen.comment for seen in said if not seen.stands]
    if not gone:
        return {}
    found = select(DraftWording).where(
        DraftWording.draft_id == draft_id, col(DraftWording.version).in_({one.version for one in gone})
    )
    places = {(row.version, row.position): row for row in session.exec(found)}
    now = {}
    for comment in gone:
        for (version, position), row in places.items():
            if version == comment.version and position < len(promises) and comment.quote in " ".join(texts_of([row])):
                now[comment.id] = promises[position].text
    return now


def texts_of(promises: Sequence[Words | DraftWording]) -> list[str]:
    """All that a comment can be about."""
    return [text for words in promises for text in (words.text, words.how_we_know, words.timescale) if text]


def unmet(session: Session, draft_id: UUID, promises: Sequence[Words]) -> list[Seen]:
    """What somebody can't agree without, and has not said is met: also where its text is hidden."""
    return all_unmet(session, {draft_id: promises})[draft_id]


def all_unmet(session: Session, drafts: Mapping[UUID, Sequence[Words]]) -> dict[UUID, list[Seen]]:
    """The same of several drafts, by their words as they are now, in as many queries as of one."""
    return {draft_id: [seen for seen in said if seen.unmet] for draft_id, said in _seen(session, drafts).items()}


def unanswered(session: Session, draft_id: UUID) -> Count:
    """Comments that nobody has said what came of."""
    found = select(func.count()).where(Comment.draft_id == draft_id, col(Comment.came_of).is_(None))
    return Count(session.exec(found.where(col(Comment.hidden_at).is_(None))).one())


def authors_of(session: Session, draft_id: UUID) -> Sequence[UUID]:
    """Everybody who said something to it."""
    return session.exec(select(Comment.by_id).where(Comment.draft_id == draft_id).distinct()).all()


def met_at(session: Session, handed_on_id: UUID, by: UUID) -> dict[UUID, bool]:
    """What this person said at that hand-over, by comment."""
    found = select(Met).join(Comment, col(Comment.id) == col(Met.comment_id))
    rows = session.exec(found.where(Met.handed_on_id == handed_on_id, Comment.by_id == by))
    return {row.comment_id: row.met for row in rows}


def get_comment(session: Session, comment_id: UUID) -> Comment:
    """Raises ``NotFound``. Whether somebody may read its draft is asked of the draft."""
    comment = session.get(Comment, comment_id)
    if comment is None:
        raise NotFound
    return comment


def reported(session: Session) -> list[tuple[Comment, Sequence[CommentReport]]]:
    """Comments that wait for somebody to look: reported, or hidden with an objection; the oldest first."""
    reports = session.exec(
        select(CommentReport)
        .where(col(CommentReport.settled_at).is_(None))
        .order_by(col(CommentReport.at), col(CommentReport.comment_id), col(CommentReport.by_id))
    ).all()
    about = {report.comment_id for report in reports}
    objected = col(Comment.objected_at).is_not(None) & col(Comment.hidden_at).is_not(None)
    found = select(Comment).where(col(Comment.id).in_(about) | objected).order_by(col(Comment.at), col(Comment.id))
    return [(one, [report for report in reports if report.comment_id == one.id]) for one in session.exec(found)]


def any_waits(session: Session) -> bool:
    """Whether a comment waits for somebody to look: one query, for pages that only lead there."""
    asked = select(CommentReport.comment_id).where(col(CommentReport.settled_at).is_(None))
    objected = col(Comment.objected_at).is_not(None) & col(Comment.hidden_at).is_not(None)
    found = select(Comment.id).where(col(Comment.id).in_(asked) | objected)
    return session.exec(found.limit(1)).first() is not None


def hidden(session: Session) -> Count:
    """How many comments are out of sight now, of all drafts."""
    return Count(session.exec(select(func.count()).where(col(Comment.hidden_at).is_not(None))).one())


def _last_said(session: Session, drafts: Collection[UUID]) -> dict[UUID, bool]:
    found = select(Met).join(Comment, col(Comment.id) == col(Met.comment_id)).where(col(Comment.draft_id).in_(drafts))
    return {
        row.comment_id: row.met
        for row in session.exec(found.order_by(col(Met.at), col(Met.comment_id), col(Met.handed_on_id)))
    }
