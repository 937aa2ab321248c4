"""People are found by their mailbox, a roll knows it by a keyed mark, and newcomers above a budget wait for the desk."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from pyramid_app.accounts.mailboxes import canonical_mailbox

revision: str = "0028_mailbox"
down_revision: str | None = "0024_post"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _mailboxes()
    at = sa.DateTime(timezone=True)
    op.create_table(
        "shared_mailbox",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("asked_at", at, nullable=False),
        sa.Column("confirmed_at", at, nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shared_mailbox_person_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_shared_mailbox_by_id_person")),
        sa.PrimaryKeyConstraint("person_id", "mailbox", name=op.f("pk_shared_mailbox")),
    )
    # Plain ALTERs only: rebuilding these tables would cost "ballot" its triggers and give "roll_entry" a row number.
    op.add_column("ballot", sa.Column("rang_at", at, nullable=True))
    for name in ("waits", "set_aside"):
        op.add_column("roll_entry", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("mark", "network"):
        op.add_column("roll_entry", sa.Column(name, sa.String(length=64), nullable=True))
    op.create_index("ix_roll_entry_mark", "roll_entry", ["ballot_id", "mark"], unique=True)
    few = {"sqlite_where": sa.text("waits = 1"), "postgresql_where": sa.text("waits")}
    op.create_index("ix_roll_entry_waits", "roll_entry", ["ballot_id"], **few)
    op.add_column("poll_result", sa.Column("set_aside", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("poll_result", "set_aside")
    op.drop_index("ix_roll_entry_waits", table_name="roll_entry")
    op.drop_index("ix_roll_entry_mark", table_name="roll_entry")
    for name in ("network", "mark", "set_aside", "waits"):
        op.drop_column("roll_entry", name)
    op.drop_column("ballot", "rang_at")
    op.drop_table("shared_mailbox")
    op.drop_index("ix_contact_point_mailbox", table_name="contact_point")
    op.drop_column("contact_point", "mailbox")


def _mailboxes() -> None:
    op.add_column("contact_point", sa.Column("mailbox", sa.String(length=254), nullable=False, server_default=""))
    point = sa.table("contact_point", sa.column("id", sa.Uuid()), sa.column("address"), sa.column("mailbox"))
    there = op.get_bind()
    for one, address in there.execute(sa.select(point.c.id, point.c.address)).all():
        there.execute(sa.update(point).where(point.c.id == one).values(mailbox=canonical_mailbox(address)))
    with op.batch_alter_table("contact_point") as batch:
        batch.alter_column("mailbox", server_default=None)
    op.create_index("ix_contact_point_mailbox", "contact_point", ["mailbox"])
