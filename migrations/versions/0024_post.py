"""A letter is claimed before it is sent and says why it was put off; what keeps all mail from leaving has a table.

Domains of stored addresses are written as mail servers carry them (IDNA), as every new address is.
"""

from collections.abc import Sequence

import idna
import sqlalchemy as sa
from alembic import op

revision: str = "0024_post"
down_revision: str | None = "0023_budgets"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)
KINDS = sa.Enum("away", "unsafe", "refused", name="hindrance", native_enum=False, create_constraint=True, length=40)
ADDRESSES = (("contact_point", "address"), ("letter", "address"), ("invitation", "address"), ("partner", "mailbox"))


def upgrade() -> None:
    op.add_column("letter", sa.Column("claimed_until", AT, nullable=True))
    op.add_column("letter", sa.Column("put_off", sa.String(length=80), nullable=True))
    op.create_table(
        "mail_trouble",
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("since_at", AT, nullable=False),
        sa.Column("last_at", AT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("again_at", AT, nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("rung_at", AT, nullable=True),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_mail_trouble")),
    )
    for name, column in ADDRESSES:
        _write_domains(sa.table(name, sa.column(column)), sa.column(column))


def _write_domains(table: sa.TableClause, column: sa.ColumnClause[str]) -> None:
    found = op.get_bind().execute(sa.select(column).select_from(table).where(column.contains("@")).distinct())
    for address in found.scalars().all():
        name, _, domain = address.rpartition("@")
        if not domain.isascii():
            written = f"{name}@{idna.encode(domain, uts46=True).decode()}"
            op.get_bind().execute(sa.update(table).where(column == address).values({column.name: written}))


def downgrade() -> None:
    op.drop_table("mail_trouble")
    op.drop_column("letter", "put_off")
    op.drop_column("letter", "claimed_until")
