"""What a year's public report says of voices: how many, under which topics, and the words that anybody may read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.accounts.models import Person
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.queries import Quote
from pyramid_app.feedback.rules import COUNTED, About, Channel, Naming, Sorting, Speaker, Stage
from pyramid_app.kit.disclosure import Count
from pyramid_app.topics.models import Topic

ROOT = func.coalesce(Topic.merged_into_id, Topic.id)
"""Where the story of a topic goes on."""


@dataclass(frozen=True)
class Heard:
    """Messages of that time. Groups of speakers stand side by side; nobody adds them up."""

    by_speaker: dict[Speaker, Count]
    by_channel: dict[Channel, Count]
    own_child: Count


@dataclass(frozen=True)
class Quoted:
    """Public words and whose they are, as a group. For the desk alone: ``ref``, and ``named``, which says that on the
    topic's page the speaker's name stands beside them."""

    topic_id: UUID
    speaker: Speaker
    quote: Quote
    ref: str
    named: bool


def first_heard(session: Session) -> datetime | None:
    """When the first voice came."""
    return session.exec(select(func.min(Voice.received_at))).one()


def heard(session: Session, start: datetime, end: datetime) -> Heard:
    """How many came in that half-open time, in one query; what a machine sent or was taken back is not counted."""
    rows = session.exec(
        select(Voice.speaker, Voice.channel, Voice.about, func.count())
        .where(*_stand(start, end))
        .group_by(col(Voice.speaker), col(Voice.channel), col(Voice.about))
    ).all()
    return Heard(
        {speaker: Count(sum(n for one, _, _, n in rows if one is speaker)) for speaker in Speaker},
        {channel: Count(sum(n for _, one, _, n in rows if one is channel)) for channel in Channel},
        Count(sum(n for _, _, one, n in rows if one is About.OWN_CHILD)),
    )


def topics_heard(session: Session, start: datetime, end: datetime) -> dict[UUID, Count]:
    """How many spoke in that time about each topic; of those merged, about the one they went into."""
    rows = session.exec(
        select(ROOT, func.count())
        .select_from(Voice)
        .join(Topic, col(Topic.id) == col(Voice.topic_id))
        .where(*_stand(start, end))
        .group_by(ROOT)
    )
    return {topic_id: Count(number) for topic_id, number in rows}


def heard_between(session: Session, topic_ids: Collection[UUID], edges: Sequence[datetime]) -> list[Count]:
    """How many spoke about these topics, and what was merged into them, from each edge up to the next; one query."""
    part = sa.case(*((col(Voice.received_at) < edge, at) for at, edge in enumerate(edges[1:])))
    each = (
        sa.select(part.label("part"))
        .select_from(Voice)
        .join(Topic, col(Topic.id) == col(Voice.topic_id))
        .where(*_stand(edges[0], edges[-1]), ROOT.in_(topic_ids))
        .subquery()
    )
    rows = session.execute(sa.select(each.c.part, func.count()).group_by(each.c.part))
    found: dict[int, int] = dict(iter(rows))
    return [Count(found.get(at, 0)) for at in range(len(edges) - 1)]


def quoted(session: Session, start: datetime, end: datetime, *, most: int) -> list[Quoted]:
    """Of each topic and group of speakers the first ``most`` public words of that time, in the order they came."""
    place = func.row_number().over(
        partition_by=(ROOT, col(Voice.speaker)), order_by=(col(Voice.received_at), col(Voice.id))
    )
    named = (col(Voice.naming) == Naming.NAMED) & (func.coalesce(Person.name, "") != "")
    each = (
        sa.select(
            ROOT.label("root"), col(Voice.speaker), col(VoiceText.text), col(VoiceText.original), col(Voice.language),
            col(Voice.ref), sa.case((named, 1), else_=0).label("named"), col(Voice.received_at), place.label("place"),
        )
        .select_from(Voice)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .join(Topic, col(Topic.id) == col(Voice.topic_id))
        .outerjoin(Person, col(Person.id) == col(Voice.person_id))
        .where(*_stand(start, end), *_may_be_read())
        .subquery()
    )  # fmt: skip
    rows = session.execute(sa.select(each).where(each.c.place <= most).order_by(each.c.received_at, each.c.ref))
    return [
        Quoted(row.root, row.speaker, Quote(row.text, row.original, row.language), row.ref, bool(row.named))
        for row in rows
    ]


def _stand(start: datetime, end: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    stands = col(Voice.sorted_as).is_(None) | col(Voice.sorted_as).in_(COUNTED)
    return (stands, col(Voice.received_at) >= start, col(Voice.received_at) < end)


def _may_be_read() -> tuple[sa.ColumnElement[bool], ...]:
    """The public text is there only with a yes; asked once more, because a report goes to everybody and stays."""
    return (
        col(VoiceText.stage) == Stage.PUBLIC, col(Voice.may_quote).is_(True), col(Voice.about) == About.SYSTEM,
        col(Voice.sorted_as) == Sorting.FILED,
    )  # fmt: skip
