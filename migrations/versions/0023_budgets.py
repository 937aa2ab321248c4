"""What one network may do in a day becomes one budget among others, for mailboxes and the whole installation, too."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023_budgets"
down_revision: str | None = "0022_open_exercises"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.drop_table("network_tally")
    op.create_table(
        "spending",
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("whose", sa.String(length=64), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "slot", "whose", name=op.f("pk_spending")),
    )
    op.create_index(op.f("ix_spending_slot"), "spending", ["slot"])


def downgrade() -> None:
    op.drop_table("spending")
    op.create_table(
        "network_tally",
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("on_day", "network", name=op.f("pk_network_tally")),
    )
