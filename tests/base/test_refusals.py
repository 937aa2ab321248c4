"""A page for when what a page needs is broken: the database away, the front end's files gone."""

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from pyramid_app.app import create_app
from pyramid_app.area import service as area
from pyramid_app.base.db import Database, is_away
from pyramid_app.base.web import render
from pyramid_app.base.work import working
from tests.builders import the_area
from tests.conftest import TESTS
from tests.support import pages
from tests.support.databases import migrate, sqlite_url


@pytest.fixture
def away(real_database, settings):
    """An installation whose database is away while ``away.broken``."""
    return _Away(real_database, settings)


class _Away:
    def __init__(self, database, settings):
        with working(database, TESTS) as work:
            the_area(work)
            area.change_settings(work, {"reply_to": "send.team@islington.example"}, "for tests")
        self.database, self.app = database, create_app(settings, database)
        self.app.testing = False
        self.browser = self.app.test_client()
        self.broken = False
        for engine in (database.engine, database._reading_engine):
            sa.event.listen(engine, "before_cursor_execute", self._fail)

    def _fail(self, connection, *_):
        if self.broken:
            # What the driver itself says when nobody answers.
            gone = connection.dialect.loaded_dbapi.OperationalError("gone")
            raise sa.exc.OperationalError("SELECT", {}, gone, connection_invalidated=True)

    def get(self, path="/"):
        return self.browser.get(path)


def test_our_own_page_when_the_database_is_away(away):
    assert away.get().status_code == 200
    away.broken = True
    with capture_logs() as said:
        for _ in range(5):
            answer = away.get("/topics")
    assert answer.status_code == 503
    pages.check(answer.text)
    assert "We are closed for a moment" in answer.text
    assert "020 7946 0000" in answer.text, "what we knew last: the page itself asks no database"
    assert "send.team@islington.example" in answer.text
    assert answer.headers["Retry-After"]
    assert [line["event"] for line in said if line["event"] != "answered"] == ["it fails"], "said once, not five times"
    away.broken = False
    with capture_logs() as said:
        assert away.get().status_code == away.get().status_code == 200
    (news,) = [line for line in said if line["event"] == "it works again"]
    assert (news["what"], news["failures"]) == ("the database", 5)


def test_whoever_sent_something_just_then_is_told_that_it_may_not_have_arrived(away):
    token = away.get("/sign-in").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    away.broken = True
    answer = away.browser.post("/sign-in", data={"csrf_token": token, "address": "a@example.org"})
    assert answer.status_code == 503
    assert "may not have arrived" in answer.text


def test_a_fault_of_ours_is_not_a_moment(away):
    with away.database.writing() as session:
        session.execute(sa.text("ALTER TABLE topic RENAME TO gone"))
    with capture_logs() as said:
        answer = away.get("/topics")
    assert answer.status_code == 500
    assert "page failed" in [line["event"] for line in said]


def test_the_error_page_needs_no_file_of_the_front_end(away, monkeypatch, tmp_path):
    """A wheel without its front end dropped the connection: the error page looked for the same missing file."""
    assert away.get().status_code == 200
    render._mark.cache_clear()
    monkeypatch.setattr(render, "folder", lambda _name: tmp_path)
    with capture_logs():
        answer = away.get()
    render._mark.cache_clear()
    assert answer.status_code == 500
    pages.check(answer.text)
    assert "tell us this number" in answer.text
    assert "020 7946 0000" in answer.text
    assert "sha256-" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["nowhere/at/all.db", "a folder"])
def test_a_file_that_cannot_be_opened_is_a_database_that_is_away(tmp_path, name):
    (tmp_path / "a folder").mkdir()
    engine = sa.create_engine(f"sqlite:///{tmp_path / name}")
    with pytest.raises(sa.exc.OperationalError) as failed:
        engine.connect()
    assert is_away(failed.value)


def test_a_database_that_does_not_listen_is_away():
    gone = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(sa.exc.OperationalError) as failed, gone.reading() as session:
        session.execute(sa.text("SELECT 1"))
    gone.close()
    assert is_away(failed.value)


def test_a_full_disk_is_a_database_that_is_away_and_a_missing_table_is_not(tmp_path):
    url = sqlite_url(tmp_path)
    migrate(url)
    full = Database(url)
    with full.engine.connect() as connection:
        pages_now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages_now}")
        with pytest.raises(sa.exc.OperationalError) as failed:
            connection.exec_driver_sql("INSERT INTO progress SELECT hex(randomblob(1000000)), 1, 1, '2027-01-01'")
        assert is_away(failed.value)
        connection.rollback()
        with pytest.raises(sa.exc.OperationalError) as wrong:
            connection.exec_driver_sql("SELECT * FROM no_such_table")
        assert not is_away(wrong.value)
    full.close()
