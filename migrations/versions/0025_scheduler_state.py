"""What the scheduler saw when it last looked around has a row; runs of jobs are found by their minute."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025_scheduler_state"
down_revision: str | None = "0028_mailbox"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "scheduler_state",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret_mark", sa.String(length=64), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_scheduler_state")),
    )
    op.create_index("ix_job_run_slot", "job_run", ["slot"])


def downgrade() -> None:
    op.drop_index("ix_job_run_slot", table_name="job_run")
    op.drop_table("scheduler_state")
