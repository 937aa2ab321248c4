"""Keeping what the figures are made of: the days that are over, and what stored results hold back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from pyramid_app.base.db import insert_new, one_at_a_time, table
from pyramid_app.base.work import Work
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.figures.hiding import shown_and_hidden
from pyramid_app.outcomes.figures.models import AnswerWait, HiddenFigures, ToldDay
from pyramid_app.outcomes.figures.told import is_counted
from pyramid_app.polls.results import stored
from pyramid_app.polls.results.models import PollResult


def keep_days(work: Work, days: Sequence[ToldDay], waits: Mapping[int, int]) -> int:
    """These days and waits instead of those that were kept; returns how many days. Counted twice at once, the first
    is kept."""
    one_at_a_time(work.session, "told days")
    if is_counted(work.session, london_date(work.now)):
        return 0
    for kept in (ToldDay, AnswerWait):
        work.session.execute(sa.delete(table(kept)))
    work.session.add_all(days)
    work.session.add_all(AnswerWait(days=one, messages=number) for one, number in waits.items())
    return len(days)


def look_at_result(work: Work, poll_id: UUID) -> bool:
    """A stored result never changes, so it is looked at once."""
    document = stored.read(work.session.get_one(PollResult, poll_id).document)
    shown, hidden = shown_and_hidden(document)
    return insert_new(work.session, table(HiddenFigures), poll_id=poll_id, shown=shown, hidden=hidden)
