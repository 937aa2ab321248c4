"""One act, one transaction: all of it or none of it, in either database."""

import threading

import pytest
from sqlmodel import select

from pyramid_app.base.actor import NOBODY
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.work import working


def test_an_act_that_fails_leaves_no_trace(database, clock):
    with pytest.raises(RuntimeError), working(database, NOBODY) as work:
        work.record("thing:done", "thing:1")
        raise RuntimeError
    with database.reading() as session:
        assert session.exec(select(AuditEntry)).all() == []


def test_sixteen_acts_at_once_all_happen_and_nobody_is_told_that_the_database_is_locked(real_database):
    failures = []

    def act(number: int) -> None:
        try:
            with working(real_database, NOBODY) as work:
                work.session.exec(select(AuditEntry)).all()
                work.record("thing:done", f"thing:{number}")
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=act, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with real_database.reading() as session:
        assert len(session.exec(select(AuditEntry)).all()) == 16
