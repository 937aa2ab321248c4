"""A meeting knows when its brief went out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020_exercises"
down_revision: str | None = "0019_ratification"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("meeting", sa.Column("briefed_at", AT, nullable=True))


def downgrade() -> None:
    op.drop_column("meeting", "briefed_at")
