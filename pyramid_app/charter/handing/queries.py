"""Where a draft has been, what those said who have to keep it, and what the show of hands came to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.accounts import queries as accounts
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import NotFound
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import Content, Stage, what_is_missing
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.handing.models import Hand, HandedOn, OwnerAsk
from pyramid_app.charter.handing.rules import (
    Agreement,
    Ready,
    come_to,
    enough_of,
    what_stands_in_the_way_of_a_vote,
)
from pyramid_app.charter.rules import Says
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.participation.group import queries as group
from pyramid_app.partners import queries as partners
from pyramid_app.partners.models import Partner


@dataclass(frozen=True)
class OwnerSaid:
    """What one partner answered to the newest words; silence shows as silence."""

    ask: OwnerAsk
    name: str
    says: Says


@dataclass(frozen=True)
class HandSeen:
    """A raised hand, with whose it is: for the Group alone."""

    hand: Hand
    name: str


@dataclass(frozen=True)
class Hands:
    """A show of hands: the representatives' view, and apart from it the agreement of the whole Group."""

    seen: Sequence[HandSeen] = ()
    reps: Agreement = Agreement.TOO_FEW
    group: Agreement = Agreement.TOO_FEW

    def by(self, person_id: UUID | None) -> Hand | None:
        return next((one.hand for one in self.seen if one.hand.person_id == person_id), None)

    def notes(self) -> list[str]:
        return [one.hand.note for one in self.seen if one.hand.note]


def handed_on_of(session: Session, draft_id: UUID) -> Sequence[HandedOn]:
    """Every one, oldest first."""
    return session.exec(select(HandedOn).where(HandedOn.draft_id == draft_id).order_by(col(HandedOn.number))).all()


def newest_of(session: Session, draft_id: UUID) -> HandedOn | None:
    found = select(HandedOn).where(HandedOn.draft_id == draft_id).order_by(col(HandedOn.number).desc())
    return session.exec(found.limit(1)).first()


def asked_met(session: Session, draft: Draft) -> HandedOn | None:
    """The hand-over at which authors of comments were asked whether the draft's newest words meet them."""
    found = select(HandedOn).where(
        HandedOn.draft_id == draft.id, col(HandedOn.asked_met).is_(True), HandedOn.version == draft.version
    )
    return session.exec(found.order_by(col(HandedOn.number).desc()).limit(1)).first()


def owners_said(session: Session, draft: Draft) -> list[OwnerSaid]:
    """The answers to the draft's newest words, in the order of partners; none before they were asked."""
    return all_owners_said(session, [draft])[draft.id]


def all_owners_said(session: Session, drafts: Collection[Draft]) -> dict[UUID, list[OwnerSaid]]:
    """The same of several drafts in one query."""
    newest: dict[UUID, dict[str, OwnerSaid]] = {draft.id: {} for draft in drafts}
    rows = session.exec(
        select(OwnerAsk, Partner.name)
        .join(Partner, col(Partner.slug) == col(OwnerAsk.partner))
        .join(Draft, (col(Draft.id) == col(OwnerAsk.draft_id)) & (col(Draft.version) == col(OwnerAsk.version)))
        .where(col(Draft.id).in_(newest))
        .order_by(col(Partner.position), col(OwnerAsk.due_on), col(OwnerAsk.id))
    )
    for ask, name in rows:
        newest[ask.draft_id][ask.partner] = OwnerSaid(ask, name, ask.says or Says.SILENT)
    return {draft_id: list(said.values()) for draft_id, said in newest.items()}


def get_ask(session: Session, draft: Draft, ask_id: UUID) -> OwnerAsk:
    """One question about this draft's newest words. Raises ``NotFound``."""
    ask = session.get(OwnerAsk, ask_id)
    if ask is None or ask.draft_id != draft.id or ask.version != draft.version:
        raise NotFound
    return ask


def find_open_ask(session: Session, held: Held | None) -> OwnerAsk | None:
    """The question that a link opens: while the draft is with its owners, and this is the last link that was sent."""
    ask = session.get(OwnerAsk, held.ask_id) if held else None
    draft = session.get(Draft, ask.draft_id) if ask else None
    if ask is None or draft is None or held is None or ask.link != held.link:
        return None
    return ask if draft.stage is Stage.OWNER and draft.version == ask.version else None


def asks_near(session: Session, until: date) -> Sequence[OwnerAsk]:
    """Questions without an answer whose day comes by then, and that were not reminded."""
    found = (
        select(OwnerAsk)
        .join(Draft, col(Draft.id) == col(OwnerAsk.draft_id))
        .where(
            col(OwnerAsk.says).is_(None), col(OwnerAsk.warned_at).is_(None), OwnerAsk.due_on <= until,
            Draft.stage == Stage.OWNER, col(Draft.version) == col(OwnerAsk.version), OwnerAsk.mailbox != "",
        )
        .order_by(col(OwnerAsk.due_on), col(OwnerAsk.id))
    )  # fmt: skip
    return session.exec(found).all()


