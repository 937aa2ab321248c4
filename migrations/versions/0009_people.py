"""Link workers and chairs, who speaks for a partner, and who is away until when."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009_people"
down_revision: str | None = "0008_evidence"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

BEFORE = ("officer", "lead")
NOW = (*BEFORE, "link worker", "chair")


def upgrade() -> None:
    _roles(NOW)
    at = sa.DateTime(timezone=True)
    op.create_table(
        "away",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", at, nullable=False),
        sa.Column("ended_at", at, nullable=True),
        sa.ForeignKeyConstraint(["cover_id"], ["person.id"], name=op.f("fk_away_cover_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_away_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
    )
    op.create_index(op.f("ix_away_cover_id"), "away", ["cover_id"])
    op.create_index(op.f("ix_away_person_id"), "away", ["person_id"])
    op.create_table(
        "speaker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", at, nullable=False),
        sa.Column("until_at", at, nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name=op.f("fk_speaker_partner_partner")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
    )
    op.create_index(op.f("ix_speaker_partner"), "speaker", ["partner"])
    op.create_index(op.f("ix_speaker_person_id"), "speaker", ["person_id"])


def downgrade() -> None:
    op.drop_table("speaker")
    op.drop_table("away")
    op.execute("DELETE FROM role_grant WHERE role NOT IN ('officer', 'lead')")
    _roles(BEFORE)


def _roles(words: Sequence[str]) -> None:
    """A role is one of these words, in either database."""
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("role_grant") as batch:
        batch.drop_constraint(op.f("ck_role_grant_role"), type_="check")
        batch.create_check_constraint(op.f("ck_role_grant_role"), f"role IN ({listed})")
