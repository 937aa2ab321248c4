"""What an operator types: refused in one sentence, with exit code 2, where it would be unsafe or means nothing."""

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from pyramid_app.accounts.queries import find_by_address, roles_of
from pyramid_app.base import clock as the_clock
from pyramid_app.base.actor import Role, system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.schema import migrate
from pyramid_app.base.work import working
from pyramid_app.cli import main
from pyramid_app.operating import server_options
from tests.builders import a_member, the_area

SECRET = SecretStr("long enough to be one")


def test_sqlite_is_served_by_one_process():
    assert "--workers=1" in server_options(Settings(database="sqlite:///x.db"), "127.0.0.1", 8000, 4)
    assert "--workers=4" in server_options(Settings(database="postgresql:///x"), "127.0.0.1", 8000, 4)


@pytest.fixture
def area(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'pyramid.db'}"
    monkeypatch.setenv("PYRAMID_DATABASE", url)
    monkeypatch.setenv("PYRAMID_SECRET", SECRET.get_secret_value())
    monkeypatch.setenv("PYRAMID_MAIL", f"files:{tmp_path / 'letters'}")
    monkeypatch.setenv("PYRAMID_KEYS", str(tmp_path / "keys"))
    migrate(url)
    with working(Database(url), system("tests")) as work:
        the_area(work)
        a_member(work)
    return url


def test_a_role_is_given_and_taken(area):
    given = [("officer", {Role.OFFICER}), ("chair", {Role.OFFICER, Role.CHAIR}), ("none", set())]
    for word, expected in (*given, ("link worker", {Role.LINK_WORKER})):
        done = CliRunner().invoke(main, ["people", "role", "Amina@example.org", word])
        assert done.exit_code == 0, done.output
        with Database(area).reading() as session:
            person = find_by_address(session, "amina@example.org")
            assert roles_of(session, person.id, the_clock.now()) == expected


def test_the_last_lead_is_not_taken_by_a_command_either(area):
    for word, code in (("lead", 0), ("none", 2)):
        done = CliRunner().invoke(main, ["people", "role", "amina@example.org", word])
        assert done.exit_code == code
    assert "Make somebody else a lead first." in done.output
    with Database(area).reading() as session:
        person = find_by_address(session, "amina@example.org")
        assert roles_of(session, person.id, the_clock.now()) == {Role.LEAD}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["people", "role", "nobody@example.org", "lead"], "Nobody here has the address"),
        (["jobs", "run", "nonsense"], "There is no job"),
    ],
)
def test_what_means_nothing_is_one_sentence_and_exit_two(area, words, sentence):
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_jobs_are_listed_and_run_by_name(area):
    listed = CliRunner().invoke(main, ["jobs", "list"])
    assert {"send letters", "invite", "count", "late words", "chain the log"} <= {
        line.partition("  ")[0] for line in listed.output.splitlines()
    }
    done = CliRunner().invoke(main, ["jobs", "run", "chain the log"])
    assert (done.exit_code, done.output.strip().endswith("done")) == (0, True)
