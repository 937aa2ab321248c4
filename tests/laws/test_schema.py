"""Models equal migrations; migrations run up and down, with data, in both databases."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

import pyramid_app.app  # noqa: F401  every room brings its tables
from pyramid_app.base.actor import system
from pyramid_app.base.work import working
from tests.builders import a_member, the_area
from tests.support.databases import migrate

SEARCH = "outcome_search"


def test_models_equal_migrations(real_database):
    with real_database.engine.connect() as connection:
        # The index of words is of each database's own kind: no model describes it.
        ours = {"compare_type": False, "include_name": lambda name, kind, _of: not (name or "").startswith(SEARCH)}
        context = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_check_of_an_enum_holds_the_enums_words(real_database):
    inspector = sa.inspect(real_database.engine)
    for table in SQLModel.metadata.sorted_tables:
        checks = " ".join(check["sqltext"] for check in inspector.get_check_constraints(table.name))
        for column in table.columns:
            if isinstance(column.type, sa.Enum):
                missing = [
                    word for word in column.type.enums if f"'{word.replace(chr(39), chr(39) * 2)}'" not in checks
                ]
                assert not missing, f"{table.name}.{column.name}: {missing}"


def test_migrations_run_down_and_up_again_with_data(real_database):
    with working(real_database, system("tests")) as work:
        the_area(work)
        a_member(work)
    real_database.close()
    migrate(real_database.url, "base")
    migrate(real_database.url)
    with real_database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar() == 0


GUARDED = {
    "audit_entry", "poll", "ballot", "question", "option", "draft", "draft_wording", "draft_twin", "draft_touch",
    "poll_draft",
}  # fmt: skip


def test_the_database_guards_what_may_not_change(real_database):
    """A batch migration on SQLite rebuilds a table without its triggers: this says so."""
    asked = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT event_object_table FROM information_schema.triggers",
    }
    with real_database.reading() as session:
        found = session.connection().exec_driver_sql(asked[session.get_bind().dialect.name])
        assert {row[0] for row in found} == GUARDED


def test_tables_of_the_box_have_no_hidden_row_number_no_time_and_no_serial(real_database):
    inspector = sa.inspect(real_database.engine)
    columns = {name: [c["name"] for c in inspector.get_columns(name)] for name in ("envelope", "roll_entry")}
    assert columns["envelope"] == ["ballot_id", "roll_id", "sealed"]
    assert not [name for name in columns["roll_entry"] if name.endswith(("_at", "_on"))]
    if real_database.url.startswith("sqlite"):
        with real_database.reading() as session:
            made = session.connection().exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'"
            )
            assert {row[0] for row in made} >= {"envelope", "roll_entry"}