def hands_of(session: Session, draft: Draft, now: datetime) -> Hands:
    """The show of hands to the draft's newest words; quorum is asked of those who belong to the Group now."""
    return all_hands_of(session, [draft], now)[draft.id]


def all_hands_of(session: Session, drafts: Collection[Draft], now: datetime) -> dict[UUID, Hands]:
    """The same of several drafts, in as many queries as of one."""
    found = (
        select(HandedOn)
        .join(Draft, (col(Draft.id) == col(HandedOn.draft_id)) & (col(Draft.version) == col(HandedOn.version)))
        .where(col(Draft.id).in_([draft.id for draft in drafts]), HandedOn.went_to == Stage.HANDS)
        .order_by(col(HandedOn.number))
    )
    newest = {round_.draft_id: round_.id for round_ in session.exec(found)}
    if not newest:
        return {draft.id: Hands() for draft in drafts}
    raised = (
        select(Hand)
        .where(col(Hand.handed_on_id).in_(newest.values()))
        .order_by(col(Hand.at), col(Hand.handed_on_id), col(Hand.person_id))
    )
    rows = session.exec(raised).all()
    names, enough = accounts.names_of(session, [row.person_id for row in rows]), enough_hands(session, now)
    return {
        draft.id: _hands([row for row in rows if row.handed_on_id == newest.get(draft.id)], names, enough)
        for draft in drafts
    }


def _hands(rows: Sequence[Hand], names: Mapping[UUID, str], enough: tuple[int, int]) -> Hands:
    reps, all_hands = [row.stands for row in rows if row.as_rep], [row.stands for row in rows]
    return Hands(
        [HandSeen(row, names.get(row.person_id, "")) for row in rows],
        come_to(reps, enough[0]), come_to(all_hands, enough[1]),
    )  # fmt: skip


def enough_hands(session: Session, now: datetime) -> tuple[int, int]:
    """How many representatives, and how many members of the Group with them, make a quorum (as at its meetings)."""
    area, members = settings_of(session, now), group.members(session, now)
    elected = sum(one.elected for one in members)
    return (
        enough_of(elected, area.quorum_percent, area.quorum_reps_least),
        enough_of(len(members), area.quorum_percent, 1),
    )


def ready(session: Session, draft: Draft, now: datetime) -> Ready:
    """All that a hand-over depends on."""
    text, today = drafts.text_of(session, draft), london_date(now)
    here = [one.slug for one in partners.list_partners(session) if one.ended_on is None or one.ended_on > today]
    content = Content(draft.title, draft.reason, text.promises)
    said = owners_said(session, draft)
    waiting = [one for one in said if one.says is Says.SILENT]
    return Ready(
        what_is_missing(draft.kind, content, [promise.words for promise in text.old], here, today),
        draft.consulted_at is not None,
        int(comments.unanswered(session, draft.id) >= 1),
        [one.name for one in waiting],
        max((one.ask.due_on for one in waiting), default=None),
    )


def why_not_vote(session: Session, draft: Draft, now: datetime) -> list[Say]:
    """What still stands in the way of a vote on exactly these words; nothing does where the list is empty."""
    hands = hands_of(session, draft, now)
    touches = drafts.touches_of(session, draft.id)
    others = drafts.touching(session, touches, besides=draft.id) if touches else []
    rivals = [other.title for other in others if other.stage is Stage.VOTE]
    changed = bool(touches) and drafts.has_changed_since(session, draft)
    return what_stands_in_the_way_of_a_vote(draft.stage, hands.reps, hands.group, changed, rivals)


def waiting_for_the_group(session: Session, today: date) -> list[Draft]:
    """Drafts that the Group has to move: at the show of hands, or elsewhere with their time over."""
    over = select(HandedOn.draft_id).where(
        HandedOn.draft_id == Draft.id, col(HandedOn.went_to) == col(Draft.stage), col(HandedOn.due_on) < today
    )
    away = col(Draft.stage).in_([Stage.CONSULTATIVE, Stage.OWNER]) & over.exists()
    found = select(Draft).where((col(Draft.stage) == Stage.HANDS) | away)
    return list(session.exec(found.order_by(col(Draft.stage_at), col(Draft.id))))


def ready_to_vote(session: Session, now: datetime) -> list[Draft]:
    """Drafts that Parliament could vote on now."""
    found = session.exec(select(Draft).where(Draft.stage == Stage.HANDS).order_by(col(Draft.stage_at), col(Draft.id)))
    return [draft for draft in found if not why_not_vote(session, draft, now)]
