"""A place on a roll may wait for the desk, and a ballot remembers when joining first looked unusual."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028_mailbox"
down_revision: str | None = "0024_post"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    # Plain ALTERs only: rebuilding these tables would cost "ballot" its triggers and give "roll_entry" a row number.
    op.add_column("ballot", sa.Column("rang_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("roll_entry", sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("roll_entry", "waits")
    op.drop_column("ballot", "rang_at")
