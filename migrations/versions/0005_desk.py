"""The desk: where a voice went, who may know the name, translations, notes; topics that merge, split and are shared."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005_desk"
down_revision: str | None = "0004_frozen"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)
CHANNELS = ("web", "phone", "paper", "meeting", "poll")
PEOPLE = ("entered_by_id", "urgent_seen_by_id", "assigned_to_id")


def upgrade() -> None:
    _voices()
    _texts()
    _topics()
    op.create_table(
        "true_for_us",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_true_for_us_topic_id_topic")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_true_for_us_person_id_person")),
        sa.PrimaryKeyConstraint("topic_id", "person_id", name=op.f("pk_true_for_us")),
    )
    op.create_index(op.f("ix_true_for_us_person_id"), "true_for_us", ["person_id"])
    op.create_table(
        "desk_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("answered_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_desk_note_voice_id_voice")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_desk_note_by_id_person")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_desk_note_to_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_note")),
    )
    op.create_index(op.f("ix_desk_note_voice_id"), "desk_note", ["voice_id"])
    op.create_index(op.f("ix_desk_note_to_id"), "desk_note", ["to_id"])


def downgrade() -> None:
    """What only this version can hold goes with it: notes, translations, who said "true for us too"."""
    op.drop_table("desk_note")
    op.drop_table("true_for_us")
    op.drop_index(op.f("ix_topic_merged_into_id"), table_name="topic")
    op.drop_index(op.f("ix_topic_owner_id"), table_name="topic")
    with op.batch_alter_table("topic") as batch:
        for column in ("merged_into_id", "split_from_id"):
            batch.drop_constraint(op.f(f"fk_topic_{column}_topic"), type_="foreignkey")
        for column in ("merged_into_id", "merged_at", "split_from_id", "raised_at"):
            batch.drop_column(column)
    with op.batch_alter_table("voice_text") as batch:
        batch.drop_constraint(op.f("fk_voice_text_translated_by_id_person"), type_="foreignkey")
        for column in ("original", "translated_by_id", "translated_how"):
            batch.drop_column(column)
    op.execute("UPDATE voice SET channel = 'web' WHERE channel IN ('e-mail', 'list')")
    for column in ("urgent_at", "assigned_to_id", "sorted_at"):
        op.drop_index(op.f(f"ix_voice_{column}"), table_name="voice")
    with op.batch_alter_table("voice") as batch:
        for column in (*PEOPLE, "sorted_by_id"):
            batch.drop_constraint(op.f(f"fk_voice_{column}_person"), type_="foreignkey")
        for check in ("naming", "sorting", "channel"):
            batch.drop_constraint(op.f(f"ck_voice_{check}"), type_="check")
        for column in (
            "naming",
            "consent",
            "mended_at",
            "urgent_at",
            "urgent_seen_at",
            "handed_at",
            "sorted_as",
            *PEOPLE,
        ):
            batch.drop_column(column)
        batch.alter_column("sorted_at", new_column_name="filed_at")
        batch.alter_column("sorted_by_id", new_column_name="filed_by_id")
        batch.create_check_constraint(op.f("ck_voice_channel"), _one_of("channel", CHANNELS))
    with op.batch_alter_table("voice") as batch:
        batch.create_foreign_key(op.f("fk_voice_filed_by_id_person"), "person", ["filed_by_id"], ["id"])


def _voices() -> None:
    naming = sa.Enum(
        "named", "known to us", "unnamed", name="naming", native_enum=False, create_constraint=True, length=40
    )
    sorting = sa.Enum(
        "filed", "handed over", "thanked", "held back", "not a message", "taken back",
        name="sorting", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    with op.batch_alter_table("voice") as batch:
        batch.drop_constraint(op.f("fk_voice_filed_by_id_person"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_voice_channel"), type_="check")
        batch.alter_column("filed_at", new_column_name="sorted_at")
        batch.alter_column("filed_by_id", new_column_name="sorted_by_id")
        batch.create_check_constraint(op.f("ck_voice_channel"), _one_of("channel", (*CHANNELS, "e-mail", "list")))
        batch.add_column(sa.Column("naming", naming, nullable=False, server_default="unnamed"))
        batch.add_column(sa.Column("consent", sa.String(length=200), nullable=False, server_default=""))
        for column in ("mended_at", "urgent_at", "urgent_seen_at", "handed_at"):
            batch.add_column(sa.Column(column, AT, nullable=True))
        batch.add_column(sa.Column("sorted_as", sorting, nullable=True))
        for column in PEOPLE:
            batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
    with op.batch_alter_table("voice") as batch:
        for column in (*PEOPLE, "sorted_by_id"):
            batch.create_foreign_key(op.f(f"fk_voice_{column}_person"), "person", [column], ["id"])
    op.execute("UPDATE voice SET sorted_as = 'filed' WHERE sorted_at IS NOT NULL")
    op.execute("UPDATE voice SET naming = 'known to us' WHERE person_id IS NOT NULL")
    for column in ("urgent_at", "assigned_to_id", "sorted_at"):
        op.create_index(op.f(f"ix_voice_{column}"), "voice", [column])


def _texts() -> None:
    with op.batch_alter_table("voice_text") as batch:
        batch.add_column(sa.Column("original", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("translated_by_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("translated_how", sa.String(length=120), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_voice_text_translated_by_id_person"), "person", ["translated_by_id"], ["id"])


def _topics() -> None:
    with op.batch_alter_table("topic") as batch:
        for column in ("merged_into_id", "split_from_id"):
            batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
        for column in ("merged_at", "raised_at"):
            batch.add_column(sa.Column(column, AT, nullable=True))
        for column in ("merged_into_id", "split_from_id"):
            batch.create_foreign_key(op.f(f"fk_topic_{column}_topic"), "topic", [column], ["id"])
    op.create_index(op.f("ix_topic_merged_into_id"), "topic", ["merged_into_id"])
    op.create_index(op.f("ix_topic_owner_id"), "topic", ["owner_id"])


def _one_of(column: str, allowed: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in allowed)})"
