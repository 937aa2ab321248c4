"""A version of a draft knows whether anybody has commented on it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030_commented"
down_revision: str | None = "0029_address_changes"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("draft_version", sa.Column("commented", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE draft_version SET commented = true WHERE EXISTS (SELECT 1 FROM comment"
        " WHERE comment.draft_id = draft_version.draft_id AND comment.version = draft_version.number)"
    )


def downgrade() -> None:
    op.drop_column("draft_version", "commented")
