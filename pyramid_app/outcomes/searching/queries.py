"""Which answers hold these words. The index is a table of its own kind in each database (migration ``search``)."""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from pyramid_app.area.queries import list_terms
from pyramid_app.area.term_rules import Term
from pyramid_app.kit.texts import london_date, london_midnight
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.searching.rules import Wanted, for_postgresql, for_sqlite, words_of
from pyramid_app.topics.models import Topic, TopicCommitment
from pyramid_app.topics.rules import State

Condition = sa.ColumnElement[bool]

IN_SQLITE = sa.text("SELECT outcome_id FROM outcome_search WHERE outcome_search MATCH :asked")
IN_POSTGRESQL = sa.text("SELECT outcome_id FROM outcome_search WHERE found @@ to_tsquery('english', :asked)")


def holding(session: Session, typed: str) -> sa.Select[tuple[UUID]] | None:
    """A selection of the answers that hold all the words, for ``col.in_(…)``; ``None`` where no word was typed."""
    words = words_of(typed)
    if not words:
        return None
    postgresql = session.get_bind().dialect.name == "postgresql"
    found, asked = (IN_POSTGRESQL, for_postgresql(words)) if postgresql else (IN_SQLITE, for_sqlite(words))
    rows = found.bindparams(asked=asked).columns(outcome_id=sa.Uuid()).subquery("found_words")
    return sa.select(rows.c.outcome_id)


def narrowing(session: Session, wanted: Wanted) -> list[Condition]:
    """What is asked of each answer in the list."""
    asked: list[Condition] = []
    found = holding(session, wanted.words)
    if found is not None:
        asked.append(col(Outcome.id).in_(found))
    if wanted.state:
        asked.append(col(Outcome.state) == State(wanted.state))
    if wanted.promise:
        asked.append(col(Outcome.topic_id).in_(_about(wanted.promise)))
    if wanted.year:
        asked += between(date(wanted.year, 1, 1), date(wanted.year, 12, 31))
    return asked


def _about(promise: int) -> SelectOfScalar[UUID]:
    """Topics that touch this promise, or into which one was merged that does, or that were merged into such a one."""
    touching = select(TopicCommitment.topic_id).where(TopicCommitment.commitment == promise)
    root = func.coalesce(Topic.merged_into_id, Topic.id)
    return select(Topic.id).where(root.in_(select(root).where(col(Topic.id).in_(touching))))


def between(first: date, last: date) -> list[Condition]:
    """Answers that first came out on one of these days, in London."""
    after = london_midnight(last + timedelta(days=1))
    return [col(Outcome.answered_at) >= london_midnight(first), col(Outcome.answered_at) < after]


def years(session: Session, now: datetime) -> list[int]:
    """The years from the first answer to this one, the newest first."""
    first: datetime | None = session.exec(select(func.min(Outcome.answered_at))).one()
    begun = london_date(first or now).year
    return list(range(london_date(now).year, begun - 1, -1))


def terms(session: Session, now: datetime) -> list[Term]:
    """The terms that have begun since the first answer's year, the newest first."""
    return list_terms(session, date(years(session, now)[-1], 1, 1), london_date(now))
