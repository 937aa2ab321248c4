"""Votes on drafts of the charter: tied to exact words, final, with a quorum set before, shown whole."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019_ratification"
down_revision: str | None = "0017_drafts"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

REFUSED = "this is frozen since it was scheduled"
RULES = "NEW.quorum_percent IS NOT OLD.quorum_percent OR NEW.more_than_percent IS NOT OLD.more_than_percent"
FROZEN = "EXISTS (SELECT 1 FROM poll WHERE id = {row}.poll_id AND scheduled_at IS NOT NULL)"


def upgrade() -> None:
    op.add_column("poll", sa.Column("quorum_percent", sa.Integer(), nullable=True))
    op.add_column("poll", sa.Column("more_than_percent", sa.Integer(), nullable=False, server_default="50"))
    op.add_column("poll", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("ballot", sa.Column("final", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "poll_draft",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("twins", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_draft_poll_id_poll")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_poll_draft_draft_id_draft")),
        sa.PrimaryKeyConstraint("poll_id", "draft_id", name=op.f("pk_poll_draft")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_poll_draft_poll_id_position")),
    )
    op.create_index(op.f("ix_poll_draft_draft_id"), "poll_draft", ["draft_id"])
    op.create_table(
        "draft_vote",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("fell_because", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_draft_vote_poll_id_poll")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_vote_draft_id_draft")),
        sa.PrimaryKeyConstraint("poll_id", "draft_id", name=op.f("pk_draft_vote")),
    )
    for statement in (_postgres if op.get_bind().dialect.name == "postgresql" else _sqlite)():
        op.execute(statement)


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for name, table in (("poll_rules_frozen", "poll"), ("ballot_final_frozen", "ballot")):
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgres else ""))
    if postgres:
        op.execute("DROP TRIGGER poll_draft_frozen ON poll_draft")
        for name in ("poll_rules_frozen", "ballot_final_frozen", "poll_draft_frozen"):
            op.execute(f"DROP FUNCTION {name}()")
    for table in ("draft_vote", "poll_draft"):
        op.drop_table(table)
    # Not in a batch: on SQLite that would make the table anew, without its other triggers.
    for table, column in (
        ("ballot", "final"), ("poll", "decided_at"), ("poll", "more_than_percent"), ("poll", "quorum_percent"),
    ):  # fmt: skip
        op.drop_column(table, column)


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    made = [
        f"CREATE TRIGGER poll_rules_frozen BEFORE UPDATE ON poll WHEN OLD.scheduled_at IS NOT NULL AND ({RULES})"
        f" {refuse}",
        f"CREATE TRIGGER ballot_final_frozen BEFORE UPDATE ON ballot WHEN NEW.final IS NOT OLD.final {refuse}",
    ]
    for act, rows in (("update", ("OLD", "NEW")), ("delete", ("OLD",)), ("insert", ("NEW",))):
        when = " OR ".join(FROZEN.format(row=row) for row in rows)
        made.append(f"CREATE TRIGGER poll_draft_frozen_{act} BEFORE {act} ON poll_draft WHEN {when} {refuse}")
    return made


def _postgres() -> list[str]:
    rules, final = (
        words.replace("IS NOT OLD", "IS DISTINCT FROM OLD") for words in (RULES, "NEW.final IS NOT OLD.final")
    )
    old, new = FROZEN.format(row="OLD"), FROZEN.format(row="NEW")
    row = (
        f"IF TG_OP <> 'INSERT' THEN IF {old} THEN RAISE EXCEPTION '{REFUSED}'; END IF; END IF;"
        f" IF TG_OP <> 'DELETE' THEN IF {new} THEN RAISE EXCEPTION '{REFUSED}'; END IF; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;"
    )
    refuse = f"THEN RAISE EXCEPTION '{REFUSED}'; END IF;"
    return [
        _function("poll_rules_frozen", f"IF OLD.scheduled_at IS NOT NULL AND ({rules}) {refuse}"),
        _function("ballot_final_frozen", f"IF {final} {refuse}"),
        _function("poll_draft_frozen", row),
        "CREATE TRIGGER poll_rules_frozen BEFORE UPDATE ON poll FOR EACH ROW EXECUTE FUNCTION poll_rules_frozen()",
        "CREATE TRIGGER ballot_final_frozen BEFORE UPDATE ON ballot FOR EACH ROW EXECUTE FUNCTION ballot_final_frozen()",
        "CREATE TRIGGER poll_draft_frozen BEFORE INSERT OR UPDATE OR DELETE ON poll_draft"
        " FOR EACH ROW EXECUTE FUNCTION poll_draft_frozen()",
    ]


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$"
