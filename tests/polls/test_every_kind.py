"""A paper with every kind of question, walked through each door, page by page, and with anything at all."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from pyramid_app.ballots.models import Envelope
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.polls import queries
from pyramid_app.polls.asking.drafts import OptionDraft, QuestionDraft
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.results.queries import find_document
from tests.builders import a_member
from tests.polls.builders import BUS, EVERY_KIND, HELP, OWN_WORDS, a_poll, every_box
from tests.polls.conftest import TEAM
from tests.support.papers import any_boxes

AGES = ("age",)


@pytest.fixture
def amina(act, area):
    with act(TEAM) as work:
        return a_member(work)


@pytest.fixture
def whole(area, act, keys):
    """Every kind of question on one page, and the child's age, if a family likes."""
    with act(TEAM) as work:
        return a_poll(work, keys, questions=EVERY_KIND, facts=AGES)


def sent(act, poll, words="The bus is late. <b>Very</b>."):
    with act() as work:
        return every_box(work, poll, words)


def envelopes(database):
    with database.reading() as session:
        return [envelope.sealed for envelope in session.exec(select(Envelope))]


def test_all_on_one_page(browser, amina, whole, act, database):
    browser.sign_in(amina).get(f"/polls/{whole.ref}/paper")
    assert "About your family, if you like" in browser.text
    browser.press("Go on", **sent(act, whole), **{"q-share-age": "5 to 10"})
    for words in ("It is late", "1. Time", "2. Calm", "Badly", "We are told in time. – Agree", "5 to 10"):
        assert words in browser.text
    assert "The bus is late. <b>Very</b>." in browser.text
    assert "<b>Very" not in browser.html
    browser.press("Change it")
    assert "<b>Very" not in browser.html
    assert "The bus is late." in browser.html
    browser.press("Go on").press("Send my answer")
    assert "Your answer is in. Thank you." in browser.text
    assert len(envelopes(database)) == 1


def test_one_question_a_page_there_and_back(browser, amina, act, keys, database):
    with act(TEAM) as work:
        poll = a_poll(work, keys, questions=(BUS, HELP, OWN_WORDS), one_by_one=True, facts=AGES)
    boxes = sent(act, poll, "Late.")
    bus, helps, words = boxes
    browser.sign_in(amina).get(f"/polls/{poll.ref}/paper")
    assert "Page 1 of 4" in browser.text
    assert HELP.text not in browser.text
    browser.press("Go on")
    assert (browser.status, "Choose an answer" in browser.text) == (422, True)
    browser.press("Go on", **{bus: boxes[bus]})
    assert "Page 2 of 4" in browser.text
    browser.press("Back")
    assert "Page 1 of 4" in browser.text
    assert browser.html.count(" checked") == 1
    browser.press("Go on").press("Go on", **{helps: boxes[helps]}).press("Go on", **{words: ["Late."]})
    assert "About your family" in browser.text
    browser.press("Go on", **{"q-share-age": "0 to 4"})
    assert "Check your answer" in browser.text
    assert all(said in browser.text for said in ("It is late", "A text message", "Late.", "0 to 4"))
    browser.press("Change it")
    assert "Page 1 of 4" in browser.text
    browser.press("Go on").press("Go on").press("Go on").press("Go on").press("Send my answer")
    assert len(envelopes(database)) == 1


def test_a_made_up_page_number_is_a_page(browser, amina, act, keys):
    with act(TEAM) as work:
        poll = a_poll(work, keys, questions=(BUS, HELP), one_by_one=True)
    browser.sign_in(amina)
    for name in ("at", "back"):
        for value in ("99", "-1", "x", "999999999", "²"):
            browser.post(f"/polls/{poll.ref}/paper", {name: value})
            assert browser.status in {200, 422}


def test_from_the_newsletter_in_four_page_loads(browser, whole, act, post, database):
    browser.get(f"/q/{whole.ref}").press("Go on", **sent(act, whole, "Late."), **{"q-share-age": "5 to 10"})
    browser.press("Send me a code", cares="y", first="y", address="new@example.org")
    post.deliver()
    browser.press("Send my answer", code=post.code_to("new@example.org"))
    assert "Your answer is in. Thank you." in browser.text
    assert browser.loads == 4
    assert len(envelopes(database)) == 1


