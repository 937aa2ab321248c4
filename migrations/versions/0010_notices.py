"""A month holds so many letters for one person: what is too many waits and is folded into one. And notices."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010_notices"
down_revision: str | None = "0009_people"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

WAITS = sa.text("folded_into_id IS NULL")


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.add_column("person", sa.Column("wants_notices", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("monthly_at", at, nullable=True))
        batch.add_column(sa.Column("folded_into_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_letter_folded_into_id_letter"), "letter", ["folded_into_id"], ["id"])
        batch.create_index(op.f("ix_letter_folded_into_id"), ["folded_into_id"])
    op.create_index("ix_letter_waits", "letter", ["monthly_at"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", at, nullable=False),
        sa.Column("published_at", at, nullable=True),
        sa.Column("leaves_at", at, nullable=True),
        sa.Column("begun_at", at, nullable=True),
        sa.Column("told_at", at, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_notice_by_id_person")),
        sa.ForeignKeyConstraint(["level"], ["level.slug"], name=op.f("fk_notice_level_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("ref", name=op.f("uq_notice_ref")),
    )
    op.create_index(op.f("ix_notice_leaves_at"), "notice", ["leaves_at"])
    op.create_table(
        "notice_topic",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_topic_notice_id_notice")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_notice_topic_topic_id_topic")),
        sa.PrimaryKeyConstraint("notice_id", "topic_id", name=op.f("pk_notice_topic")),
    )
    op.create_index(op.f("ix_notice_topic_topic_id"), "notice_topic", ["topic_id"])


def downgrade() -> None:
    op.drop_table("notice_topic")
    op.drop_table("notice")
    op.drop_index("ix_letter_waits", table_name="letter")
    with op.batch_alter_table("letter") as batch:
        batch.drop_index(op.f("ix_letter_folded_into_id"))
        batch.drop_constraint(op.f("fk_letter_folded_into_id_letter"), type_="foreignkey")
        batch.drop_column("folded_into_id")
        batch.drop_column("monthly_at")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("wants_notices")
