"""What is refused before a page is served or a job is run: one sentence, exit code 2, and nothing left behind."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from click.testing import CliRunner
from pydantic import SecretStr

from pyramid_app.app import create_app, office
from pyramid_app.base.actor import system
from pyramid_app.base.config import Settings, refuse_unsafe
from pyramid_app.base.db import Database
from pyramid_app.base.ledger.leader import lock_of
from pyramid_app.base.schema import alembic_config, migrate
from pyramid_app.base.web import render
from pyramid_app.base.work import working
from pyramid_app.cli import main
from pyramid_app.starting import check_port, check_scheduling, check_serving
from tests.builders import the_area
from tests.support import postgres
from tests.support.databases import copy_of, sqlite_url
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SECRET = SecretStr("long enough to be one")
OLDER = str(next(ScriptDirectory.from_config(alembic_config()).walk_revisions()).down_revision)
MAIL = {"secret": SECRET, "mail": "smtp://localhost"}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder in which an operator stands, with settings for a trial on this machine."""
    given = {
        "DATABASE": sqlite_url(tmp_path),
        "SECRET": SECRET.get_secret_value(),
        "ADDRESS": "http://127.0.0.1:8000",
        "MAIL": f"files:{tmp_path / 'letters'}",
        "KEYS": str(tmp_path / "keys"),
        "FILES": str(tmp_path / "files"),
    }
    for name, value in given.items():
        monkeypatch.setenv(f"PYRAMID_{name}", value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def began_area(place, sqlite_bare):
    """The same, with an area in it."""
    copy_of(sqlite_bare, place)
    database = Database(sqlite_url(place))
    with working(database, system("tests")) as work:
        the_area(work)
    database.close()
    return place


def refused(*words):
    """The one sentence with which this command ends."""
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    assert done.output.count("\n") == 1, done.output
    return done.output


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"address": "https://pyramid.example.org", "proxies": 1},
        {"address": "https://pyramid.example.org", "proxies": 0},
        {"address": "http://192.0.2.1:8000"},
        {"address": "http://127.0.0.1:8000", "proxies": 1},
        {"address": "http://127.0.0.1.example.org"},
    ],
)
def test_letters_in_a_folder_are_for_this_machine_only_whatever_door_is_opened(tmp_path, elsewhere):
    settings = Settings(secret=SECRET, mail=f"files:{tmp_path}", database=sqlite_url(tmp_path), **elsewhere)
    for door in (create_app, office, refuse_unsafe, check_scheduling, lambda given: check_serving(given, "::1", 0)):
        with pytest.raises(ValueError, match="shows every letter to every visitor"):
            door(settings)


@pytest.mark.parametrize("host", ["192.0.2.1", "::"])
def test_they_are_not_served_to_other_machines_either(host):
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        check_serving(Settings(secret=SECRET, mail="files:letters"), host, 0)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**MAIL, "secret": SecretStr("short"), "address": "http://localhost"}, "PYRAMID_SECRET must be at least 16"),
        ({"secret": SECRET, "address": "http://localhost"}, "PYRAMID_MAIL is not set"),
        (MAIL, "PYRAMID_ADDRESS is not set"),
        ({**MAIL, "address": "https://pyramid.example.org"}, "PYRAMID_PROXIES is not set"),
    ],
)
def test_what_would_leave_an_area_open_or_mute_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        create_app(Settings(**given))


def test_no_proxy_before_https_has_to_be_said():
    for hops in (0, 1):
        refuse_unsafe(Settings(**MAIL, address="https://pyramid.example.org", proxies=hops))


@pytest.mark.parametrize(
    "address",
    ["pyramid.example.org", "ftp://pyramid.example.org", "https://", "https://pyramid.example.org/pyramid", "//x",
     "https://lea:word@pyramid.example.org", "https://pyramid.example.org?x=1", "https://[x", "http://x:0", ""],
)  # fmt: skip
def test_an_address_is_whole_or_refused(monkeypatch, address):
    monkeypatch.setenv("PYRAMID_ADDRESS", address)
    assert "PYRAMID_ADDRESS must be the whole public address" in refused("jobs", "list")


def test_a_letter_with_a_code_is_not_shown_to_whoever_comes_over_a_network(browser):
    assert browser.get("/demo/letters").status == 200
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert browser.client.get("/demo/letters", headers={header: "192.0.2.1"}).status_code == 404
    over = {"REMOTE_ADDR": "192.0.2.1"}
    assert browser.client.get("/demo/letters", environ_overrides=over).status_code == 404


def test_without_the_front_end_there_is_no_application(settings, monkeypatch):
    monkeypatch.setattr(render, "FRONT_END", "vendor/nothing.txt")
    with pytest.raises(ValueError, match="front-end files are missing"):
        create_app(settings)


def test_gunicorn_started_by_hand_says_the_sentence_and_ends(began_area, monkeypatch):
    monkeypatch.setenv("PYRAMID_ADDRESS", "https://pyramid.example.org")
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "pyramid_app.app:serving()", "-b", "127.0.0.1:0", "--no-control-socket"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 4
    assert "shows every letter to every visitor" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", [["serve"], ["scheduler"], ["jobs", "list"], ["people", "role", "lea@example.org", "lead"]]
)
def test_a_slip_in_a_path_is_no_new_area(place, monkeypatch, words):
    monkeypatch.setenv("PYRAMID_DATABASE", f"sqlite:///{place}/typo/pyramid.db")
    assert "is PYRAMID_DATABASE right?" in refused(*words)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("words", [["serve"], ["scheduler"]])
