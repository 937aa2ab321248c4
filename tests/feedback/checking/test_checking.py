"""Two representatives drawn by lot read what was held back, cleared and without our reason; the result is public."""

from datetime import timedelta

import pytest

from pyramid_app.feedback import forgetting
from pyramid_app.feedback import queries as feedback_queries
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.checking import queries
from pyramid_app.feedback.holding import service as holding
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.rules import About, Speaker
from tests.builders import a_member

CANARY = "Mrs Canary"


@pytest.fixture
def reps(act, sam):
    with act() as work:
        return [a_member(work, f"rep{number}@example.org", level="group", name=f"Rep {number}") for number in range(3)]


def hold_some(act, team, amina, number):
    with act() as work:
        voices = [
            feedback.receive(
                work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=f"{CANARY} is rude, number {at}.",
                person_id=amina.id,
            )
            for at in range(number)
        ]  # fmt: skip
    with act(team) as work:
        for voice in voices:
            holding.hold_back(work, voice.id, Reason.IDENTIFIES, "It names somebody.")
    return voices


def clear_all(browser, sam):
    browser.sign_in(sam, staff=True)
    assert "For the blind check: " in browser.get("/desk").text
    browser.get("/desk/blind-check")
    while "They can read this" in browser.buttons():
        browser.press("They can read this")


@pytest.fixture
def drawn(act, team, amina, reps, run_jobs, clock):
    """Twelve were held back in the term that is over: ten of them are drawn."""
    voices = hold_some(act, team, amina, 12)
    clock.shift(timedelta(days=63))  # 3 May: January to April is over
    assert run_jobs("draw the blind check") == 10
    assert run_jobs("draw the blind check") == 0
    return voices


def readers(act, reps):
    with act() as work:
        return [rep for rep in reps if queries.to_read(work.session, rep.id)]


def test_two_by_lot_read_ten_without_names_and_everybody_sees_what_they_say(
    browser, new_browser, act, sam, reps, drawn, post
):
    clear_all(browser, sam)
    assert "Nothing to do." in browser.text
    post.deliver()
    asked = readers(act, reps)
    assert len(asked) == 2
    for rep, holds in zip(asked, (10, 6), strict=True):
        assert len(post.to(f"rep{reps.index(rep)}@example.org")) == 1
        page = new_browser().sign_in(rep).get("/reps/blind-check")
        assert CANARY not in page.text
        assert "It names somebody" not in page.text
        with act() as work:
            ids = [str(item.id) for item in queries.to_read(work.session, rep.id)]
        page.press("This is what I think", **{ids[0]: "yes"})
        assert page.status == 422
        assert "Still to say: 2, 3" in page.text
        page.press("This is what I think", **{one: "yes" if at < holds else "no" for at, one in enumerate(ids)})
        assert page.path.startswith("/how-we-are-doing")
    text = new_browser().get("/how-we-are-doing").text
    assert "they read 10 of them" in text
    assert "One would have held back, too: 10." in text
    assert "One would have held back, too: 6." in text


def test_who_was_not_drawn_finds_nothing(new_browser, browser, act, amina, sam, reps, drawn):
    clear_all(browser, sam)
    asked = readers(act, reps)
    (other,) = [rep for rep in reps if rep not in asked]
    for somebody in (other, amina):
        assert new_browser().sign_in(somebody).get("/reps/blind-check").status == 404


def test_few_are_read_and_no_number_is_shown(browser, new_browser, act, team, sam, amina, reps, run_jobs, clock):
    hold_some(act, team, amina, 2)
    clock.shift(timedelta(days=63))
    run_jobs("draw the blind check")
    clear_all(browser, sam)
    for rep in readers(act, reps):
        with act() as work:
            ids = [str(item.id) for item in queries.to_read(work.session, rep.id)]
        new_browser().sign_in(rep).get("/reps/blind-check").press("This is what I think", **dict.fromkeys(ids, "yes"))
    text = new_browser().get("/how-we-are-doing").text
    assert "There were too few to say more" in text


def test_words_taken_back_are_read_by_nobody(act, amina, drawn, database):
    with act() as work:
        for voice in drawn:
            forgetting.take_back(work, voice.id)
    with database.reading() as session:
        assert queries.to_clear(session) == []
        assert feedback_queries.raw_words(session, drawn[0].id) == ""


def test_a_term_without_anything_held_back_asks_nobody(act, reps, run_jobs, clock, post, new_browser):
    clock.shift(timedelta(days=63))
    run_jobs("draw the blind check")
    post.deliver()
    assert post.letters == []
    assert "The first result will stand here." in new_browser().get("/how-we-are-doing").text
