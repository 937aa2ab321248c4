"""A workshop, a coffee morning or a visit may be open to any family: then they read about it before it is held."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022_open_exercises"
down_revision: str | None = "0021_rests_on"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("exercise", sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("exercise") as batch:
        batch.alter_column("is_open", server_default=None)


def downgrade() -> None:
    op.drop_column("exercise", "is_open")
