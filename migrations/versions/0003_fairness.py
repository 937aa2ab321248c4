"""Fairness: marks of representatives, promised formats, and every move of a close."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003_fairness"
down_revision: str | None = "0002_asking_well"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.add_column("poll", sa.Column("words_digest", sa.String(length=64), nullable=False, server_default=""))
    op.create_table(
        "extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("at", at, nullable=False),
        sa.Column("closed_at", at, nullable=False),
        sa.Column("closes_at", at, nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("told_at", at, nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_extension_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_poll_id"), "extension", ["poll_id"])
    op.create_table(
        "format",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("ready_at", at, nullable=True),
        sa.Column("waived_because", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_format_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "name", name=op.f("pk_format")),
    )
    op.create_table(
        "look",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("asked_at", at, nullable=False),
        sa.Column("fair", sa.Boolean(), nullable=True),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("marked_at", at, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_look_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_look_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", "seen", name=op.f("pk_look")),
    )


def downgrade() -> None:
    with op.batch_alter_table("poll") as batch:
        batch.drop_column("words_digest")
    for table in ("look", "format", "extension"):
        op.drop_table(table)
