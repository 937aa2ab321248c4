"""What became of somebody's addresses is kept for 14 days, so that it can be put back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029_address_changes"
down_revision: str | None = "0027_codes"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "address_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("kept", sa.String(length=254), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_change_person_id_person")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["contact_point.id"], name=op.f("fk_address_change_point_id_contact_point")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
    )
    for column in ("person_id", "point_id", "until"):
        op.create_index(op.f(f"ix_address_change_{column}"), "address_change", [column])


def downgrade() -> None:
    op.execute("DELETE FROM letter WHERE kind = 'address changed'")
    op.drop_table("address_change")
