"""The log is append-only and its chain shows any change."""

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.audit.record import GENESIS, chain, digest


def first_broken(session):
    """The first link that does not follow from the one before it, or ``None`` if the chain holds."""
    previous = GENESIS
    for entry in session.exec(
        select(AuditEntry).where(col(AuditEntry.link).is_not(None)).order_by(col(AuditEntry.link))
    ):
        if entry.previous != previous or entry.hash != digest(entry, previous):
            return entry.link
        previous = entry.hash
    return None


def record_three(act):
    for number in range(3):
        with act() as work:
            work.record("thing:done", f"thing:{number}", count=number)


def test_rows_are_chained_in_order_and_the_chain_holds(act, database):
    record_three(act)
    with database.writing() as session:
        assert chain(session) == 3
        assert chain(session) == 0
        assert first_broken(session) is None
        entries = session.exec(sa.select(AuditEntry.subject).order_by(AuditEntry.link)).all()
    assert [subject for (subject,) in entries] == ["thing:0", "thing:1", "thing:2"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET did = 'other'", "DELETE FROM audit_entry", "UPDATE audit_entry SET hash = 'x'"],
)
def test_a_chained_row_cannot_be_changed_or_deleted(act, database, statement):
    record_three(act)
    with database.writing() as session:
        chain(session)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_an_unchained_row_cannot_be_changed_either(act, database):
    record_three(act)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.writing() as session:
        session.connection().exec_driver_sql("UPDATE audit_entry SET did = 'other'")


def test_a_change_behind_the_guard_breaks_the_chain(act, database):
    record_three(act)
    with database.writing() as session:
        chain(session)
    with database.writing() as session:
        drop = (
            ["DROP TRIGGER audit_entry_changes_once"]
            if database.url.startswith("sqlite")
            else ["ALTER TABLE audit_entry DISABLE TRIGGER USER"]
        )
        for statement in [*drop, "UPDATE audit_entry SET did = 'other' WHERE link = 2"]:
            session.connection().exec_driver_sql(statement)
        assert first_broken(session) == 2
