"""Looking at what the representatives think of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from pyramid_app.base.errors import NotFound
from pyramid_app.kit.disclosure import Count, Limits, show
from pyramid_app.kit.say import Say
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.views.models import RepsView
from pyramid_app.outcomes.views.rules import NOT_ASKED, View, in_words
from pyramid_app.participation import queries as participation

KNOWN_BY_NAME = Limits(group=1)
"""Representatives are public people and speak for others: how many of them say so is no secret, like their number."""


@dataclass(frozen=True)
class Line:
    """What all of them think, in one line, and why those who gave a reason do."""

    say: Say
    because: Sequence[str] = ()
    known: bool = False
    """At least one of them has said what she thinks."""


def find_mine(session: Session, outcome_id: UUID, person_id: UUID) -> RepsView | None:
    return session.get(RepsView, (outcome_id, person_id))


def get_asked(session: Session, outcome_id: UUID, person_id: UUID | None, now: datetime) -> tuple[RepsView, Outcome]:
    """What this person was asked as a representative, if she is one still; for anybody else there is no such page."""
    mine = find_mine(session, outcome_id, person_id) if person_id else None
    outcome = session.get(Outcome, outcome_id)
    if mine is None or outcome is None or outcome.taken_back_at is not None:
        raise NotFound
    if person_id not in participation.representatives(session, now):
        raise NotFound
    return mine, outcome


def lines_of(session: Session, outcome_ids: Sequence[UUID]) -> dict[UUID, Line]:
    """By answer, in one query; "not asked" where nobody was. What they said of it stays when it is corrected."""
    found: dict[UUID, list[RepsView]] = {outcome_id: [] for outcome_id in outcome_ids}
    shown, asked = aliased(Outcome), aliased(Outcome)
    rows = session.exec(
        select(shown.id, RepsView)
        .join(asked, (col(asked.ref) == col(shown.ref)) & (col(asked.version) <= col(shown.version)))
        .join(RepsView, col(RepsView.outcome_id) == col(asked.id))
        .where(col(shown.id).in_(outcome_ids))
        .order_by(col(RepsView.at), col(RepsView.outcome_id), col(RepsView.by_id))
    )
    for outcome_id, row in rows:
        found[outcome_id].append(row)
    return {outcome_id: _line(views) for outcome_id, views in found.items()}


def _line(views: Sequence[RepsView]) -> Line:
    if not views:
        return Line(NOT_ASKED)
    said = [one for one in views if one.view]
    say = in_words(
        _how_many(views), _how_many(said), _how_many([one for one in said if one.view is View.AGREE]),
        _how_many([one for one in said if one.view is View.DISAGREE]), frozenset(one.view for one in said if one.view),
    )  # fmt: skip
    return Line(say, [one.because for one in said if one.because], bool(said))


def _how_many(views: Sequence[RepsView]) -> Say:
    return show(Count.of(views), KNOWN_BY_NAME).words
