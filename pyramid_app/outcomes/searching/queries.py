"""Which answers hold these words. The index is a table of its own kind in each database (migration ``search``)."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from pyramid_app.outcomes.searching.rules import for_postgresql, for_sqlite, words_of

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