def test_before_setup_nothing_is_served(place, sqlite_bare, words):
    Path(place / "pyramid.db").touch()
    assert "No area is set up in this database yet. To begin an area, run pyramid-app setup." in refused(*words)
    copy_of(sqlite_bare, place)
    assert "No area is set up in this database yet." in refused(*words)


@pytest.mark.parametrize("words", [["serve"], ["scheduler"], ["jobs", "list"]])
@pytest.mark.parametrize(("version", "said"), [(OLDER, "run pyramid-app db upgrade"), ("9999", "newer than this")])
def test_a_database_of_another_version_is_not_served(began_area, words, version, said):
    database = Database(sqlite_url(began_area))
    with database.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    database.close()
    assert said in refused(*words)


def test_a_newer_database_is_left_alone_by_an_upgrade(began_area):
    database = Database(sqlite_url(began_area))
    with database.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    assert "newer than this program" in refused("db", "upgrade")


def test_an_upgrade_says_what_it_did(place):
    first = CliRunner().invoke(main, ["db", "upgrade"])
    again = CliRunner().invoke(main, ["db", "upgrade"])
    assert first.output == (
        f"The tables are made in {place / 'pyramid.db'}. To begin an area, run pyramid-app setup.\n"
    )
    assert again.output == "The database has this version already.\n"


@pytest.mark.parametrize("words", [["serve"], ["scheduler"]])
def test_folders_that_cannot_be_written_are_refused(began_area, monkeypatch, words):
    (began_area / "file").touch()
    monkeypatch.setenv("PYRAMID_FILES", str(began_area / "file" / "files"))
    assert "(PYRAMID_FILES)" in refused(*words)
    monkeypatch.setenv("PYRAMID_FILES", str(began_area / "files"))
    monkeypatch.setenv("PYRAMID_KEYS", "/proc/keys")
    if words == ["scheduler"]:
        assert "Nothing can be written to /proc/keys (PYRAMID_KEYS)" in refused(*words)


def test_a_port_in_use_is_said(began_area):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} is in use" in refused("serve", "--port", str(port))
    check_port("127.0.0.1", free_port())
    with pytest.raises(ValueError, match="Pages can't be served on 192"):
        check_port("192.0.2.1", free_port())


BROKEN = [
    ("sqlite:////proc/nowhere/pyramid.db", ["db", "upgrade"], "/proc/nowhere"),
    ("sqlite:///{place}", ["db", "upgrade"], "is not a file"),
    ("sqlite:///{place}/text.db", ["serve"], "file is not a database"),
    ("postgresql://pyramid:word@127.0.0.1:1/pyramid", ["serve"], "onnection refused"),
    ("postgresql://pyramid:word@127.0.0.1:1/pyramid", ["db", "upgrade"], "onnection refused"),
    ("postgresql://pyramid:word@127.0.0.1:1/pyramid", ["people", "role", "lea@example.org", "lead"], "refused"),
    ("postgresql://pyramid:word@nowhere.invalid/pyramid", ["db", "upgrade"], ""),
    ("mysql://db/pyramid", ["jobs", "list"], "must be sqlite"),
]


@pytest.mark.parametrize(("url", "words", "said"), BROKEN)
def test_a_database_that_cannot_be_used_is_one_sentence(place, monkeypatch, url, words, said):
    (place / "text.db").write_text("Not a database, but words for more than a hundred signs. " * 20)
    monkeypatch.setenv("PYRAMID_DATABASE", url.format(place=place))
    told = refused(*words)
    assert said in told
    assert "word" not in told.replace("password", "")


@pytest.mark.postgres
def test_so_is_a_database_that_a_server_does_not_have(place, monkeypatch, postgres_server):
    missing = sa.make_url(postgres_server).set(database="nobodys").render_as_string(hide_password=False)
    monkeypatch.setenv("PYRAMID_DATABASE", missing)
    for words in (["serve"], ["db", "upgrade"], ["jobs", "list"]):
        assert 'database "nobodys" does not exist' in refused(*words)


@pytest.mark.postgres
def test_an_empty_database_on_a_server_has_no_area_yet(place, monkeypatch, postgres_server):
    monkeypatch.setenv("PYRAMID_DATABASE", postgres.fresh_database(postgres_server))
    assert "No area is set up" in refused("serve")
    assert CliRunner().invoke(main, ["db", "upgrade"]).output.startswith("The tables are made.")


def test_nobody_else_on_the_machine_can_read_the_database_or_what_lies_beside_it(tmp_path):
    url = sqlite_url(tmp_path / "made" / "here")
    before = os.umask(0)
    try:
        migrate(url)
        database, lock = Database(url), lock_of(url)
        with database.writing() as session:
            session.execute(sa.text("UPDATE alembic_version SET version_num = version_num"))
            session.flush()
            assert lock.take()
            found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "made" / "here").iterdir()}
    finally:
        os.umask(before)
    lock.let_go()
    database.close()
    assert found == dict.fromkeys((f"pyramid.db{end}" for end in ("", "-wal", "-shm", ".lock", ".leader")), 0o600)
    assert stat.S_IMODE((tmp_path / "made" / "here").stat().st_mode) == 0o700


def test_what_everybody_could_read_is_closed_by_an_upgrade(tmp_path, sqlite_bare):
    url = copy_of(sqlite_bare, tmp_path)
    (tmp_path / "pyramid.db").chmod(0o644)
    migrate(url)
    assert stat.S_IMODE((tmp_path / "pyramid.db").stat().st_mode) == 0o600
