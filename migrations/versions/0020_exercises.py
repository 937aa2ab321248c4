"""Exercises on a topic, who came and what was said; a meeting knows when its brief went out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020_exercises"
down_revision: str | None = "0019_ratification"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)
CAME = ("parents", "young people", "officers", "health", "schools", "others")


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.add_column("meeting", sa.Column("briefed_at", AT, nullable=True))
    needs = ("times", "childcare", "travel", "interpreter")
    op.create_table(
        "exercise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=90), nullable=False),
        sa.Column("kind", words("exercisekind", "workshop", "coffee morning", "visit"), nullable=False),
        sa.Column("degree", words("degree", "inform", "consult", "participate", "co-produce"), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", AT, nullable=False),
        sa.Column("ends_at", AT, nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        *(sa.Column(name, sa.String(length=300), nullable=False) for name in needs),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", AT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("exercise", "topic_id", "topic"),
        points("exercise", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise")),
        sa.UniqueConstraint("ref", name=op.f("uq_exercise_ref")),
    )
    for column in ("topic_id", "starts_at"):
        op.create_index(op.f(f"ix_exercise_{column}"), "exercise", [column])
    op.create_table(
        "exercise_came",
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("came", *CAME), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        points("exercise_came", "exercise_id", "exercise"),
        sa.PrimaryKeyConstraint("exercise_id", "kind", name=op.f("pk_exercise_came")),
    )
    op.create_table(
        "exercise_voice",
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        points("exercise_voice", "exercise_id", "exercise"),
        points("exercise_voice", "voice_id", "voice"),
        sa.PrimaryKeyConstraint("exercise_id", "voice_id", name=op.f("pk_exercise_voice")),
    )


def downgrade() -> None:
    for table in ("exercise_voice", "exercise_came", "exercise"):
        op.drop_table(table)
    op.drop_column("meeting", "briefed_at")
