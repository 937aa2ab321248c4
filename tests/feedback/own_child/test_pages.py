"""No page but the desk's and the author's own ever holds a word about one child, whoever looks."""

import re

import pytest

from pyramid_app.feedback.filing import service as filing
from pyramid_app.participation import service as participation
from tests.builders import a_member, acting_as
from tests.feedback.own_child.conftest import PHONE, tell_and_pass_on
from tests.support.statements import counting

CANARY = "Canarychild"


@pytest.fixture
def told(act, handed, team, topic, post, clock):
    """Handed over, counted in a topic, its letters sent."""
    with act(team) as work:
        filing.file_voice(work, handed[0].id, topic.id, cleared=CANARY)
    post.deliver()
    return handed[0]


def paths(app, voice, topic):
    """Every page that a browser can open here, with the references of this town."""
    known = {"ref": None, "number": "9", "edition": "1", "step": "words"}
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in {"static", "accounts.link"}:
            continue
        ref = voice.ref if "voices" in rule.rule or rule.rule.startswith("/feedback") else topic.ref
        fill = {**known, "ref": ref}
        yield re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found, fill=fill: fill.get(found[1]) or "1", rule.rule)


@pytest.mark.parametrize("who", ["visitor", "member", "representative", "author", "officer"])
def test_only_the_desk_and_her_own_pages_show_it(app, act, browser, amina, sam, told, topic, who):
    with act() as work:
        bea = a_member(work, "bea@example.org", name="Bea")
        rosa = a_member(work, "rosa@example.org", name="Rosa")
        participation.join(work, rosa.id, "group")
    person = {"member": bea, "representative": rosa, "author": amina, "officer": sam}.get(who)
    if person:
        browser.sign_in(person, staff=who == "officer")
    shown, opened = set(), 0
    for path in paths(app, told, topic):
        answer = browser.client.get(path)
        opened += answer.status_code == 200
        # Some of them are papers, not text.
        said = answer.get_data().decode(errors="replace")
        if CANARY in said or PHONE in said:
            shown.add(path)
    desk = {f"/desk/voices/{told.ref}", f"/desk/topics/{topic.ref}", f"/desk/voices/{told.ref}/hold"}
    assert opened > 10
    assert shown <= {"visitor": set(), "member": set(), "representative": set(), "author": {"/", "/me"}}.get(who, desk)
    assert bool(shown) == (who in {"author", "officer"})


def test_pages_ask_the_database_as_often_for_ten_as_for_one(act, browser, new_browser, amina, sam, places):
    def one_more():
        with act(acting_as(amina)) as work:
            tell_and_pass_on(work, amina)

    one_more()
    mine, desk = browser.sign_in(amina), new_browser().sign_in(sam, staff=True)
    with counting() as few:
        mine.get("/me")
        desk.get("/desk")
    for _ in range(9):
        one_more()
    with counting() as many:
        mine.get("/me")
        desk.get("/desk")
    assert len(many) == len(few)
