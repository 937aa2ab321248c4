"""A month holds so many letters for one person: what is too many waits and is folded into one."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005_notices"
down_revision: str | None = "0004_frozen"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

WAITS = sa.text("folded_into_id IS NULL")


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.add_column("person", sa.Column("wants_notices", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("monthly_at", at, nullable=True))
        batch.add_column(sa.Column("folded_into_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_letter_folded_into_id_letter"), "letter", ["folded_into_id"], ["id"])
        batch.create_index(op.f("ix_letter_folded_into_id"), ["folded_into_id"])
    op.create_index("ix_letter_waits", "letter", ["monthly_at"], sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    op.drop_index("ix_letter_waits", table_name="letter")
    with op.batch_alter_table("letter") as batch:
        batch.drop_index(op.f("ix_letter_folded_into_id"))
        batch.drop_constraint(op.f("fk_letter_folded_into_id_letter"), type_="foreignkey")
        batch.drop_column("folded_into_id")
        batch.drop_column("monthly_at")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("wants_notices")
