"""Looking at what was asked for."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import NotFound
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.asking.models import AskedItem
from pyramid_app.meetings.models import Meeting


@dataclass(frozen=True)
class Asked:
    """What was asked for, by whom, and at which meeting it is."""

    ask: AskedItem
    name: str
    meeting: Meeting | None = None


def unanswered(session: Session) -> list[Asked]:
    """For a chair: the earliest promised day first."""
    rows = session.exec(
        select(AskedItem, Person.name)
        .join(Person, col(Person.id) == col(AskedItem.by_id))
        .where(col(AskedItem.answered_at).is_(None))
        .order_by(col(AskedItem.answer_by_on), col(AskedItem.id))
    )
    return [Asked(ask, name) for ask, name in rows]


def of_person(session: Session, person_id: UUID | None, most: int = 20) -> list[Asked]:
    """What this person asked for, the newest first."""
    rows = session.exec(
        select(AskedItem, Person.name, Meeting)
        .join(Person, col(Person.id) == col(AskedItem.by_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(AskedItem.item_id))
        .outerjoin(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(AskedItem.by_id == person_id)
        .order_by(col(AskedItem.asked_at).desc(), col(AskedItem.id))
        .limit(most)
    )
    return [Asked(ask, name, meeting) for ask, name, meeting in rows]


def get_ask(session: Session, ask_id: UUID, *, hold: bool = False) -> AskedItem:
    """``hold``: until the act ends, nobody else answers it."""
    ask = session.get(AskedItem, ask_id, with_for_update=hold or None, populate_existing=hold)
    if ask is None:
        raise NotFound
    return ask
