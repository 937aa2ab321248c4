"""Keeping the words of an answer where they can be found."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

KEPT = sa.table("outcome_search", sa.column("outcome_id", sa.Uuid()), sa.column("words", sa.Text()))


def keep_words(session: Session, outcome_id: UUID, *words: str) -> None:
    """An answer is written once and never changed, so its words are kept once."""
    session.execute(sa.insert(KEPT).values(outcome_id=outcome_id, words="\n".join(filter(None, words))))
