"""Did it help, the question of each term, topics that start again, and what the public figures keep."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011_verdicts"
down_revision: str | None = "0010_notices"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "verdict_round",
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("all_asked_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_verdict_round_outcome_id_outcome")),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_verdict_round")),
    )
    op.create_table(
        "verdict",
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", _answers("helped", "yes", "sometimes", "no", "not for us"), nullable=True),
        sa.Column("at", AT, nullable=True),
        sa.Column("ring_number", sa.String(length=20), nullable=True),
        sa.Column("ring_asked_at", AT, nullable=True),
        sa.Column("ring_by_on", sa.Date(), nullable=True),
        sa.Column("called_at", AT, nullable=True),
        sa.Column("called_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["called_by_id"], ["person.id"], name=op.f("fk_verdict_called_by_id_person")),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["verdict_round.outcome_id"], name=op.f("fk_verdict_outcome_id_verdict_round")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_verdict_person_id_person")),
        sa.PrimaryKeyConstraint("outcome_id", "person_id", name=op.f("pk_verdict")),
    )
    op.create_index(op.f("ix_verdict_person_id"), "verdict", ["person_id"])
    op.create_table(
        "reopening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("told_at", AT, nullable=True),
        sa.Column("seen_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_reopening_by_id_person")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_reopening_outcome_id_outcome")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_reopening_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_reopening_outcome_id")),
    )
    op.create_index(op.f("ix_reopening_at"), "reopening", ["at"])
    op.create_index(op.f("ix_reopening_topic_id"), "reopening", ["topic_id"])
    _pulse()
    _figures()


def _pulse() -> None:
    op.create_table(
        "pulse_round",
        sa.Column("term_on", sa.Date(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("all_asked_at", AT, nullable=True),
        sa.PrimaryKeyConstraint("term_on", name=op.f("pk_pulse_round")),
    )
    op.create_table(
        "pulse",
        sa.Column("term_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", _answers("told", "yes", "partly", "no"), nullable=True),
        sa.Column("at", AT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_person_id_person")),
        sa.ForeignKeyConstraint(["term_on"], ["pulse_round.term_on"], name=op.f("fk_pulse_term_on_pulse_round")),
        sa.PrimaryKeyConstraint("term_on", "person_id", name=op.f("pk_pulse")),
    )
    op.create_index(op.f("ix_pulse_person_id"), "pulse", ["person_id"])


def _figures() -> None:
    op.create_table(
        "told_day",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("spoke", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_told_day")),
    )
    op.create_table(
        "answer_wait",
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("days", name=op.f("pk_answer_wait")),
    )
    op.create_table(
        "hidden_figures",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_hidden_figures_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_hidden_figures")),
    )


def _answers(name: str, *answers: str) -> sa.Enum:
    return sa.Enum(*answers, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    tables = (
        "hidden_figures",
        "answer_wait",
        "told_day",
        "pulse",
        "pulse_round",
        "reopening",
        "verdict",
        "verdict_round",
    )
    for table in tables:
        op.drop_table(table)
