"""What a correction needs, and what it may move."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.corrections.rules import Follows, breaks_a_promise, what_follows, what_is_wrong
from pyramid_app.outcomes.rules import Answer, Draft

TODAY = date(2027, 3, 1)
SOON, LATER = TODAY + timedelta(20), TODAY + timedelta(40)
WORKING = Draft(Answer.WORKING, "The bus is late.", "We asked.", "You get a text.", next_word_on=SOON)
DONE = Draft(Answer.DONE, "The bus is late.", "We did it.", "You get a text.", evidence="https://x.org", done_on=TODAY)


@pytest.mark.parametrize(
    ("after", "because", "wrong"),
    [
        (replace(WORKING, we_did="We asked twice."), "We asked twice.", set()),
        (WORKING, "No reason", {"answer"}),
        (replace(WORKING, we_did=""), "", {"we_did", "because"}),
        (replace(WORKING, reason="belongs to another answer"), "x", {"answer"}),
        (replace(WORKING, we_did="x", next_word_on=TODAY), "x", {"next_word_on"}),
    ],
)
def test_what_is_wrong(after, because, wrong):
    assert set(what_is_wrong(WORKING, after, because, TODAY)) == wrong


def test_a_promised_day_that_has_passed_may_stay_as_it_was():
    assert what_is_wrong(WORKING, replace(WORKING, we_did="x"), "why", LATER) == {}


@pytest.mark.parametrize(
    ("after", "newest", "state", "follows"),
    [
        (DONE, True, "working on it", Follows.STATE),
        (DONE, False, "working on it", Follows.NOTHING),
        (DONE, True, "done", Follows.NOTHING),
        (replace(WORKING, we_did="x"), True, "working on it", Follows.NOTHING),
        (replace(WORKING, next_word_on=LATER), True, "working on it", Follows.DATE),
        (replace(WORKING, next_word_on=LATER), False, "working on it", Follows.NOTHING),
        (replace(WORKING, next_word_on=LATER), True, "heard", Follows.NOTHING),
    ],
)
def test_only_the_newest_answer_moves_its_topic_and_only_where_it_put_it(after, newest, state, follows):
    assert what_follows(WORKING, after, newest=newest, state=state) is follows


@pytest.mark.parametrize(
    ("after", "promised", "breaks"),
    [
        (DONE, SOON, True),
        (DONE, None, False),
        (replace(WORKING, next_word_on=LATER), SOON, True),
        (replace(WORKING, next_word_on=SOON - timedelta(1)), SOON, False),
    ],
)
def test_a_promised_day_does_not_go_or_move_later_behind_anybodys_back(after, promised, breaks):
    follows = what_follows(WORKING, after, newest=True, state="working on it")
    assert breaks_a_promise(follows, promised, after) is breaks


@given(st.sampled_from(Answer), st.sampled_from(Answer), st.booleans(), st.sampled_from([*Answer, "heard"]))
def test_a_topic_that_has_moved_on_is_never_moved_back(before, after, newest, state):
    follows = what_follows(Draft(before), Draft(after), newest=newest, state=str(state))
    if not newest or str(state) != before.value:
        assert follows is Follows.NOTHING
        assert not breaks_a_promise(follows, SOON, Draft(after))
