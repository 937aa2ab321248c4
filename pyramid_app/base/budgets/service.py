"""Spending a budget. The database counts, so a budget holds however many come at once."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel import Session

from pyramid_app.base.budgets.models import Spending
from pyramid_app.base.budgets.rules import Budget
from pyramid_app.base.db import insert_new, table

KEEP = timedelta(days=7)
"""So long the desk can see that a budget was reached."""


def spend(session: Session, budget: Budget, whose: str, now: datetime) -> bool:
    """Count one more, unless ``at_most`` have been counted in this interval; says whether it was within the budget.

    ``whose`` is a mark (``keyed``) or ``EVERYBODY``. What was refused is counted, too, so that it can ring.
    """
    slot = budget.slot(now)
    insert_new(session, _spending, what=budget.what, slot=slot, whose=whose, spent=0, refused=0)
    here = (_spending.c.what == budget.what) & (_spending.c.slot == slot) & (_spending.c.whose == whose)
    room = here & (_spending.c.spent < budget.at_most)
    if _count(session, update(_spending).where(room).values(spent=_spending.c.spent + 1)):
        return True
    _count(session, update(_spending).where(here).values(refused=_spending.c.refused + 1))
    return False


def forget_old(session: Session, now: datetime) -> int:
    """Delete what was counted more than a week ago; returns how many rows went."""
    return _count(session, delete(_spending).where(_spending.c.slot < now - KEEP))


def _count(session: Session, statement: UpdateBase) -> int:
    return int(cast(CursorResult[Any], session.execute(statement)).rowcount)


_spending = table(Spending)
