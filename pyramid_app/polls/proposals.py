"""Drafts of the charter on a paper: what it shows beside each question about one, and what came of the vote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting.queries import Seen
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.queries import Text
from pyramid_app.charter.handing import queries as handing
from pyramid_app.charter.handing.queries import Hands, OwnerSaid
from pyramid_app.charter.handing.rules import Agreement
from pyramid_app.charter.ratifying import Locked
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.redline import Piece, compare
from pyramid_app.polls.models import DraftVote, Poll, PollDraft
from pyramid_app.polls.queries import drafts_of


@dataclass(frozen=True)
class Proposal:
    """One draft as families see it on the paper: its words beside those of now, what its owners answered, what the
    Group thinks, and what somebody can't agree without that is not met. ``digest``: what the vote is tied to."""

    draft: Draft
    text: Text
    owners: Sequence[OwnerSaid]
    hands: Hands
    unmet: Sequence[Seen]
    digest: str
    vote: DraftVote | None

    @property
    def old_text(self) -> str:
        return "\n".join(promise.text for promise in self.text.old)

    @property
    def new_text(self) -> str:
        return "\n".join(words.text for words in self.text.promises)

    @property
    def pieces(self) -> list[Piece]:
        return compare(self.old_text, self.new_text)


AGREEMENTS: Mapping[Agreement, Say] = {
    Agreement.AGREED: Say("agreed"),
    Agreement.WITH_A_NOTE: Say("agreed with a note"),
    Agreement.NOT_AGREED: Say("not agreed"),
    Agreement.TOO_FEW: Say("too few have said"),
}


def proposals_of(session: Session, poll: Poll) -> list[Proposal]:
    """In the order of the questions; none where the poll ratifies nothing."""
    if not poll.ratifies:
        return []
    votes = {vote.draft_id: vote for vote in votes_of(session, poll.id)}
    return [_proposal(session, row, votes.get(row.draft_id), poll) for row in drafts_of(session, poll.id)]


def votes_of(session: Session, poll_id: UUID) -> Sequence[DraftVote]:
    return session.exec(select(DraftVote).where(DraftVote.poll_id == poll_id)).all()


def polls_about(session: Session, draft_id: UUID) -> Sequence[Poll]:
    """Votes on this draft that families may see, newest first."""
    found = select(Poll).join(PollDraft, col(PollDraft.poll_id) == col(Poll.id))
    found = found.where(PollDraft.draft_id == draft_id, col(Poll.scheduled_at).is_not(None))
    return session.exec(found.order_by(col(Poll.scheduled_at).desc(), col(Poll.id).desc())).all()


def locked_of(row: PollDraft) -> Locked:
    """What the vote on it is tied to."""
    return Locked(row.digest, dict(row.twins))


def _proposal(session: Session, row: PollDraft, vote: DraftVote | None, poll: Poll) -> Proposal:
    draft = session.get_one(Draft, row.draft_id)
    text = drafts.text_of(session, draft)
    return Proposal(
        draft, text, handing.owners_said(session, draft), handing.hands_of(session, draft, draft.stage_at),
        comments.unmet(session, draft.id, text.promises), row.digest, vote,
    )  # fmt: skip
