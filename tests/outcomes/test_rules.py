"""What an answer needs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.rules import Answer, Draft, what_is_missing, without_strays

TODAY = date(2027, 3, 1)
SAID = {"you_said": "The bus is late.", "for_families": "You get a text."}


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (Draft(Answer.WORKING), {"you_said", "for_families", "we_did", "next_word_on"}),
        (Draft(Answer.WORKING, we_did="x", next_word_on=TODAY, **SAID), {"next_word_on"}),
        (Draft(Answer.WORKING, we_did="x", next_word_on=TODAY + timedelta(1), **SAID), set()),
        (Draft(Answer.DONE, we_did="x", **SAID), {"evidence", "done_on"}),
        (Draft(Answer.DONE, we_did="x", evidence="https://x.org", done_on=TODAY + timedelta(1), **SAID), {"done_on"}),
        (Draft(Answer.DONE, we_did="x", evidence="javascript:alert(1)", done_on=TODAY, **SAID), {"evidence"}),
        (Draft(Answer.DONE, we_did="x", evidence="https://x.org", done_on=TODAY, **SAID), set()),
        (Draft(Answer.CANT, **SAID), {"reason", "instead"}),
        (Draft(Answer.CANT, reason="x", instead="y", **SAID), set()),
        (Draft(Answer.NOT_OURS, **SAID), {"to_whom", "reason"}),
    ],
)
def test_what_is_missing(draft, missing):
    assert set(what_is_missing(draft, TODAY)) == missing


@pytest.mark.parametrize(
    "evidence", ["https://", "ftp://x.org/a", "https://x.org/a b", "https://[x", "x.org", "//x.org"]
)
def test_a_link_is_one_that_a_browser_can_open(evidence):
    draft = Draft(Answer.DONE, we_did="x", evidence=evidence, done_on=TODAY, **SAID)
    assert set(what_is_missing(draft, TODAY)) == {"evidence"}


@given(st.sampled_from(Answer))
def test_what_belongs_to_another_kind_of_answer_is_left_out_and_nothing_that_is_needed(answer):
    whole = Draft(answer, "said", "did", "means", "https://x.org", TODAY, "reason", "instead", "whom", date(2027, 4, 1))
    own = without_strays(whole)
    assert what_is_missing(own, TODAY) == {}
    assert bool(own.evidence) == bool(own.done_on) == (answer is Answer.DONE)
    assert bool(own.reason) == (answer in {Answer.CANT, Answer.NOT_OURS})
    assert (bool(own.instead), bool(own.to_whom)) == (answer is Answer.CANT, answer is Answer.NOT_OURS)
    assert bool(own.next_word_on) == (answer is Answer.WORKING)
    assert without_strays(own) == own


def test_a_link_left_over_from_another_answer_stops_nobody():
    draft = Draft(Answer.CANT, reason="x", instead="y", evidence="see the minutes", **SAID)
    assert what_is_missing(draft, TODAY) == {}
