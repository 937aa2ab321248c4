"""Asking well: six kinds of questions, stored results, what keeps asking fair, and a calendar to ask by."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision: str = "0002_asking_well"
down_revision: str | None = "0001_the_house"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

CHANNELS = ("web", "phone", "paper", "meeting")
KINDS = ("single", "several")


def upgrade() -> None:
    _new_tables()
    _new_columns()
    _hold("question", "questionkind", "kind", (*KINDS, "ranking", "scale", "statements", "text"))
    _hold("voice", "channel", "channel", (*CHANNELS, "poll"))
    _write_documents()
    op.drop_index(op.f("ix_tally_question_id"), table_name="tally")
    op.drop_table("tally")
    op.drop_table("turnout")
    _freeze_again()


def downgrade() -> None:
    """What only this version can hold goes with it: results, marks, moves of a close."""
    _old_results()
    with op.batch_alter_table("voice") as batch:
        batch.drop_constraint(op.f("fk_voice_suggested_topic_id_topic"), type_="foreignkey")
        batch.drop_column("suggested_topic_id")
        batch.drop_column("asked")
    op.execute("UPDATE voice SET channel = 'web' WHERE channel = 'poll'")
    _hold("voice", "channel", "channel", CHANNELS)
    with op.batch_alter_table("question") as batch:
        batch.drop_constraint(op.f("fk_question_commitment_commitment"), type_="foreignkey")
        batch.drop_column("commitment")
        batch.drop_column("shuffled")
    op.execute("UPDATE question SET kind = 'single' WHERE kind NOT IN ('single', 'several')")
    _hold("question", "questionkind", "kind", KINDS)
    with op.batch_alter_table("poll") as batch:
        batch.drop_constraint(op.f("fk_poll_twin_id_poll"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_poll_pollkind"), type_="check")
        batch.drop_constraint(op.f("ck_poll_roll"), type_="check")
        for column in (
            "considered_told_at", "considered_at", "withdrawn_because", "withdrawn_at", "reminded_at", "shorter_because",
            "promised_close_at", "twin_id", "for_young_people", "audience", "roll", "facts", "one_by_one",
            "considered", "proposal", "kind",
        ):  # fmt: skip
            batch.drop_column(column)
    with op.batch_alter_table("ballot") as batch:
        batch.drop_column("withdrawn_at")
    for table in ("point", "poll_result", "facts", "calendar_period", "progress"):
        op.drop_table(table)


def _new_tables() -> None:
    at = sa.DateTime(timezone=True)
    op.create_table(
        "progress",
        sa.Column("work", sa.String(length=120), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("at", at, nullable=False),
        sa.PrimaryKeyConstraint("work", name=op.f("pk_progress")),
    )
    days = sa.Enum(
        "school term", "religious day", "pre-election period", "another date that matters",
        name="daykind", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    op.create_table(
        "calendar_period",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", days, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("added_at", at, nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_calendar_period_added_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_period")),
    )
    op.create_table(
        "facts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ward", sa.String(length=60), nullable=False),
        sa.Column("setting", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_facts_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_facts")),
    )
    op.create_table(
        "poll_result",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("on_roll", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("joined_while_open", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_result_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_result")),
    )
    op.create_table(
        "point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_point_poll_id_poll")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_point_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
    )
    op.create_index(op.f("ix_point_poll_id"), "point", ["poll_id"])


def _new_columns() -> None:
    """Rows that are there get what the models would have given them."""
    at, no, nothing = sa.DateTime(timezone=True), sa.false(), ""
    op.add_column("ballot", sa.Column("withdrawn_at", at, nullable=True))
    kind = sa.Enum("poll", "consultation", name="pollkind", native_enum=False, create_constraint=True, length=40)
    roll = sa.Enum("open", "fixed", name="roll", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("poll") as batch:
        batch.add_column(sa.Column("kind", kind, nullable=False, server_default="poll"))
        batch.add_column(sa.Column("proposal", sa.String(length=2000), nullable=False, server_default=nothing))
        batch.add_column(sa.Column("considered", sa.String(length=2000), nullable=False, server_default=nothing))
        batch.add_column(sa.Column("one_by_one", sa.Boolean(), nullable=False, server_default=no))
        batch.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("roll", roll, nullable=False, server_default="open"))
        batch.add_column(sa.Column("audience", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("for_young_people", sa.Boolean(), nullable=False, server_default=no))
        batch.add_column(sa.Column("twin_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("promised_close_at", at, nullable=True))
        batch.add_column(sa.Column("shorter_because", sa.String(length=500), nullable=False, server_default=nothing))
        batch.add_column(sa.Column("reminded_at", at, nullable=True))
        batch.add_column(sa.Column("withdrawn_at", at, nullable=True))
        batch.add_column(sa.Column("withdrawn_because", sa.String(length=500), nullable=False, server_default=nothing))
        batch.add_column(sa.Column("considered_at", at, nullable=True))
        batch.add_column(sa.Column("considered_told_at", at, nullable=True))
        batch.create_foreign_key(op.f("fk_poll_twin_id_poll"), "poll", ["twin_id"], ["id"])
    op.execute("UPDATE poll SET promised_close_at = closes_at")
    with op.batch_alter_table("question") as batch:
        batch.add_column(sa.Column("shuffled", sa.Boolean(), nullable=False, server_default=no))
        batch.add_column(sa.Column("commitment", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_question_commitment_commitment"), "commitment", ["commitment"], ["number"])
    with op.batch_alter_table("voice") as batch:
        batch.add_column(sa.Column("asked", sa.String(length=300), nullable=False, server_default=nothing))
        batch.add_column(sa.Column("suggested_topic_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_voice_suggested_topic_id_topic"), "topic", ["suggested_topic_id"], ["id"])


def _hold(table: str, check: str, column: str, allowed: Sequence[str]) -> None:
    """From now on the column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in allowed)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{check}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{check}"), f"{column} IN ({listed})")


