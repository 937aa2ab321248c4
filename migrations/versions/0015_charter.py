"""A promise may have several makers, who looks after it and by when; its principle is part of what an edition says.
Editions are signed, have twins in Easy Read and other languages, and say where a split or merged promise went."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015_charter"
down_revision: str | None = "0014_checking"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

WORDING = ["edition", "commitment"], ["wording.edition", "wording.commitment"]
SAYS = ("can keep it", "can keep it if", "cannot", "did not say")


def upgrade() -> None:
    op.add_column("wording", sa.Column("principle", sa.Integer(), nullable=True))
    op.execute("UPDATE wording SET principle = (SELECT principle FROM commitment WHERE number = wording.commitment)")
    with op.batch_alter_table("wording") as batch:
        batch.alter_column("principle", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f("fk_wording_principle_principle"), "principle", ["principle"], ["number"])
        for name in ("timescale", "owner_role"):
            batch.add_column(sa.Column(name, sa.String(length=120), nullable=False, server_default=""))
        batch.add_column(sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.false()))
    _new_tables()
    op.execute(
        "INSERT INTO maker (edition, commitment, partner, says, condition)"
        " SELECT edition, commitment, partner, 'can keep it', ''"
        " FROM wording JOIN commitment ON commitment.number = wording.commitment"
    )
    with op.batch_alter_table("commitment") as batch:
        batch.drop_constraint(op.f("fk_commitment_partner_partner"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_commitment_principle_principle"), type_="foreignkey")
        batch.drop_column("partner")
        batch.drop_column("principle")


def downgrade() -> None:
    """A promise goes back to the first of its makers; one that nobody makes, to the first partner there is."""
    op.add_column("commitment", sa.Column("principle", sa.Integer(), nullable=True))
    op.add_column("commitment", sa.Column("partner", sa.String(length=40), nullable=True))
    op.execute(
        "UPDATE commitment SET"
        " principle = (SELECT max(principle) FROM wording WHERE commitment = commitment.number),"
        " partner = coalesce((SELECT min(partner) FROM maker WHERE commitment = commitment.number),"
        " (SELECT min(slug) FROM partner))"
    )
    with op.batch_alter_table("commitment") as batch:
        batch.alter_column("principle", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("partner", existing_type=sa.String(length=40), nullable=False)
        batch.create_foreign_key(op.f("fk_commitment_partner_partner"), "partner", ["partner"], ["slug"])
        batch.create_foreign_key(op.f("fk_commitment_principle_principle"), "principle", ["principle"], ["number"])
    for table in ("signature", "successor", "twin", "maker"):
        op.drop_table(table)
    with op.batch_alter_table("wording") as batch:
        batch.drop_constraint(op.f("fk_wording_principle_principle"), type_="foreignkey")
        for name in ("asks", "owner_role", "timescale", "principle"):
            batch.drop_column(name)


def _new_tables() -> None:
    says = sa.Enum(*SAYS, name="says", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "maker",
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("says", says, nullable=False),
        sa.Column("condition", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(*WORDING, name=op.f("fk_maker_edition_commitment_wording")),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name=op.f("fk_maker_partner_partner")),
        sa.PrimaryKeyConstraint("edition", "commitment", "partner", name=op.f("pk_maker")),
    )
    op.create_table(
        "twin",
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("of_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(*WORDING, name=op.f("fk_twin_edition_commitment_wording")),
        sa.PrimaryKeyConstraint("edition", "commitment", "language", name=op.f("pk_twin")),
    )
    op.create_table(
        "successor",
        sa.Column("commitment", sa.Integer(), nullable=False),
        sa.Column("successor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commitment"], ["commitment.number"], name=op.f("fk_successor_commitment_commitment")),
        sa.ForeignKeyConstraint(["successor"], ["commitment.number"], name=op.f("fk_successor_successor_commitment")),
        sa.PrimaryKeyConstraint("commitment", "successor", name=op.f("pk_successor")),
    )
    op.create_table(
        "signature",
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["edition"], ["edition.number"], name=op.f("fk_signature_edition_edition")),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name=op.f("fk_signature_partner_partner")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_signature_by_id_person")),
        sa.PrimaryKeyConstraint("edition", "partner", name=op.f("pk_signature")),
    )
