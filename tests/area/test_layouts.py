"""The frame around every page, and the small parts that pages share."""

from datetime import date

import pytest

from pyramid_app.area import service
from pyramid_app.base.web.forms import DayField, Form
from pyramid_app.topics.rules import State
from tests.builders import a_member, an_officer, the_area
from tests.support import pages

FAMILY = ["Tell us", "Questions", "What happened", "Our promises", "Your reps"]
DESK = ["Desk", "Questions", "Topics", "What happened", "Promises"]


@pytest.fixture(autouse=True)
def area(act):
    with act() as work:
        the_area(work)


def menu(browser):
    nav = next(nav for nav in browser.tree.iter("nav") if nav.get("class") == "app-menu")
    return {pages.words(link): link.get("aria-current") for link in nav.iter("a")}


def part(app, source, **values):
    with app.test_request_context("/reps"):
        return " ".join(app.jinja_env.from_string(source).render(**values).split())


def test_families_have_five_entries_and_see_where_they_are(browser):
    browser.get("/reps")
    assert list(menu(browser)) == FAMILY
    assert [words for words, here in menu(browser).items() if here] == ["Your reps"]


@pytest.mark.parametrize(("leads", "more"), [(False, ["People"]), (True, ["People", "Set-up"])])
def test_staff_have_seven_at_the_most(browser, act, leads, more):
    with act() as work:
        someone = an_officer(work, lead=leads)
    browser.sign_in(someone, staff=True).get("/me/letters")
    assert list(menu(browser)) == DESK + more


def test_two_hats_and_a_banner_that_says_which_is_on(browser, act):
    with act() as work:
        officer = an_officer(work)
    browser.sign_in(officer).get("/me/letters")
    assert "You are here as a family." in browser.text
    assert list(menu(browser)) == FAMILY
    browser.press("Be here as staff")
    assert browser.get("/me/letters").text.count("You are here as staff.") == 1
    browser.press("Be here as a family")
    assert list(menu(browser)) == FAMILY


def test_members_have_one_hat(browser, act):
    with act() as work:
        member = a_member(work)
    browser.sign_in(member).get("/me/letters")
    assert "You are here" not in browser.text
    assert browser.press("Sign out").get("/me/letters").path == "/sign-in"


def test_htmx_gets_the_named_blocks_of_the_same_template(browser):
    whole = browser.client.get("/join").text
    block = browser.client.get("/join", headers={"HX-Request": "true"}).text
    assert "<html" in whole
    assert block.strip().startswith("<h1")
    assert block.strip() in whole


def test_a_refusal_has_a_way_on(browser):
    browser.get("/nowhere")
    assert browser.status == 404
    assert browser.link("Tell us something") == "/feedback/new"
    assert "You can also ring us: 020 7946 0000." in browser.text


def test_a_sample_area_says_so(browser, act):
    assert "Nothing here is real." not in browser.get("/reps").text
    with act() as work:
        service.change_settings(work, {"sample": True}, "a sample")
    assert "Sample area Nothing here is real." in browser.get("/reps").text


@pytest.mark.parametrize(
    ("state", "here", "words"),
    [
        (State.HEARD, "Heard", 4),
        (State.WORKING, "Working on it", 4),
        (State.DONE, "Done", 4),
        (State.CANT, "We can't", 3),
        (State.NOT_OURS, "Passed on", 3),
    ],
)
def test_the_places_on_the_way_are_words(app, state, here, words):
    html = part(app, '{% from "components/status.html" import dots %}{{ dots(state) }}', state=state)
    tree = pages.parse(f"<!doctype html><title>x</title>{html}")
    steps = list(tree.iter("li"))
    assert len(steps) == words
    assert [pages.words(step) for step in steps if step.get("aria-current") == "step"] == [here]


class Dated(Form):
    on = DayField("On which day?")


DATED = (
    '{% from "components/dates.html" import day_field %}{% from "components/errors.html" import errors %}'
    '{{ errors(form) }}{{ day_field(form.on, hint="Like 27 3 2027") }}'
)


@pytest.mark.parametrize(
    ("typed", "means"), [(("1", "3", "2027"), date(2027, 3, 1)), (("31", "2", "2027"), None), (("", "", ""), None)]
)
def test_a_day_is_three_boxes_that_keep_what_was_typed(app, typed, means):
    data = dict(zip(("on-day", "on-month", "on-year"), typed, strict=True))
    with app.test_request_context("/reps", method="POST", data=data):
        form = Dated(meta={"csrf": False})
        wrong = not form.validate()
        html = app.jinja_env.from_string(DATED).render(form=form)
    assert form.on.data == means
    assert wrong is (typed[0] == "31")
    assert [f'value="{box}"' in html for box in typed] == [True] * 3
    assert ('href="#on-day"' in html) is wrong
    assert ('aria-describedby="on-hint on-error"' in html) is wrong


def test_paging_keeps_the_other_arguments(app):
    source = '{% from "components/paging.html" import paging %}{{ paging(2, 3, "participation.reps", order="new") }}'
    html = part(app, source)
    assert 'href="/reps?page=1&amp;order=new"' in html
    assert "Page 2 of 3" in html
    assert part(app, source.replace("2, 3", "1, 1")) == ""
