"""Files as evidence, and corrected answers: each answer has a readable name and versions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008_evidence"
down_revision: str | None = "0007_partners"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NAMED = """
UPDATE outcome SET
  answered_at = published_at,
  telling_id = id,
  ref = (SELECT ref FROM topic WHERE topic.id = outcome.topic_id) || '-' || (
    SELECT count(*) FROM outcome AS other
    WHERE other.topic_id = outcome.topic_id
      AND (other.published_at < outcome.published_at
           OR (other.published_at = outcome.published_at AND other.id <= outcome.id)))
"""
NEW = ("evidence_file_id", "ref", "version", "answered_at", "corrects_id", "because", "telling_id")


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    kind = sa.Enum(
        "image/jpeg", "image/png", "application/pdf", name="kind", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", at, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_stored_file_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    op.create_index(op.f("ix_stored_file_digest"), "stored_file", ["digest"])
    with op.batch_alter_table("outcome") as batch:
        batch.add_column(sa.Column("evidence_file_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("ref", sa.String(length=100), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("answered_at", at, nullable=True))
        batch.add_column(sa.Column("corrects_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("because", sa.String(length=500), nullable=False, server_default=""))
        batch.add_column(sa.Column("telling_id", sa.Uuid(), nullable=True))
    op.execute(NAMED)
    with op.batch_alter_table("outcome") as batch:
        for name, kept in (("ref", sa.String(length=100)), ("answered_at", at), ("telling_id", sa.Uuid())):
            batch.alter_column(name, existing_type=kept, nullable=False)
        batch.create_unique_constraint(op.f("uq_outcome_ref_version"), ["ref", "version"])
        batch.create_unique_constraint(op.f("uq_outcome_corrects_id"), ["corrects_id"])
        batch.create_foreign_key(
            op.f("fk_outcome_evidence_file_id_stored_file"), "stored_file", ["evidence_file_id"], ["id"]
        )
        batch.create_foreign_key(op.f("fk_outcome_corrects_id_outcome"), "outcome", ["corrects_id"], ["id"])
        batch.create_index(op.f("ix_outcome_answered_at"), ["answered_at"])
        batch.create_index(op.f("ix_outcome_evidence_file_id"), ["evidence_file_id"])


def downgrade() -> None:
    with op.batch_alter_table("outcome") as batch:
        batch.drop_index(op.f("ix_outcome_evidence_file_id"))
        batch.drop_index(op.f("ix_outcome_answered_at"))
        batch.drop_constraint(op.f("fk_outcome_corrects_id_outcome"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_outcome_evidence_file_id_stored_file"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_outcome_corrects_id"), type_="unique")
        batch.drop_constraint(op.f("uq_outcome_ref_version"), type_="unique")
        for name in NEW:
            batch.drop_column(name)
    op.drop_table("stored_file")
