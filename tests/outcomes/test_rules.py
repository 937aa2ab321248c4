"""What an answer needs, and the told rate."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.rules import TOLD_WITHIN, Answer, Draft, told_in_time, what_is_missing, without_strays

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


@given(st.lists(st.one_of(st.none(), st.integers(0, 200))))
def test_the_told_rate_counts_answers_within_ninety_days_and_everybody_who_spoke(days):
    received = datetime(2026, 6, 1, tzinfo=UTC)
    pairs = [(received, None if n is None else received + timedelta(days=n)) for n in days]
    told, whole = told_in_time(pairs)
    assert whole == len(days)
    assert told == len([n for n in days if n is not None and n <= TOLD_WITHIN.days])


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
