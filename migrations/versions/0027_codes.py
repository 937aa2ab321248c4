"""A code belongs to an address and what it is for, and whoever asks is bound to it; tries are counted by network.

Codes live for ten minutes: those under way are not carried over. Whoever has asked for one asks again.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027_codes"
down_revision: str | None = "0025_scheduler_state"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

BEFORE = ("sign in", "join", "answer", "hear back", "contact")


def _purpose(*words: str) -> sa.Enum:
    return sa.Enum(*words, name="purpose", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.execute("DELETE FROM letter WHERE kind = 'code'")
    op.drop_index(op.f("ix_one_time_code_expires_at"), table_name="one_time_code")
    op.drop_table("one_time_code")
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", _purpose(*BEFORE, "end contact"), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_one_time_code_link_hash")),
    )
    op.create_index(op.f("ix_one_time_code_expires_at"), "one_time_code", ["expires_at"])
    op.create_index("ix_one_time_code_address", "one_time_code", ["address", "purpose"])
    op.create_table(
        "code_ask",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_id"], ["one_time_code.id"], name=op.f("fk_code_ask_code_id_one_time_code"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_code_ask")),
    )
    op.create_index(op.f("ix_code_ask_code_id"), "code_ask", ["code_id"])
    op.create_table(
        "code_tries",
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"], ["one_time_code.id"], name=op.f("fk_code_tries_code_id_one_time_code"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_id", "network", name=op.f("pk_code_tries")),
    )


def downgrade() -> None:
    op.execute("DELETE FROM letter WHERE kind = 'code'")
    op.drop_table("code_tries")
    op.drop_index(op.f("ix_code_ask_code_id"), table_name="code_ask")
    op.drop_table("code_ask")
    op.drop_index("ix_one_time_code_address", table_name="one_time_code")
    op.drop_index(op.f("ix_one_time_code_expires_at"), table_name="one_time_code")
    op.drop_table("one_time_code")
    op.create_table(
        "one_time_code",
        sa.Column("ask", sa.String(length=40), nullable=False),
        sa.Column("purpose", _purpose(*BEFORE), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("ask", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_one_time_code_link_hash")),
    )
    op.create_index(op.f("ix_one_time_code_expires_at"), "one_time_code", ["expires_at"], unique=False)
