"""Keeping what the figures are made of: the days that are over, and what stored results hold back."""

from uuid import UUID

from pyramid_app.base.db import insert_new, table
from pyramid_app.base.work import Work
from pyramid_app.outcomes.figures.hiding import shown_and_hidden
from pyramid_app.outcomes.figures.models import HiddenFigures
from pyramid_app.outcomes.figures.told import keep_days
from pyramid_app.polls.results import stored
from pyramid_app.polls.results.models import PollResult

__all__ = ["keep_days", "look_at_result"]


def look_at_result(work: Work, poll_id: UUID) -> bool:
    """A stored result never changes, so it is looked at once."""
    document = stored.read(work.session.get_one(PollResult, poll_id).document)
    shown, hidden = shown_and_hidden(document)
    return insert_new(work.session, table(HiddenFigures), poll_id=poll_id, shown=shown, hidden=hidden)
