"""Looking at agendas: the items of a meeting, what was parked, what is on an agenda already."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from pyramid_app.accounts import queries as people
from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import NotFound
from pyramid_app.meetings.agenda.models import AgendaItem, Interest
from pyramid_app.meetings.agenda.rules import Word, promise_of
from pyramid_app.meetings.models import Meeting
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic


@dataclass(frozen=True)
class Line:
    """An item as people read it: who brings it, what it is about, and the interests declared in it, with names."""

    item: AgendaItem
    topic: Topic | None
    brings: str
    interests: list[tuple[str, str]]

    @property
    def promise(self) -> int | None:
        """Whose evidence the Group looks at."""
        return promise_of(self.item.source)


def items_of(session: Session, meeting_id: UUID) -> list[AgendaItem]:
    """In their order."""
    chosen = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(session.exec(chosen.order_by(col(AgendaItem.position), col(AgendaItem.id))))


def lines_of(session: Session, meeting_id: UUID) -> list[Line]:
    """The agenda with everything beside it; the same number of questions however long it is."""
    items = items_of(session, meeting_id)
    about = topics.names_of(session, [item.topic_id for item in items if item.topic_id])
    names = people.names_of(session, {item.brings_id for item in items if item.brings_id})
    interests: dict[UUID, list[tuple[str, str]]] = {}
    for interest, name in session.exec(
        select(Interest, Person.name)
        .join(Person, col(Person.id) == col(Interest.person_id))
        .join(AgendaItem, col(AgendaItem.id) == col(Interest.item_id))
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(col(Interest.at), col(Interest.person_id))
    ):
        interests.setdefault(interest.item_id, []).append((name, interest.said))
    return [
        Line(
            item, about.get(item.topic_id) if item.topic_id else None,
            names.get(item.brings_id, "") if item.brings_id else "", interests.get(item.id, []),
        )
        for item in items
    ]  # fmt: skip


def get_item(session: Session, meeting_id: UUID, item_id: UUID) -> AgendaItem:
    """That item, if it is of that meeting."""
    item = session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting_id:
        raise NotFound
    return item


def find_interest(session: Session, item_id: UUID, person_id: UUID) -> Interest | None:
    return session.get(Interest, (item_id, person_id))


def waiting(session: Session) -> list[AgendaItem]:
    """Parked at a meeting that is over, and on no later agenda; the oldest first."""
    later = aliased(AgendaItem)
    return list(
        session.exec(
            select(AgendaItem)
            .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
            .outerjoin(later, col(later.parked_from_id) == col(AgendaItem.id))
            .where(
                AgendaItem.decided == Word.PARKED,
                col(Meeting.closed_at).is_not(None) | col(Meeting.called_off_at).is_not(None),
                later.id.is_(None),  # type: ignore[attr-defined]
            )
            .order_by(col(Meeting.starts_at), col(AgendaItem.position), col(AgendaItem.id))
        )
    )


def looked_at(session: Session, chosen: Collection[str]) -> dict[str, Meeting]:
    """By source: the meeting that is over and came to it last. What was parked there was not looked at."""
    rows = session.exec(
        select(AgendaItem.source, Meeting)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(
            col(AgendaItem.source).in_(chosen), col(AgendaItem.decided) != Word.PARKED,
            col(Meeting.closed_at).is_not(None),
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )  # fmt: skip
    return {source: meeting for source, meeting in rows if source}


def sources(session: Session) -> tuple[set[str], set[str]]:
    """From what items were suggested: those not settled yet (also parked ones), and those that are."""
    rows = session.exec(
        select(AgendaItem.source, AgendaItem.decided, AgendaItem.id).where(col(AgendaItem.source).is_not(None))
    ).all()
    back = set(session.exec(select(AgendaItem.parked_from_id).where(col(AgendaItem.parked_from_id).is_not(None))))
    open_ones, settled = set(), set()
    for source, decided, item_id in rows:
        if decided is None or (decided is Word.PARKED and item_id not in back):
            open_ones.add(source or "")
        elif decided is not Word.PARKED:
            settled.add(source or "")
    return open_ones, settled
