"""Gathering a brief. Of what families said it reads the cleared text alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting.queries import Seen
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.queries import Text
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.handing import queries as handing
from pyramid_app.charter.handing.queries import Hands, OwnerSaid
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.agenda import queries as agenda
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.agenda.queries import Line
from pyramid_app.meetings.agenda.rules import ItemKind, Word, draft_of
from pyramid_app.meetings.briefs.rules import VOICES, sends_from
from pyramid_app.meetings.models import Meeting
from pyramid_app.outcomes.steps import queries as steps
from pyramid_app.outcomes.steps.queries import Due
from pyramid_app.partners import queries as partners
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic


@dataclass(frozen=True)
class Proposal:
    """A change of the charter: its newest words, what its owners answered, whose "can't agree without" is not met.
    ``hands``: the show of hands, once it is open."""

    text: Text
    owners: Sequence[OwnerSaid]
    unmet: Sequence[Seen]
    hands: Hands | None


@dataclass(frozen=True)
class Brief:
    """All that is known before a meeting. ``partners``: their names by slug; ``last``: the meeting before."""

    meeting: Meeting
    lines: Sequence[Line]
    proposals: Mapping[UUID, Proposal]
    partners: Mapping[str, str]
    last: Meeting | None
    decided: Sequence[AgendaItem]
    steps: Sequence[Due]
    voices: Sequence[tuple[Topic, str]]

    def to(self, kind: ItemKind) -> list[tuple[Line, Proposal | None]]:
        """What the Group is to decide, or to hear."""
        chosen = [line for line in self.lines if line.item.kind is kind]
        return [(line, self.proposals.get(line.item.id)) for line in chosen]


def brief_of(session: Session, meeting: Meeting, now: datetime) -> Brief:
    lines = agenda.lines_of(session, meeting.id)
    proposals = _proposals(session, lines, now)
    last = _last_before(session, meeting)
    before = agenda.items_of(session, last.id) if last else []
    touched = [number for one in proposals.values() for number in one.text.touches]
    here = {line.item.topic_id for line in lines if line.item.topic_id}
    roots = topics.roots(session, {*here, *(item.topic_id for item in before if item.topic_id)})
    about = {roots[topic_id] for topic_id in here} | topics.touching_any(session, touched)
    return Brief(
        meeting, lines, proposals, {one.slug: one.name for one in partners.list_partners(session)}, last,
        [item for item in before if item.decided in DECIDED],
        _steps(session, set(roots.values()), last, now),
        feedback.newest_cleared(session, about, VOICES),
    )  # fmt: skip


DECIDED = frozenset({Word.AGREED, Word.WITH_NOTE, Word.NOT_AGREED})


def due(session: Session, now: datetime) -> list[UUID]:
    """Meetings whose agenda is out, that are near, and about which no brief has gone out."""
    coming = session.exec(
        select(Meeting).where(
            col(Meeting.briefed_at).is_(None), col(Meeting.called_off_at).is_(None),
            col(Meeting.published_at).is_not(None), Meeting.starts_at > now,
        )
    )  # fmt: skip
    return [meeting.id for meeting in coming if sends_from(meeting.starts_at) <= now]


def _proposals(session: Session, lines: Sequence[Line], now: datetime) -> dict[UUID, Proposal]:
    """By item."""
    wanted = {line.item.id: draft_id for line in lines if (draft_id := draft_of(line.item.source))}
    found = list(drafts.list_by_ids(session, wanted.values()).values())
    texts, owners = drafts.newest_texts(session, found), handing.all_owners_said(session, found)
    unmet = comments.all_unmet(session, {draft_id: text.promises for draft_id, text in texts.items()})
    hands = handing.all_hands_of(session, [draft for draft in found if draft.stage is Stage.HANDS], now)
    made = {one.id: Proposal(texts[one.id], owners[one.id], unmet[one.id], hands.get(one.id)) for one in found}
    return {item_id: made[draft_id] for item_id, draft_id in wanted.items() if draft_id in made}


def _last_before(session: Session, meeting: Meeting) -> Meeting | None:
    chosen = select(Meeting).where(
        Meeting.starts_at < meeting.starts_at, col(Meeting.called_off_at).is_(None), col(Meeting.closed_at).is_not(None)
    )
    return session.exec(chosen.order_by(col(Meeting.starts_at).desc(), col(Meeting.id)).limit(1)).first()


def _steps(session: Session, about: set[UUID], last: Meeting | None, now: datetime) -> list[Due]:
    return steps.about(session, about, london_date(now), since=last.starts_at if last else now)
