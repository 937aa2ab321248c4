"""Looking at hand-overs: who has which words, what a place was asked, what must be asked again or forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.own_child.models import HandOver
from pyramid_app.feedback.own_child.rules import KEPT, Link, Place, link_state, rings_on_desk
from pyramid_app.feedback.rules import Stage
from pyramid_app.kit.say import Say

ON_ITS_WAY = timedelta(days=1)
"""So long a letter about a case may hold up its forgetting: the family must get it first."""


@dataclass(frozen=True)
class Helper:
    """A place as the area has set it up."""

    place: Place
    name: str | Say
    mailbox: str


def helpers(area: AreaSettings) -> dict[Place, Helper]:
    """All places with the names that families read; those without a mailbox too, for what was handed over before."""
    return {
        helper.place: helper
        for helper in (
            Helper(Place.ADVICE, area.advice_name or Say("the free advice service"), area.advice_mailbox),
            Helper(
                Place.PLAN_TEAM, area.plan_team_name or Say("the team that writes the plans"), area.plan_team_mailbox
            ),
            Helper(Place.COMPLAINTS, area.complaints_name or Say("the complaints team"), area.complaints_mailbox),
        )
    }


def offered(area: AreaSettings) -> list[Helper]:
    """The places that a family can choose from."""
    return [helper for helper in helpers(area).values() if helper.mailbox]


def find_of(session: Session, voice_id: UUID) -> HandOver | None:
    """Who has the words of this voice."""
    return session.exec(select(HandOver).where(HandOver.voice_id == voice_id)).first()


def of_voices(session: Session, voice_ids: Sequence[UUID]) -> dict[UUID, HandOver]:
    """By voice, in one query."""
    found = session.exec(select(HandOver).where(col(HandOver.voice_id).in_(voice_ids)))
    return {one.voice_id: one for one in found}


@dataclass(frozen=True)
class Asked:
    """What the link of a place opens. Words and number only while they are to be read there."""

    hand_over: HandOver
    voice: Voice
    link: Link
    words: str = ""
    original: str = ""


def find_asked(session: Session, hand_over_id: UUID, version: int) -> Asked | None:
    """What stands behind a link; it shows words only if nobody has said yet that they arrived."""
    row = session.exec(
        select(HandOver, Voice, VoiceText)
        .join(Voice, col(Voice.id) == col(HandOver.voice_id))
        .outerjoin(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .where(HandOver.id == hand_over_id)
    ).first()
    if row is None:
        return None
    hand_over, voice, text = row
    here = text is not None and voice.handed_at is not None  # type: ignore[redundant-expr]  # an outer join
    link = link_state(version, hand_over.version, hand_over.received_at, here)
    if link is not Link.OPEN or text is None:
        return Asked(hand_over, voice, link)
    return Asked(hand_over, voice, link, text.text, text.original)


@dataclass(frozen=True)
class WithOthers:
    """A message that a place has, and that stays open until it says that it arrived."""

    voice: Voice
    hand_over: HandOver
    rings: bool


def with_others(session: Session, now: datetime) -> list[WithOthers]:
    """What places have not confirmed, the oldest first; some of it is so old that somebody must ring."""
    rows = session.exec(
        select(Voice, HandOver)
        .join(HandOver, col(HandOver.voice_id) == col(Voice.id))
        .where(*_waits())
        .order_by(col(HandOver.at), col(HandOver.id))
    )
    return [
        WithOthers(voice, hand_over, rings_on_desk(hand_over.at, hand_over.received_at, now))
        for voice, hand_over in rows
    ]


def to_ask_again(session: Session) -> list[UUID]:
    """Hand-overs whose family was told that we are late, and whose place was not asked again since."""
    missed = col(Voice.word_owed) & (col(Voice.next_word_on) > col(HandOver.word_on))
    return list(
        session.exec(select(HandOver.id).join(Voice, col(Voice.id) == col(HandOver.voice_id)).where(*_waits(), missed))
    )


def to_forget(session: Session, now: datetime) -> list[UUID]:
    """Voices that were received by their place and handed over so long ago that their words go; letters that are on
    their way to the family leave first."""
    on_its_way = select(Letter.about).where(
        col(Letter.about).startswith("voice:"),
        col(Letter.sent_at).is_(None),
        col(Letter.refused_at).is_(None),
        col(Letter.posted_at) > now - ON_ITS_WAY,
    )
    waiting = set(session.exec(on_its_way))
    due = session.exec(
        select(HandOver.voice_id).where(
            col(HandOver.received_at).is_not(None),
            col(HandOver.text_gone_at).is_(None),
            col(HandOver.at) <= now - KEPT,
        )
    )
    return [voice_id for voice_id in due if f"voice:{voice_id}" not in waiting]


def _waits() -> tuple[sa.ColumnElement[bool], ...]:
    """With a place that has not said that it arrived, and not taken back."""
    return col(HandOver.received_at).is_(None), col(Voice.sorted_at).is_(None), col(Voice.handed_at).is_not(None)
