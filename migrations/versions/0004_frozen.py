"""What is scheduled cannot change through any door: the database refuses, too. Rolls are digested each day, and a
close that moved says of itself why."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004_frozen"
down_revision: str | None = "0003_fairness"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# Not among them: the close, which may move later; what happens next, which may be made clearer; what time does.
POLL = (
    "id", "ref", "topic_id", "kind", "title", "why", "proposal", "considered", "who_decides", "where_decided",
    "decided_on", "can_change", "cannot_change", "one_by_one", "facts", "roll", "audience", "for_young_people",
    "twin_id", "opens_at", "promised_close_at", "words_digest", "shorter_because", "scheduled_at",
)  # fmt: skip
BALLOT = ("id", "about", "roll", "key_name", "envelope_size", "rules_digest", "frozen_at", "opens_at")
JSON = {"facts", "audience"}
OF_A_POLL = {"question": "{row}.poll_id", "option": "(SELECT poll_id FROM question WHERE id = {row}.question_id)"}
WORDS = "this is frozen since it was scheduled"


def upgrade() -> None:
    op.add_column("ballot", sa.Column("roll_digested_on", sa.Date(), nullable=True))
    cause = sa.Enum("officer", "format", "outage", name="cause", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("extension") as batch:
        batch.add_column(sa.Column("cause", cause, nullable=False, server_default="officer"))
    make = _postgres if op.get_bind().dialect.name == "postgresql" else _sqlite
    for statement in make():
        op.execute(statement)


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in ("poll", "ballot", "question", "option"):
        for act in ("",) if postgres else _acts(table):
            op.execute(f"DROP TRIGGER {table}_frozen{act}" + (f" ON {table}" if postgres else ""))
        if postgres:
            op.execute(f"DROP FUNCTION {table}_frozen()")
    with op.batch_alter_table("extension") as batch:
        batch.drop_constraint(op.f("ck_extension_cause"), type_="check")
        batch.drop_column("cause")
    with op.batch_alter_table("ballot") as batch:
        batch.drop_column("roll_digested_on")


def _acts(table: str) -> tuple[str, ...]:
    return ("_update", "_delete", "_insert") if table in OF_A_POLL else ("_update", "_delete")


def _changed(table: str) -> str:
    """Whether an update of a scheduled poll, or of a ballot, changes what is frozen."""
    columns = POLL if table == "poll" else BALLOT
    as_text = {name: f"CAST({{row}}.{name} AS text)" if name in JSON else f"{{row}}.{name}" for name in columns}
    pairs = [f"{text.format(row='NEW')} IS DISTINCT FROM {text.format(row='OLD')}" for text in as_text.values()]
    pairs.append("NEW.closes_at < OLD.closes_at")
    pairs.append("(OLD.counted_at IS NOT NULL AND NEW.counted_at IS DISTINCT FROM OLD.counted_at)")
    if table == "poll":
        pairs.append("(OLD.ballot_id IS NOT NULL AND NEW.ballot_id IS DISTINCT FROM OLD.ballot_id)")
        return f"OLD.scheduled_at IS NOT NULL AND ({' OR '.join(pairs)})"
    return " OR ".join(pairs)


def _scheduled(table: str, row: str) -> str:
    poll = OF_A_POLL[table].format(row=row)
    return f"EXISTS (SELECT 1 FROM poll WHERE id = {poll} AND scheduled_at IS NOT NULL)"  # noqa: S608  names of our own


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    made = []
    for table in ("poll", "ballot"):
        gone = "OLD.scheduled_at IS NOT NULL" if table == "poll" else "1"
        made.append(f"CREATE TRIGGER {table}_frozen_update BEFORE UPDATE ON {table} WHEN {_changed(table)} {refuse}")
        made.append(f"CREATE TRIGGER {table}_frozen_delete BEFORE DELETE ON {table} WHEN {gone} {refuse}")
    for table in OF_A_POLL:
        for act, rows in (("update", ("OLD", "NEW")), ("delete", ("OLD",)), ("insert", ("NEW",))):
            when = " OR ".join(_scheduled(table, row) for row in rows)
            made.append(f"CREATE TRIGGER {table}_frozen_{act} BEFORE {act} ON {table} WHEN {when} {refuse}")
    # SQLite says IS NOT where the standard says IS DISTINCT FROM.
    return [statement.replace("IS DISTINCT FROM", "IS NOT") for statement in made]


def _postgres() -> list[str]:
    made = []
    for table in ("poll", "ballot"):
        gone = "OLD.scheduled_at IS NOT NULL" if table == "poll" else "true"
        made += _guard(table, f"(TG_OP = 'UPDATE' AND ({_changed(table)})) OR (TG_OP = 'DELETE' AND {gone})")
    for table in OF_A_POLL:
        old, new = _scheduled(table, "OLD"), _scheduled(table, "NEW")
        made += _guard(table, f"(TG_OP <> 'INSERT' AND {old}) OR (TG_OP <> 'DELETE' AND {new})")
    return made


def _guard(table: str, refused: str) -> list[str]:
    return [
        f"""
        CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {refused} THEN RAISE EXCEPTION '{WORDS}'; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$
        """,
        f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_frozen()",
    ]
