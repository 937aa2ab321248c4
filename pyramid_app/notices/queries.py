"""Looking at notices, and at who gets one."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.accounts import queries as people
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.disclosure import Count
from pyramid_app.notices.models import Notice, NoticeTopic
from pyramid_app.notices.rules import Reason
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.participation import queries as participation
from pyramid_app.topics.models import Topic

SHOWN = 50


def find_draft(session: Session, ref: str) -> Notice | None:
    """That notice, while it is being written."""
    return session.exec(select(Notice).where(Notice.ref == ref, col(Notice.published_at).is_(None))).first()


def get_draft(session: Session, ref: str) -> Notice:
    draft = find_draft(session, ref)
    if draft is None:
        raise NotFound
    return draft


def get_held(session: Session, notice_id: UUID) -> Notice:
    """That notice; until the act ends, nobody else publishes it, takes it back or begins to tell it."""
    notice = session.exec(
        select(Notice).where(Notice.id == notice_id).with_for_update().execution_options(populate_existing=True)
    ).first()
    if notice is None:
        raise NotFound
    return notice


def find_by_ref(session: Session, ref: str) -> Notice | None:
    return session.exec(select(Notice).where(Notice.ref == ref)).first()


def list_newest(session: Session) -> list[Notice]:
    """For the desk: what is being written, then the newest."""
    newest = (col(Notice.published_at).is_(None).desc(), col(Notice.published_at).desc(), col(Notice.written_at).desc())
    return list(session.exec(select(Notice).order_by(*newest).limit(SHOWN)))


def list_out(session: Session, now: datetime, *, skip: int = 0, most: int = 20) -> list[Notice]:
    """What has left, the newest first."""
    left = select(Notice).where(_left(now)).order_by(col(Notice.leaves_at).desc(), col(Notice.id))
    return list(session.exec(left.offset(skip).limit(most)))


def how_many_out(session: Session, now: datetime) -> int:
    """Notices, not people."""
    return session.exec(select(func.count()).select_from(Notice).where(_left(now))).one()


def of_use_since(session: Session, now: datetime, first: date) -> list[Notice]:
    """What has left and is of use on that day or later."""
    return list(session.exec(select(Notice).where(_left(now), col(Notice.until_on) >= first)))


def to_tell(session: Session, now: datetime) -> list[Notice]:
    """Left, and not everybody has been written to."""
    return list(session.exec(select(Notice).where(_left(now), col(Notice.told_at).is_(None))))


def topics_of(session: Session, notice_id: UUID) -> list[Topic]:
    return list(
        session.exec(
            select(Topic)
            .join(NoticeTopic, col(NoticeTopic.topic_id) == col(Topic.id))
            .where(NoticeTopic.notice_id == notice_id)
            .order_by(col(Topic.title))
        )
    )


def readers(session: Session, level: str | None, topics: Sequence[Topic], now: datetime) -> dict[UUID, Reason]:
    """Everybody it is for, once, also who belongs to several groups; wishes are asked when letters are written."""
    found: dict[UUID, Reason] = {}
    for topic in topics:
        for person_id, said in outcomes.who_spoke(session, topic.id).items():
            if said or person_id not in found:
                found[person_id] = Reason(topic.title, said)
    if level:
        for person_id in participation.people_from(session, level, now):
            found.setdefault(person_id, Reason())
    return found


def how_many_get_it(session: Session, found: Collection[UUID]) -> Count:
    """Of those, who wants notices."""
    return people.count_wanting(session, found, "notices")


def _left(now: datetime) -> sa.ColumnElement[bool]:
    return col(Notice.published_at).is_not(None) & (col(Notice.leaves_at) <= now)