def _write_documents() -> None:
    """Results so far become documents, by the rules of the version that will show them."""
    bind = op.get_bind()
    for turnout in bind.execute(sa.text("SELECT * FROM turnout")).mappings().all():
        from pyramid_app.polls.results import stored
        from pyramid_app.polls.results.adding import Adding
        from pyramid_app.polls.results.document import document_of

        added = Adding(_asked(bind, turnout["poll_id"]))
        _add(bind, added, turnout["answered"] - turnout["spoilt"])
        numbers = [turnout[name] for name in ("on_roll", "answered", "joined_while_open")]
        result = sa.text(
            "INSERT INTO poll_result (poll_id, on_roll, answered, joined_while_open, spoilt, document)"
            " VALUES (:poll_id, :on_roll, :answered, :joined_while_open, :spoilt, :document)"
        )
        bind.execute(result, {**turnout, "document": stored.write(document_of(added, *numbers))})


def _asked(bind: sa.Connection, poll_id: Any) -> Any:
    from pyramid_app.polls.kinds import Asked, QuestionKind

    found = sa.text("SELECT id, text, kind, at_most FROM question WHERE poll_id = :poll ORDER BY position")
    questions = [
        SimpleNamespace(id=_uuid(row.id), text=row.text, kind=QuestionKind(row.kind), at_most=row.at_most, raw=row.id)
        for row in bind.execute(found, {"poll": poll_id})
    ]
    listed = sa.text("SELECT id, name, meaning FROM option WHERE question_id = :question ORDER BY position")
    options = {
        question.id: [
            SimpleNamespace(id=_uuid(row.id), name=row.name, meaning=row.meaning)
            for row in bind.execute(listed, {"question": question.raw})
        ]
        for question in questions
    }
    return Asked(questions, options)


def _add(bind: sa.Connection, added: Any, people: int) -> None:
    from pyramid_app.polls.kinds import NOT_SURE

    chosen = sa.text("SELECT option_id, chosen FROM tally WHERE question_id = :question")
    for question in added.asked.questions:
        added.people[question.id] = people
        for row in bind.execute(chosen, {"question": question.raw}):
            name = _uuid(row.option_id).hex if row.option_id else NOT_SURE
            added.tallies[question.id][name] = row.chosen


def _freeze_again() -> None:
    """What is open goes on: its fingerprint is taken again, because this version takes it in another way."""
    bind = op.get_bind()
    if not bind.execute(sa.text("SELECT 1 FROM poll WHERE ballot_id IS NOT NULL AND counted_at IS NULL")).first():
        return
    from sqlmodel import Session, col, select

    from pyramid_app.ballots.models import Ballot
    from pyramid_app.polls.models import Poll
    from pyramid_app.polls.paper import digest_of
    from pyramid_app.polls.queries import paper_of

    with Session(bind) as session:
        waiting = select(Poll).where(col(Poll.ballot_id).is_not(None), col(Poll.counted_at).is_(None))
        for poll in session.exec(waiting).all():
            ballot = session.get_one(Ballot, poll.ballot_id)
            ballot.rules_digest = digest_of(paper_of(session, poll))
        session.flush()


def _uuid(stored: Any) -> UUID:
    """SQLite gives the text, PostgreSQL the value."""
    return stored if isinstance(stored, UUID) else UUID(str(stored))


def _old_results() -> None:
    op.create_table(
        "turnout",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("on_roll", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("joined_while_open", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_turnout_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_turnout")),
    )
    op.create_table(
        "tally",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=True),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["option_id"], ["option.id"], name=op.f("fk_tally_option_id_option")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_tally_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
        sa.UniqueConstraint("question_id", "option_id", name=op.f("uq_tally_question_id_option_id")),
    )
    op.create_index(op.f("ix_tally_question_id"), "tally", ["question_id"], unique=False)
