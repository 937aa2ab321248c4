"""Members of the Group, its meetings: agendas, interests, who is there, what was decided, asked for and reported."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016_group"
down_revision: str | None = "0015_charter"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)
KINDS = ("elected parent", "officer", "health", "school", "voluntary", "forum", "young person")
WORDS = ("agreed", "agreed with a note", "not agreed", "heard", "parked")


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def points(table: str, column: str, to: str, key: str = "id", **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=op.f(f"fk_{table}_{column}_{to}"), **more)


def upgrade() -> None:
    _members()
    _meetings()
    _agendas()
    _at_the_meeting()


def _members() -> None:
    op.create_table(
        "group_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("memberkind", *KINDS), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("from_at", AT, nullable=False),
        sa.Column("until_at", AT, nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        points("group_member", "person_id", "person"),
        points("group_member", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_person_id"), "group_member", ["person_id"])


def _meetings() -> None:
    needs = ("times", "childcare", "travel", "interpreter")
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=90), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", AT, nullable=False),
        sa.Column("ends_at", AT, nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        *(sa.Column(name, sa.String(length=300), nullable=False) for name in needs),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", AT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", AT, nullable=True),
        sa.Column("called_off_at", AT, nullable=True),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("closed_at", AT, nullable=True),
        sa.Column("reports_at", AT, nullable=True),
        points("meeting", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("ref", name=op.f("uq_meeting_ref")),
    )
    op.create_index(op.f("ix_meeting_starts_at"), "meeting", ["starts_at"])


def _agendas() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", words("itemkind", "decide", "hear"), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("brings_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(length=80), nullable=True),
        sa.Column("parked_from_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", AT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided", words("word", *WORDS), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("reps_line", sa.String(length=500), nullable=False),
        sa.Column("decided_at", AT, nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        points("agenda_item", "meeting_id", "meeting"),
        points("agenda_item", "topic_id", "topic"),
        points("agenda_item", "parked_from_id", "agenda_item"),
        *(points("agenda_item", column, "person") for column in ("brings_id", "asked_by_id", "decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("parked_from_id", name=op.f("uq_agenda_item_parked_from_id")),
        sa.UniqueConstraint("meeting_id", "source", name=op.f("uq_agenda_item_meeting_id_source")),
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"])
    op.create_index(op.f("ix_agenda_item_topic_id"), "agenda_item", ["topic_id"])
    op.create_table(
        "interest",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        points("interest", "item_id", "agenda_item", ondelete="CASCADE"),
        points("interest", "person_id", "person"),
        points("interest", "by_id", "person"),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_interest")),
    )
    op.create_table(
        "asked_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("answer_by_on", sa.Date(), nullable=False),
        sa.Column("answered_at", AT, nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("yes", sa.Boolean(), nullable=True),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        points("asked_item", "by_id", "person"),
        points("asked_item", "topic_id", "topic"),
        points("asked_item", "answered_by_id", "person"),
        points("asked_item", "item_id", "agenda_item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_item")),
    )
    op.create_index(op.f("ix_asked_item_by_id"), "asked_item", ["by_id"])


def _at_the_meeting() -> None:
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("how", words("how", "here", "online", "can't come"), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        points("attendance", "meeting_id", "meeting"),
        points("attendance", "person_id", "person"),
        points("attendance", "by_id", "person"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "report_back",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("raised", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("sent_at", AT, nullable=True),
        points("report_back", "meeting_id", "meeting"),
        points("report_back", "person_id", "person"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_report_back")),
    )
    op.create_index(op.f("ix_report_back_person_id"), "report_back", ["person_id"])


def downgrade() -> None:
    for table in (
        "report_back", "attendance", "asked_item", "interest", "agenda_item", "meeting", "group_member",
    ):  # fmt: skip
        op.drop_table(table)
