"""How words come in: a page that is sent twice counts once, the day it was said, a network's share, lists that wait."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013_intake"
down_revision: str | None = "0012_own_child"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("voice", sa.Column("form_id", sa.Uuid(), nullable=True))
    op.add_column("voice", sa.Column("said_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_voice_form_id"), "voice", ["form_id"], unique=True)
    op.create_table(
        "network_tally",
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("on_day", "network", name=op.f("pk_network_tally")),
    )
    op.create_table(
        "import_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("consent", sa.String(length=200), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("brought_at", AT, nullable=False),
        sa.Column("begun_at", AT, nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_import_list_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_list")),
    )
    op.create_index(op.f("ix_import_list_brought_at"), "import_list", ["brought_at"])
    op.create_table(
        "import_batch",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["import_list.id"], name=op.f("fk_import_batch_list_id_import_list")),
        sa.PrimaryKeyConstraint("list_id", "number", name=op.f("pk_import_batch")),
    )


def downgrade() -> None:
    """What only this version can hold goes with it: lists that wait, today's tallies, the days on which it was said."""
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_import_list_brought_at"), table_name="import_list")
    op.drop_table("import_list")
    op.drop_table("network_tally")
    op.drop_index(op.f("ix_voice_form_id"), table_name="voice")
    with op.batch_alter_table("voice") as batch:
        batch.drop_column("said_on")
        batch.drop_column("form_id")
