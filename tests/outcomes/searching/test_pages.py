"""The list can be searched and narrowed, each term has a page, a reader program can follow, mistakes stay in sight."""

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from pyramid_app.outcomes import service
from pyramid_app.outcomes.corrections import service as corrections
from pyramid_app.topics import service as topics_service
from tests.outcomes.builders import CANT, DONE

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def told(act, team, topic, clock):
    """Buses are done; toilets can't be."""
    with act(team) as work:
        other = topics_service.start(work, "Toilets", outside="No promise.", next_word_on=date(2027, 4, 1))
        service.publish(work, other.id, replace(CANT, you_said="The toilet is too small."))
    clock.shift(timedelta(days=1))
    with act(team) as work:
        return service.publish(work, topic.id, DONE)


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("", "There are ten new drivers.", "nothing"),
        ("?words=toilet", "The toilet is too small.", "There are ten new drivers."),
        ("?words=DRIVERS new", "There are ten new drivers.", "The toilet is too small."),
        ("?state=can't", "The toilet is too small.", "There are ten new drivers."),
        ("?promise=9", "There are ten new drivers.", "The toilet is too small."),
        ("?year=2027", "There are ten new drivers.", "nothing"),
        ("?year=2026", "No answer holds this.", "There are ten new drivers."),
        ("?words=dentist", "No answer holds this.", "The toilet is too small."),
        ("?state=nonsense&promise=x&year=99999&page=-3", "There are ten new drivers.", "nothing"),
    ],
)
def test_the_list_is_narrowed_as_asked(browser, told, asked, there, gone):
    browser.get(f"/outcomes{asked}")
    assert there in browser.text
    assert gone not in browser.text


def test_each_term_has_its_answers(browser, told, clock):
    browser.get("/outcomes").follow("January to April 2027")
    assert "There are ten new drivers." in browser.text
    assert browser.get("/outcomes/terms/2026-01-01").status == 404
    assert browser.get("/outcomes/terms/nonsense").status == 404


def test_a_reader_program_can_follow(browser, told):
    answer = browser.client.get("/outcomes.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)  # noqa: S314  our own feed, and that it can be read is the test
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["School buses", "Toilets"]
    first = next(feed.iter(f"{ATOM}entry"))
    assert "There are ten new drivers." in first.findtext(f"{ATOM}content")
    where = first.findtext(f"{ATOM}id").removeprefix("http://localhost")
    assert "There are ten new drivers." in browser.get(where).text


def test_control_characters_and_tags_do_not_break_the_feed(browser, act, team, topic):
    with act(team) as work:
        service.publish(work, topic.id, replace(DONE, we_did="<b>&\x0b</b> ]]>"))
    ElementTree.fromstring(browser.client.get("/outcomes.atom").data)  # noqa: S314


def test_what_we_got_wrong_says_what_was_corrected_and_why(browser, act, team, told):
    assert "Nothing yet." in browser.get("/outcomes/what-we-got-wrong").text
    with act(team) as work:
        better = replace(DONE, we_did="There are nine new drivers.")
        corrections.correct(work, told.id, better, "We had counted one twice.", tell_again=False)
    browser.get("/outcomes").follow("What we got wrong")
    assert "We had counted one twice." in browser.text


def test_an_answer_is_found_by_its_new_words_and_not_by_those_it_lost(browser, act, team, told):
    with act(team) as work:
        corrections.correct(
            work, told.id, replace(DONE, we_did="Nine helpers came."), "Wrong number.", tell_again=False
        )
    assert "Nine helpers came." in browser.get("/outcomes?words=helpers").text
    assert "No answer holds this." in browser.get("/outcomes?words=drivers").text
