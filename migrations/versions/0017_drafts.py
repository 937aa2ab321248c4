"""Drafts of the charter: their versions, comments, hand-overs, owners' answers and hands. The words of a draft that is
at a vote cannot change through any door: the database refuses, too."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017_drafts"
down_revision: str | None = "0016_group"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT = sa.DateTime(timezone=True)
KIND = ("add", "reword", "split", "merge", "retire")
STAGE = (
    "with the group", "with the consultative group", "with whoever has to keep it", "show of hands", "at the vote",
    "adopted", "fell",
)  # fmt: skip
SAYS = ("can keep it", "can keep it if", "cannot", "did not say")
TABLES = (
    "hand", "owner_ask", "met", "comment_report", "comment", "handed_on", "draft_writer", "draft_twin",
    "draft_wording", "draft_version", "draft_touch", "draft",
)  # fmt: skip
# What no door may change while the draft is at the vote, and ever after.
DRAFT = ("id", "ref", "kind", "title", "reason", "edition", "version")
AT_THE_VOTE = "EXISTS (SELECT 1 FROM draft WHERE id = {row}.draft_id AND locked_at IS NOT NULL)"
LOCKED = ("draft_wording", "draft_twin", "draft_touch")
REFUSED = "families vote on exactly these words"


def upgrade() -> None:
    _drafts()
    _comments_and_hand_overs()
    for statement in (_postgres if op.get_bind().dialect.name == "postgresql" else _sqlite)():
        op.execute(statement)


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        for table in ("draft", *LOCKED):
            op.execute(f"DROP TRIGGER {table}_locked ON {table}")
            op.execute(f"DROP FUNCTION {table}_locked()")
    for table in TABLES:
        op.drop_table(table)


def _enum(name: str, words: Sequence[str]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _text(name: str, length: int, **more: object) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False, **more)


def _person(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}_{to.partition('.')[0]}"))


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("ref", 80),
        sa.Column("kind", _enum("draftkind", KIND), nullable=False),
        _text("title", 120),
        _text("reason", 2000),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("stage", _enum("stage", STAGE), nullable=False),
        sa.Column("stage_at", AT, nullable=False),
        sa.Column("started_at", AT, nullable=False),
        _person("started_by_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("consulted_at", AT, nullable=True),
        sa.Column("locked_at", AT, nullable=True),
        _text("locked_digest", 64),
        sa.Column("adopted_in", sa.Integer(), nullable=True),
        _text("fell_because", 500),
        _key("draft", "edition", "edition.number"),
        _key("draft", "adopted_in", "edition.number"),
        _key("draft", "started_by_id", "person.id"),
        _primary("draft", "id"),
        sa.UniqueConstraint("ref", name=op.f("uq_draft_ref")),
    )
    op.create_table(
        "draft_touch",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.Integer(), nullable=False),
        _key("draft_touch", "draft_id", "draft.id"),
        _key("draft_touch", "commitment", "commitment.number"),
        _primary("draft_touch", "draft_id", "commitment"),
    )
    op.create_table(
        "draft_version",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", AT, nullable=False),
        _person("by_id"),
        _key("draft_version", "draft_id", "draft.id"),
        _key("draft_version", "by_id", "person.id"),
        _primary("draft_version", "draft_id", "number"),
    )
    op.create_table(
        "draft_wording",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("principle", sa.Integer(), nullable=False),
        _text("text", 500),
        _text("how_we_know", 500),
        _text("timescale", 120),
        _text("owner_role", 120),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("makers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id", "version"], ["draft_version.draft_id", "draft_version.number"],
            name=op.f("fk_draft_wording_draft_id_version_draft_version"),
        ),
        _key("draft_wording", "principle", "principle.number"),
        _primary("draft_wording", "draft_id", "version", "position"),
    )  # fmt: skip
    op.create_table(
        "draft_twin",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("language", 12),
        _text("text", 1000),
        _text("of_digest", 64),
        sa.Column("at", AT, nullable=False),
        _person("by_id"),
        _key("draft_twin", "draft_id", "draft.id"),
        _key("draft_twin", "by_id", "person.id"),
        _primary("draft_twin", "draft_id", "position", "language"),
    )
    op.create_table(
        "draft_writer",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        _person("person_id", nullable=False),
        sa.Column("at", AT, nullable=False),
        _person("by_id"),
        _key("draft_writer", "draft_id", "draft.id"),
        _key("draft_writer", "person_id", "person.id"),
        _key("draft_writer", "by_id", "person.id"),
        _primary("draft_writer", "draft_id", "person_id"),
    )


def _comments_and_hand_overs() -> None:
    op.create_table(
        "handed_on",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("went_to", _enum("stage", STAGE), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("note", 1000),
        sa.Column("at", AT, nullable=False),
        _person("by_id"),
        sa.Column("due_on", sa.Date(), nullable=True),
        _text("reply", 1000),
        sa.Column("replied_at", AT, nullable=True),
        sa.Column("asked_met", sa.Boolean(), nullable=False),
        _key("handed_on", "draft_id", "draft.id"),
        _key("handed_on", "by_id", "person.id"),
        _primary("handed_on", "id"),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_handed_on_draft_id_number")),
    )
    weight, came_of = ("must", "better", "thought"), ("changed", "partly", "not changed")
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("quote", 300),
        _text("text", 1000),
        sa.Column("weight", _enum("weight", weight), nullable=False),
        _person("by_id", nullable=False),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("came_of", _enum("cameof", came_of), nullable=True),
        _text("because", 1000),
        sa.Column("answered_at", AT, nullable=True),
        _person("answered_by_id"),
        sa.Column("hidden_at", AT, nullable=True),
        _text("hidden_because", 500),
        _text("objection", 500),
        sa.Column("objected_at", AT, nullable=True),
        _key("comment", "draft_id", "draft.id"),
        _key("comment", "by_id", "person.id"),
        _key("comment", "answered_by_id", "person.id"),
        _primary("comment", "id"),
    )
    op.create_index(op.f("ix_comment_draft_id"), "comment", ["draft_id"])
    op.create_index(op.f("ix_comment_by_id"), "comment", ["by_id"])
    op.create_table(
        "comment_report",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        _person("by_id", nullable=False),
        _text("why", 500),
        sa.Column("at", AT, nullable=False),
        sa.Column("settled_at", AT, nullable=True),
        _key("comment_report", "comment_id", "comment.id"),
        _key("comment_report", "by_id", "person.id"),
        _primary("comment_report", "comment_id", "by_id"),
    )
    op.create_table(
        "met",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("handed_on_id", sa.Uuid(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("at", AT, nullable=False),
        _key("met", "comment_id", "comment.id"),
        _key("met", "handed_on_id", "handed_on.id"),
        _primary("met", "comment_id", "handed_on_id"),
    )
    op.create_table(
        "owner_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handed_on_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("partner", 40),
        _text("mailbox", 254),
        sa.Column("link", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("says", _enum("says", SAYS), nullable=True),
        _text("words", 500),
        sa.Column("answered_at", AT, nullable=True),
        _text("entered_from", 120),
        sa.Column("warned_at", AT, nullable=True),
        _key("owner_ask", "handed_on_id", "handed_on.id"),
        _key("owner_ask", "draft_id", "draft.id"),
        _key("owner_ask", "partner", "partner.slug"),
        _primary("owner_ask", "id"),
        sa.UniqueConstraint("handed_on_id", "partner", name=op.f("uq_owner_ask_handed_on_id_partner")),
    )
    op.create_index(op.f("ix_owner_ask_draft_id"), "owner_ask", ["draft_id"])
    stands = ("agrees", "agrees with a note", "does not agree")
    op.create_table(
        "hand",
        sa.Column("handed_on_id", sa.Uuid(), nullable=False),
        _person("person_id", nullable=False),
        sa.Column("as_rep", sa.Boolean(), nullable=False),
        sa.Column("stands", _enum("stands", stands), nullable=False),
        _text("note", 500),
        sa.Column("at", AT, nullable=False),
        _key("hand", "handed_on_id", "handed_on.id"),
        _key("hand", "person_id", "person.id"),
        _primary("hand", "handed_on_id", "person_id"),
    )


def _changed() -> str:
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in DRAFT)


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    made = [
        f"CREATE TRIGGER draft_locked_update BEFORE UPDATE ON draft WHEN OLD.locked_at IS NOT NULL AND ({_changed()})"
        f" {refuse}",
        f"CREATE TRIGGER draft_locked_delete BEFORE DELETE ON draft WHEN OLD.locked_at IS NOT NULL {refuse}",
    ]
    for table in LOCKED:
        for act, rows in (("update", ("OLD", "NEW")), ("delete", ("OLD",)), ("insert", ("NEW",))):
            when = " OR ".join(AT_THE_VOTE.format(row=row) for row in rows)
            made.append(f"CREATE TRIGGER {table}_locked_{act} BEFORE {act} ON {table} WHEN {when} {refuse}")
    # SQLite says IS NOT where the standard says IS DISTINCT FROM.
    return [statement.replace("IS DISTINCT FROM", "IS NOT") for statement in made]


def _postgres() -> list[str]:
    made = [_function("draft", f"OLD.locked_at IS NOT NULL AND (TG_OP = 'DELETE' OR {_changed()})", "")]
    made += [_function(table, AT_THE_VOTE.format(row="OLD"), AT_THE_VOTE.format(row="NEW")) for table in LOCKED]
    for table in ("draft", *LOCKED):
        acts = "UPDATE OR DELETE" if table == "draft" else "INSERT OR UPDATE OR DELETE"
        made.append(
            f"CREATE TRIGGER {table}_locked BEFORE {acts} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_locked()"
        )
    return made


def _function(table: str, old: str, new: str) -> str:
    """Refuses what the old row's draft, or the new row's, does not allow."""
    after = f"IF TG_OP <> 'DELETE' AND {new} THEN RAISE EXCEPTION '{REFUSED}'; END IF;" if new else ""
    return (
        f"CREATE FUNCTION {table}_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' THEN IF {old} THEN RAISE EXCEPTION '{REFUSED}'; END IF; END IF; {after}"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
