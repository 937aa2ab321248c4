"""Reading the charter: every edition, what changed, on paper and as data."""

import json
from datetime import date, timedelta

import pytest

from pyramid_app.charter import queries
from pyramid_app.charter.editions import service
from pyramid_app.charter.editions.importing import check
from pyramid_app.charter.editions.markdown import read
from pyramid_app.charter.models import Successor
from pyramid_app.charter.rules import digest
from pyramid_app.partners import queries as partners
from tests.builders import the_area
from tests.charter.editions.builders import LATE, LONG_LATE, two_editions
from tests.support import pdf
from tests.support.statements import counting


@pytest.fixture
def two(act, clock):
    with act() as work:
        the_area(work)
        return two_editions(work)


def test_an_edition_says_who_makes_each_promise_and_who_does_not(browser, two):
    browser.get("/charter/editions/1")
    for said in (
        "This is an older edition. It stays here as it was.",
        "Made by: The council, Schools and colleges.",
        "Promised by The council on this condition: we get two more drivers.",
        "Asked for by parents, not agreed by The NHS, because: there are too few therapists.",
        "Schools and colleges has not said whether it can keep this.",
        "We ask that you: tell us when something changes.",
        "How we will know: We count.",
        "By when: from April",
        "Looked after by: Head of SEND",
        "Nobody yet. When a partner signs, it stands here with the day.",
    ):
        assert said in browser.text, said
    browser.follow("What we promise now")
    assert browser.path == "/charter"
    assert LONG_LATE in browser.text
    assert "older edition" not in browser.text


def test_what_changed_is_shown_between_any_two_editions(browser, two):
    browser.get("/charter").follow("What changed since edition 1")
    assert browser.path == "/charter/editions/2/since/1"
    assert "Promises that are new: 1. Changed: 1. Taken out: 1." in browser.text
    assert "We added: “ten working days”" in browser.text
    assert "Removed: April" in browser.text
    assert "Removed: We listen End. Added: On time End." in browser.text, "it stands under another principle"
    assert "Letters are short." in browser.text
    assert "Therapy starts within a term." in browser.text
    assert "Added: , twice" in browser.text
    assert browser.get("/charter/editions/1/since/2").path == "/charter/editions/2/since/1", "either order"
    assert "This is the same edition twice." in browser.get("/charter/editions/2/since/2").text
    for path in ("3/since/1", "2/since/3", "0/since/1", "1/since/99999999999999999999"):
        assert browser.get(f"/charter/editions/{path}").status == 404, path
    assert browser.get("/charter/editions/99999999999999999999999").status == 404


def test_two_editions_that_say_the_same_are_said_to(browser, act, two):
    with act() as work:
        _old, new, _numbers = two
        charter = queries.get_charter(work.session, new.number)
        service.publish_edition(
            work, new.introduction, {one.number: service.Worded(one.words) for one in charter.promises}
        )
    assert "No promise changed." in browser.get("/charter/editions/3/since/2").text


def test_a_promise_tells_what_it_said_before_and_where_it_went(browser, act, two):
    _old, _new, numbers = two
    browser.get(f"/charter/commitments/{numbers[0]}")
    assert "What it said before" in browser.text
    assert "From edition 1 to edition 2" in browser.text
    assert "Added: ten working days" in browser.text
    with act() as work:
        work.session.add(Successor(commitment=numbers[1], successor=numbers[0]))
        work.session.add(Successor(commitment=numbers[1], successor=numbers[3]))
    browser.get(f"/charter/commitments/{numbers[1]}")
    assert "This promise is in no edition now. It was in edition 1. It went into: promise" in browser.text
    browser.follow(f"promise {numbers[3]}")
    assert "Letters are short." in browser.text
    assert "no edition now" not in browser.text
    assert browser.get("/charter/commitments/99999999999999999999").status == 404


