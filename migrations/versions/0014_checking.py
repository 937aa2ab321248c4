"""The blind check of each term: what was drawn, and what two readers would have done."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014_checking"
down_revision: str | None = "0013_intake"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "blind_check",
        sa.Column("term_on", sa.Date(), nullable=False),
        sa.Column("drawn_at", AT, nullable=False),
        sa.Column("asked_at", AT, nullable=True),
        sa.Column("done_at", AT, nullable=True),
        sa.PrimaryKeyConstraint("term_on", name=op.f("pk_blind_check")),
    )
    op.create_table(
        "blind_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("term_on", sa.Date(), nullable=False),
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["term_on"], ["blind_check.term_on"], name=op.f("fk_blind_item_term_on_blind_check")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_blind_item_voice_id_voice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blind_item")),
    )
    op.create_index(op.f("ix_blind_item_term_on"), "blind_item", ["term_on"])
    op.create_index(op.f("ix_blind_item_voice_id"), "blind_item", ["voice_id"])
    op.create_table(
        "blind_mark",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hold_back", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["blind_item.id"], name=op.f("fk_blind_mark_item_id_blind_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_blind_mark_person_id_person")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_blind_mark")),
    )
    op.create_index(op.f("ix_blind_mark_person_id"), "blind_mark", ["person_id"])


def downgrade() -> None:
    for table in ("blind_mark", "blind_item", "blind_check"):
        op.drop_table(table)
