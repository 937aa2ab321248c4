"""Laws of every route: a declared audience, no write by GET, CSRF everywhere, the same headers on every answer."""

import re

import pytest
import sqlalchemy as sa

from pyramid_app.accounts import service as accounts
from pyramid_app.app import create_app
from pyramid_app.base.actor import Role
from pyramid_app.base.web.guard import Audience, declared, keyless
from tests.builders import a_member, an_officer, the_area

SAMPLES = {
    "uuid": "00000000-0000-0000-0000-000000000000",
    "int": "1",
    "string": "nothing",
    "any": "csv",  # every choice of files
    "path": "nothing",
}


def rules(app, method):
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static"]


def path_of(rule):
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda found: SAMPLES[found[1] or "string"], rule.rule)


def test_every_route_says_for_whom_it_is(app):
    undeclared = [rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) is None]
    assert undeclared == []


def test_an_undeclared_route_cannot_be_served(settings, database):
    app = create_app(settings, database)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = app.test_client().get("/forgotten")
    assert answer.status_code == 500
    assert b"secret" not in answer.data


@pytest.mark.parametrize("who", ["visitor", "member", "lead"])
def test_a_get_never_writes(app, browser, act, database, who):
    with act() as work:
        the_area(work)
        member, lead = a_member(work), an_officer(work, lead=True)
    if who != "visitor":
        browser.sign_in(member if who == "member" else lead, staff=who == "lead")
    written = []

    def watch(_connection, _cursor, statement, *_rest):
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", statement, re.IGNORECASE):
            written.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", watch)
    try:
        for rule in rules(app, "GET"):
            answer = browser.client.get(path_of(rule))
            assert answer.status_code < 500 or rule.rule == "/healthz", f"{rule.rule}: {answer.status_code}"
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", watch)
    assert written == []


def test_no_post_is_taken_without_a_csrf_token(app, browser, act):
    with act() as work:
        the_area(work)
        lead = an_officer(work, lead=True)
    browser.sign_in(lead, staff=True)
    for rule in rules(app, "POST"):
        if app.view_functions[rule.endpoint] in keyless(app):
            continue
        answer = browser.client.post(path_of(rule), data={"csrf_token": "made up"})
        assert answer.status_code == 403, f"{rule.rule} answered {answer.status_code}"


def test_a_form_behind_a_secret_link_can_be_sent_over_https(settings, database, act):
    """Such a page sends no referrer, and nobody may ask for one."""
    with act() as work:
        the_area(work)
    browser = create_app(
        settings.model_copy(update={"address": "https://localhost", "proxies": 0}), database
    ).test_client()
    page = browser.get("/sign-in", base_url="https://localhost").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = browser.post("/p/nothing", data={"csrf_token": token}, base_url="https://localhost")
    assert answer.status_code == 404, "the form is taken, and the link opens nothing"


def test_only_one_click_needs_no_csrf_token(app):
    """RFC 8058: a mail program posts to the address in a letter. The address is the secret that allows it."""
    assert [view.__name__ for view in keyless(app)] == ["stop"]
    assert app.test_client().post("/stop/nothing", data={"List-Unsubscribe": "One-Click"}).status_code == 404


def test_members_see_no_door_where_officers_enter(app, browser, act):
    with act() as work:
        the_area(work)
        member = a_member(work)
    browser.sign_in(member)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if declared(app, rule.endpoint) not in {Audience.ANYONE, Audience.SIGNED_IN}:
                token = {"csrf_token": browser.csrf()}
                answer = browser.client.open(path_of(rule), method=method, data=token if method == "POST" else None)
                assert answer.status_code == 404, f"{method} {rule.rule} answered {answer.status_code}"


def test_a_link_worker_and_a_chair_see_no_other_door_of_the_desk(app, act, new_browser):
    with act() as work:
        the_area(work)
        link_worker, chair = a_member(work), a_member(work, "rosa@example.org", name="Rosa")
        accounts.give_role(work, link_worker.id, Role.LINK_WORKER)
        accounts.give_role(work, chair.id, Role.CHAIR)
    desk = {Audience.OFFICER, Audience.LEAD}
    for person, closed in ((link_worker, desk), (chair, desk | {Audience.LINK_WORKER})):
        browser = new_browser().sign_in(person, staff=True)
        for rule in rules(app, "GET"):
            if declared(app, rule.endpoint) in closed:
                assert browser.client.get(path_of(rule)).status_code == 404, rule.rule


def test_strangers_are_asked_to_sign_in_and_never_inside_a_fragment(app, browser, act):
    with act() as work:
        the_area(work)
    for rule in rules(app, "GET"):
        if declared(app, rule.endpoint) is Audience.ANYONE:
            continue
        plain = browser.client.get(path_of(rule))
        assert plain.location.startswith("/sign-in"), rule.rule
        fragment = browser.client.get(path_of(rule), headers={"HX-Request": "true"})
        assert (fragment.status_code, fragment.data) == (200, b"")
        assert fragment.headers["HX-Redirect"].startswith("/sign-in")


def test_every_answer_carries_the_security_headers(app, browser, act):
    with act() as work:
        the_area(work)
    for rule in rules(app, "GET"):
        answer = browser.client.get(path_of(rule))
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if "<token>" in rule.rule or "<poll_pass>" in rule.rule or rule.rule.startswith("/p/"):
            assert answer.headers["Referrer-Policy"] == "no-referrer", rule.rule


@pytest.mark.parametrize("address", ["http://localhost", "https://localhost"])
def test_static_files_carry_them_too(settings, database, address):
    client = create_app(settings.model_copy(update={"address": address, "proxies": 0}), database).test_client()
    answer = client.get("/static/icon.svg")
    answer.close()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ("Strict-Transport-Security" in answer.headers) is address.startswith("https")


def test_a_fault_shows_no_trace_and_a_way_on(settings, database, act):
    from pyramid_app.base.web.guard import anyone

    with act() as work:
        the_area(work)
    app = create_app(settings, database)

    @anyone
    def fault():
        raise RuntimeError("inside words")

    app.add_url_rule("/fault", "fault", fault)
    answer = app.test_client().get("/fault")
    assert answer.status_code == 500
    assert b"inside words" not in answer.data
    assert b"Traceback" not in answer.data
    assert b"Sorry" in answer.data
