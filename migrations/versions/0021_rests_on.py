"""What a draft of the charter rests on: topics, and polls that families answered."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021_rests_on"
down_revision: str | None = "0020_exercises"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    for table, of in (("topic_draft", "topic"), ("poll_under_draft", "poll")):
        op.create_table(
            table,
            sa.Column("draft_id", sa.Uuid(), nullable=False),
            sa.Column(f"{of}_id", sa.Uuid(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by_id", sa.Uuid(), nullable=True),
            sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f(f"fk_{table}_draft_id_draft")),
            sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_{table}_{of}_id_{of}")),
            sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id_person")),
            sa.PrimaryKeyConstraint("draft_id", f"{of}_id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{of}_id"), table, [f"{of}_id"])


def downgrade() -> None:
    for table in ("poll_under_draft", "topic_draft"):
        op.drop_table(table)
