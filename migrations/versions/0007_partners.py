"""Steps, questions to partners by link, answers that partners see first, and what the representatives think."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007_partners"
down_revision: str | None = "0006_search"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)
OPEN = sa.text("replied_at IS NULL AND stopped_at IS NULL")


def upgrade() -> None:
    op.add_column("partner", sa.Column("mailbox", sa.String(length=254), nullable=False, server_default=""))
    op.add_column("partner", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("outcome", sa.Column("moved_at", AT, nullable=True))
    op.add_column("outcome", sa.Column("taken_back_at", AT, nullable=True))
    # Until now every answer moved its topic when it was published.
    op.execute("UPDATE outcome SET moved_at = published_at")
    _steps()
    _partners()
    _reps()


def downgrade() -> None:
    for table in ("reps_view", "partner_note", "partner_ask", "step_date", "step"):
        op.drop_table(table)
    with op.batch_alter_table("outcome") as batch:
        batch.drop_column("taken_back_at")
        batch.drop_column("moved_at")
    with op.batch_alter_table("partner") as batch:
        batch.drop_column("ended_on")
        batch.drop_column("mailbox")


def _steps() -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("owner_role", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("shown_by", sa.String(length=300), nullable=False),
        sa.Column("added_at", AT, nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", AT, nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("stopped_at", AT, nullable=True),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_step_added_by_id_person")),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name=op.f("fk_step_partner_partner")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_step_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index(op.f("ix_step_topic_id"), "step", ["topic_id"])
    op.create_index(op.f("ix_step_due_on"), "step", ["due_on"])
    op.create_table(
        "step_date",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_step_date_by_id_person")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_step_date_step_id_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_date")),
    )
    op.create_index(op.f("ix_step_date_step_id"), "step_date", ["step_id"])


def _partners() -> None:
    op.create_table(
        "partner_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=1000), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("passed_to", sa.String(length=254), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("draft_at", AT, nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", AT, nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("entered_from", sa.String(length=120), nullable=False),
        sa.Column("why_late", sa.String(length=300), nullable=False),
        sa.Column("warned_1_at", AT, nullable=True),
        sa.Column("warned_2_at", AT, nullable=True),
        sa.Column("stopped_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_partner_ask_by_id_person")),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name=op.f("fk_partner_ask_partner_partner")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_partner_ask_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_ask")),
    )
    op.create_index(op.f("ix_partner_ask_topic_id"), "partner_ask", ["topic_id"])
    op.create_index(op.f("ix_partner_ask_due_on"), "partner_ask", ["due_on"])
    op.create_index(
        "ix_partner_ask_open", "partner_ask", ["topic_id", "partner"], unique=True, sqlite_where=OPEN,
        postgresql_where=OPEN,
    )  # fmt: skip
    op.create_table(
        "partner_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("shown_at", AT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=True),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_partner_note_outcome_id_outcome")),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name=op.f("fk_partner_note_partner_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_note")),
        sa.UniqueConstraint("outcome_id", "partner", name=op.f("uq_partner_note_outcome_id_partner")),
    )
    op.create_index(op.f("ix_partner_note_outcome_id"), "partner_note", ["outcome_id"])


def _reps() -> None:
    view = sa.Enum("agree", "do not agree", name="view", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "reps_view",
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("view", view, nullable=True),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("at", AT, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_reps_view_by_id_person")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_reps_view_outcome_id_outcome")),
        sa.PrimaryKeyConstraint("outcome_id", "by_id", name=op.f("pk_reps_view")),
    )
