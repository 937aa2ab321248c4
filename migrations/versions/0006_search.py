"""Answers can be found by their words: an index of each database's own kind, filled with what is published already."""

from collections.abc import Sequence

from alembic import op

revision: str = "0006_search"
down_revision: str | None = "0005_desk"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

SQLITE = "CREATE VIRTUAL TABLE outcome_search USING fts5(outcome_id UNINDEXED, words, tokenize = 'porter unicode61')"
POSTGRESQL = """
    CREATE TABLE outcome_search (
        outcome_id uuid PRIMARY KEY,
        words text NOT NULL,
        found tsvector GENERATED ALWAYS AS (to_tsvector('english', words)) STORED
    )
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL)
        op.execute("CREATE INDEX ix_outcome_search_found ON outcome_search USING gin (found)")
    else:
        op.execute(SQLITE)
    op.execute(
        "INSERT INTO outcome_search (outcome_id, words)"
        " SELECT outcome.id, topic.title || ' ' || outcome.you_said || ' ' || outcome.we_did || ' '"
        " || outcome.for_families || ' ' || outcome.reason || ' ' || outcome.instead || ' ' || outcome.to_whom"
        " FROM outcome JOIN topic ON topic.id = outcome.topic_id"
    )


def downgrade() -> None:
    op.execute("DROP TABLE outcome_search")
