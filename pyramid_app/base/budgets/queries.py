"""Which budgets were reached, for whoever has to look."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from pyramid_app.base.budgets.models import Spending
from pyramid_app.base.budgets.rules import Budget


@dataclass(frozen=True)
class Reached:
    """A budget that was asked for more than it holds: by how many (mailboxes, networks …), and how often."""

    what: str
    last_slot: datetime
    askers: int
    refused: int


def list_reached(session: Session, since: datetime) -> list[Reached]:
    """Budgets that were exceeded in an interval that began at ``since`` or later, the newest first."""
    slot = func.max(Spending.slot)
    asked = (
        select(Spending.what, slot, func.count(col(Spending.whose).distinct()), func.sum(Spending.refused))
        .where(col(Spending.refused) > 0, col(Spending.slot) >= since)
        .group_by(col(Spending.what))
        .order_by(slot.desc(), col(Spending.what))
    )
    return [Reached(*row) for row in session.exec(asked)]


def count_spent(session: Session, budget: Budget, whose: str, now: datetime) -> int:
    """How much of this budget is used up in the present interval."""
    row = session.get(Spending, {"what": budget.what, "slot": budget.slot(now), "whose": whose})
    return row.spent if row else 0