def test_a_twin_of_older_words_says_so(browser, act, two):
    browser.get("/charter").follow("Easy Read")
    assert "We tell you early." in browser.text
    assert "This Easy Read is of older words." in browser.text
    assert "In the charter: " + LONG_LATE in browser.text
    assert "Not yet in Easy Read." in browser.text
    browser.get("/charter?language=xx")
    assert "older words" not in browser.text
    browser.get(f"/charter/commitments/{two[2][0]}")
    assert "This Easy Read is of older words." in browser.text


def test_the_paper_is_tagged_and_says_the_same(browser, two):
    answer = browser.client.get("/charter/editions/1.pdf")
    assert answer.mimetype == "application/pdf"
    said = pdf.text(answer.data)
    places = [said.index(words) for words in (
        "Our promises to families in Testborough", "We listen", f"{two[2][0]} {LATE}", "Made by: The council",
        "not agreed by The NHS", "We ask that you: tell us",
    )]  # fmt: skip
    assert places == sorted(places)
    kinds = [kind for kind, _ in pdf.tags(answer.data)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 1
    assert browser.client.get("/charter.pdf").status_code == 200


def test_the_data_has_the_exact_text_with_its_fingerprint(browser, act, two):
    with act() as work:
        service.sign(work, 2, "council", "Director", date(2027, 3, 1))
    found = json.loads(browser.client.get("/charter.json").data)
    assert (found["edition"], found["sample"], found["area"]) == (2, False, "Testborough")
    assert found["signatures"] == [
        {"partner": "council", "name": "The council", "role": "Director", "signed_on": "2027-03-01"}
    ]
    promises = {one["number"]: one for one in found["promises"]}
    assert {number: one["kind"] for number, one in promises.items()} == {1: "promise", 3: "we ask", 4: "promise"}
    assert all(digest(one["exact_text"]) == one["sha256"] for one in found["promises"])
    twin = promises[1]["twins"][0]
    assert (twin["language"], twin["of_older_words"]) == ("easy", True)
    assert twin["of_sha256"] != promises[1]["sha256"]
    old = json.loads(browser.client.get("/charter/editions/1.json").data)
    assert [one["kind"] for one in old["promises"]] == ["promise", "promise", "we ask"]
    assert old["promises"][0]["sha256"] == twin["of_sha256"]
    assert old["promises"][1]["makers"][1] == {
        "partner": "nhs", "name": "The NHS", "says": "cannot", "condition": "there are too few therapists.",
    }  # fmt: skip


def test_the_markdown_brings_the_same_words_back(browser, act, two):
    said = browser.client.get("/charter/editions/1.md").get_data(as_text=True)
    with act() as work:
        meant = queries.get_charter(work.session, 1)
        checked = check(read(said), partners.list_partners(work.session), {}, date(2027, 3, 1))
    assert checked.fits
    ((_principle, ready),) = checked.principles
    assert [one.words(promise.words.principle) for one, promise in zip(ready, meant.promises, strict=True)] == [
        promise.words for promise in meant.promises
    ]


@pytest.mark.parametrize("path", ["/charter.pdf", "/charter.json", "/charter.md", "/charter/editions/1.pdf"])
def test_without_a_charter_there_is_nothing_to_take_away(browser, act, path):
    with act() as work:
        the_area(work)
    assert browser.get(path).status == 404


def test_pages_ask_the_same_number_of_questions_however_many_promises(browser, act, two):
    paths = (
        "/charter?language=easy",
        "/charter/editions/2/since/1",
        "/charter.json",
        f"/charter/commitments/{two[2][0]}",
    )
    asked = []
    for _ in range(2):
        with counting() as few:
            for path in paths:
                browser.get(path)
        asked.append(len(few))
        with act() as work:
            for number in (1, 2):
                charter = queries.get_charter(work.session, number)
                again = {one.number: service.Worded(one.words) for one in charter.promises}
                again |= {service.new_number(work): service.Worded(charter.promises[0].words) for _ in range(9)}
                service.publish_edition(work, "More.", again)
    assert asked[0] == asked[1]


def test_a_day_passes_and_nothing_of_an_edition_changes(browser, two, clock):
    before = browser.client.get("/charter/editions/1.json").data
    clock.shift(timedelta(days=400))
    assert browser.client.get("/charter/editions/1.json").data == before