def test_shuffled_options_keep_their_order_on_the_way(browser, amina, act, keys):
    options = tuple(OptionDraft(f"Answer {n}", "Like this.") for n in range(12))
    scale = QuestionDraft("How well?", options, QuestionKind.SCALE, shuffled=False)
    with act(TEAM) as work:
        poll = a_poll(work, keys, questions=(QuestionDraft("Which?", options, shuffled=True), scale))
    browser.sign_in(amina)
    orders = set()
    for _ in range(4):
        browser.get(f"/polls/{poll.ref}/paper")
        shown = [browser.text.index(f"Answer {n} ") for n in range(12)]
        orders.add(tuple(sorted(range(12), key=lambda n: shown[n])))
    assert len(orders) > 1
    before = browser.text
    browser.press("Go on")
    first, again = (text[text.index("Which?") : text.index("How well?")] for text in (before, browser.text[200:]))
    assert [w for w in first.split() if w.isdigit()] == [w for w in again.split() if w.isdigit()]


def test_own_words_become_feedback_unnamed_unless_the_box_is_ticked(
    new_browser, whole, act, database, run_jobs, clock, post
):
    with act(TEAM) as work:
        people = [a_member(work, f"parent{n}@example.org", name=f"Parent{n}") for n in range(3)]
    for number, person in enumerate(people):
        boxes = sent(act, whole, f"canary {number}" if number < 2 else "")
        (words,) = [name for name, said in boxes.items() if said[0].startswith("canary") or said == [""]]
        tick = {f"{words}-tell": "tell me"} if number == 0 else {}
        new_browser().sign_in(person).get(f"/polls/{whole.ref}/paper").press("Go on", **boxes, **tick).press(
            "Send my answer"
        )
    with database.reading() as session:
        assert session.exec(select(Voice)).all() == []
    clock.move_to(whole.closes_at)
    run_jobs("count")
    with database.reading() as session:
        heard = {
            session.get_one(VoiceText, (voice.id, "raw")).text: voice for voice in session.exec(select(Voice)).all()
        }
        assert set(heard) == {"canary 0", "canary 1"}
        assert (heard["canary 0"].person_id, heard["canary 0"].tell) == (people[0].id, True)
        assert (heard["canary 1"].person_id, heard["canary 1"].tell) == (None, False)
        assert {voice.asked for voice in heard.values()} == {OWN_WORDS.text}
        assert {voice.suggested_topic_id for voice in heard.values()} == {whole.topic_id}
        document = find_document(session, whole)
        assert document is not None
        assert "canary" not in str(document)


@pytest.mark.parametrize("path", ["check", "paper", "cast"])
def test_anything_at_all_is_answered_in_words_and_spoils_nothing(browser, amina, whole, act, database, path):
    """Never a 5xx, never an envelope that does not fit, and the right to answer is still there."""
    browser.sign_in(amina).get(f"/polls/{whole.ref}/paper")
    with act() as work:
        asked = queries.paper_of(work.session, whole).asked

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(any_boxes(asked), st.dictionaries(st.sampled_from(["at", "back", "order", "carried"]), st.text(max_size=9)))
    def send(boxes: dict[str, list[str]], more: dict[str, Any]) -> None:
        browser.post(f"/polls/{whole.ref}/{path}", {**{f"q-{name}": said for name, said in boxes.items()}, **more})
        assert browser.status in {200, 422}

    send()
    browser.get(f"/polls/{whole.ref}/paper").press("Go on", **sent(act, whole)).press("Send my answer")
    assert "Your answer is in. Thank you." in browser.text


def test_a_roll_of_one_is_counted_without_a_number(browser, amina, whole, act, run_jobs, clock):
    browser.sign_in(amina).get(f"/polls/{whole.ref}/paper").press("Go on", **sent(act, whole)).press("Send my answer")
    clock.move_to(whole.closes_at)
    run_jobs("count")
    browser.get(f"/polls/{whole.ref}/results")
    assert browser.status == 200
    assert "Fewer than 10 families answered this" in browser.text
    assert "<svg" not in browser.html
