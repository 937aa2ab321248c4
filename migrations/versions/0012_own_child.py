"""One's own child: words handed over to a place that can help. Words that are not published, with the reason."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012_own_child"
down_revision: str | None = "0011_verdicts"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _hand_over()
    _held_back()


def downgrade() -> None:
    op.drop_table("held_back")
    op.drop_table("hand_over")


def _hand_over() -> None:
    place = sa.Enum(
        "advice", "plan team", "complaints", name="place", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.Column("place", place, nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("consent", sa.String(length=200), nullable=False),
        sa.Column("consented_at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", AT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("word_on", sa.Date(), nullable=False),
        sa.Column("received_at", AT, nullable=True),
        sa.Column("received_by", sa.String(length=80), nullable=False),
        sa.Column("ring_on", sa.Date(), nullable=True),
        sa.Column("text_gone_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_hand_over_voice_id_voice")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hand_over_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.UniqueConstraint("voice_id", name=op.f("uq_hand_over_voice_id")),
    )


def _held_back() -> None:
    reason = sa.Enum(
        "identifies a person", "about one child", "vexatious", "a duplicate", "off topic",
        name="reason", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    op.create_table(
        "held_back",
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.Column("reason", reason, nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("second_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", AT, nullable=True),
        sa.Column("told_at", AT, nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", AT, nullable=True),
        sa.Column("next_word_on", sa.Date(), nullable=True),
        sa.Column("word_owed", sa.Boolean(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", AT, nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_held_back_voice_id_voice")),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_held_back_{column}_person"))
            for column in ("by_id", "second_by_id", "answered_by_id")
        ),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_held_back")),
    )
    op.create_index(op.f("ix_held_back_confirmed_at"), "held_back", ["confirmed_at"])
