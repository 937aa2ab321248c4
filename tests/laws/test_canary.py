"""Whatever goes wrong: no line of the log holds what somebody typed, each is JSON, each of a request has its number.

Every route that takes a form fails, by an exception that quotes the form; and the commonest acts fail in the database
itself, which would quote the row.
"""

import json
import logging
import re
import warnings

import pytest
import sqlalchemy as sa
import structlog
from flask import request
from pydantic import BaseModel, ValidationError

from pyramid_app.app import create_app
from pyramid_app.area import service as area
from pyramid_app.base import logs
from pyramid_app.base.db import Row
from pyramid_app.base.outbox.models import Letter
from tests.builders import a_member, an_officer, the_area
from tests.laws.test_routes import path_of, rules
from tests.support.browser import Browser

CANARY = "canaryword"
MAIL = "canary@example.org"


@pytest.fixture
def said(capsys):
    """What a process writes to its log, from every library, too."""
    logs.configure()
    yield capsys
    structlog.reset_defaults()
    libraries = logging.getLogger()
    for one in [one for one in libraries.handlers if isinstance(one, logs.Lines)]:
        libraries.removeHandler(one)


@pytest.fixture
def broken_app(settings, database, clock, said):
    """As in production: what goes wrong becomes a page and a line in the log."""
    app = create_app(settings, database)
    app.testing = False
    return app


def lines(said):
    written = said.readouterr().err
    assert CANARY not in written
    assert MAIL not in written
    return [json.loads(line) for line in written.splitlines()]


def failing():
    raise ValueError(f"{request.form} {request.full_path} {request.data!r} {request.view_args}")


def test_no_route_that_fails_tells_the_log_what_was_typed(broken_app, said, act):
    with act() as work:
        the_area(work)
        lead = an_officer(work, lead=True)
    browser = Browser(broken_app).sign_in(lead, staff=True)
    token, posts = browser.csrf(), rules(broken_app, "POST")
    for rule in posts:
        view = broken_app.view_functions[rule.endpoint]
        broken_app.view_functions[rule.endpoint] = _as(view, lambda **_: failing())
    for rule in posts:
        typed = {"csrf_token": token, "words": f"The {CANARY} of a family", "address": MAIL, CANARY: "y"}
        answer = browser.client.post(f"{path_of(rule)}?q={CANARY}", data=typed)
        assert answer.status_code == 500, rule.rule
        assert CANARY not in answer.text
    failed = [line for line in lines(said) if line["event"] == "page failed"]
    assert len(failed) == len(posts) > 100
    assert {line["exception"][0]["type"] for line in failed} == {"ValueError"}
    assert all(any("test_canary.py" in place for place in line["exception"][0]["at"]) for line in failed)


def _as(view, failing_view):
    for name, value in vars(view).items():
        setattr(failing_view, name, value)
    return failing_view


def test_the_number_on_the_page_is_that_of_every_line_of_its_request(broken_app, said, act):
    with act() as work:
        the_area(work)
        area.change_settings(work, {"reply_to": "send.team@islington.example"}, "for tests")
    broken_app.view_functions["pages.privacy"] = _as(broken_app.view_functions["pages.privacy"], failing)
    browser = Browser(broken_app).get("/privacy")
    assert browser.status == 500
    number = re.search(r"tell us this number: (\d{3}-\d{3}-\d{3})", browser.text)[1]
    assert "send.team@islington.example" in browser.text
    assert "020 7946 0000" in browser.text
    assert [line["event"] for line in lines(said) if line.get("ask") == number] == ["page failed", "answered"]
    assert number not in Browser(broken_app).get("/privacy").text, "each request has its own"


# What the database itself refuses, and would quote -----------------------------------------------------------------


@pytest.fixture
def refusing(database, broken_app, act):
    """A database whose tables refuse every new row, and say which one it was."""
    with act() as work:
        the_area(work)
        a_member(work, MAIL)
        if work.session.get_bind().dialect.name == "postgresql":
            work.session.execute(sa.text(
                "CREATE FUNCTION refuse_all() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'no room for %', NEW; END $$"
            ))  # fmt: skip
        for name in ("voice", "voice_text", "letter", "one_time_code", "person"):
            work.session.execute(sa.text(_refuses(work.session.get_bind().dialect.name, name)))
    return broken_app


def _refuses(engine, table):
    if engine == "postgresql":
        return f'CREATE TRIGGER refuse_all BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_all()'
    return f'CREATE TRIGGER "refuse_all_{table}" BEFORE INSERT ON "{table}" BEGIN SELECT RAISE(ABORT, \'refused\'); END'


def test_nor_does_what_the_database_says_of_the_row_it_refused(refusing, said):
    browser = Browser(refusing)
    typed = {"words": f"The {CANARY} of a family", "address": MAIL, "name": CANARY, "speaker": "parent carer"}
    for path in ("/sign-in", "/feedback/new", "/join"):
        browser.get(path)
        browser.post(path, typed)
    failed = [line for line in lines(said) if line["event"] == "page failed"]
    assert failed, "nothing failed: this test looks at nothing"
    assert all(line["ask"] for line in failed)


# Models and libraries -------------------------------------------------------------------------------------------------


def models(base=BaseModel):
    for one in base.__subclasses__():
        yield from models(one)
        if one.__module__.startswith("pyramid_app."):
            yield one


def test_no_model_of_ours_quotes_what_it_refuses():
    found = set(models())
    assert len(found) > 50
    assert [one.__name__ for one in found if not one.model_config.get("hide_input_in_errors")] == []
    assert Row.model_config["hide_input_in_errors"]
    with pytest.raises(ValidationError) as refused:
        Letter.model_validate({"kind": CANARY * 20})
    assert CANARY not in str(refused.value)


def test_what_libraries_say_is_json_without_what_they_were_given(said):
    server, other = logging.getLogger("gunicorn.error"), logging.getLogger("some.library")
    server.setLevel(logging.INFO)
    server.info("Listening at: %s (%s)", "http://127.0.0.1:8000", 7)
    server.error("Error handling request %s", f"/p/{CANARY}")
    server.warning(f"Invalid request from ip=203.0.113.9: {CANARY}")
    other.warning("cannot read %s", CANARY)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logs.configure()
        warnings.warn(CANARY, stacklevel=1)
    found = lines(said)
    assert [line["event"] for line in found] == [
        "Listening at: http://127.0.0.1:8000 (7)", "Error handling request %s", "Invalid request from ip",
        "cannot read %s", "python warns",
    ]  # fmt: skip
    assert {line["level"] for line in found} == {"info", "error", "warning"}


def test_an_exception_and_its_causes_are_told_without_words(said):
    try:
        try:
            int(CANARY)
        except ValueError as wrong:
            raise KeyError(CANARY) from wrong
    except KeyError:
        structlog.get_logger().exception("it fails")
    (line,) = lines(said)
    assert [one["type"] for one in line["exception"]] == ["KeyError", "ValueError"]
    assert all("test_canary.py" in one["at"][-1] for one in line["exception"])


def test_a_recursion_without_end_is_some_lines_long(said):
    def again():
        again()

    try:
        again()
    except RecursionError:
        structlog.get_logger().exception("it fails")
    assert len(lines(said)[0]["exception"][0]["at"]) <= logs.MOST_PLACES + 1
