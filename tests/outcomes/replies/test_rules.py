"""Late, warned, written down, passed on: pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.replies.rules import (
    State,
    same_house,
    state_of,
    warning_due,
    what_is_wrong_with_entry,
    what_is_wrong_with_question,
    what_is_wrong_with_words,
)

AT = datetime(2027, 3, 1, 10, tzinfo=UTC)
ON = date(2027, 3, 1)


@dataclass
class Ask:
    due_on: date = date(2027, 3, 31)
    asked_at: datetime = AT
    replied_at: datetime | None = None
    stopped_at: datetime | None = None
    warned_1_at: datetime | None = None
    warned_2_at: datetime | None = None


@pytest.mark.parametrize(
    ("ask", "today", "state"),
    [
        (Ask(), date(2027, 3, 31), State.WAITING),
        (Ask(), date(2027, 4, 1), State.LATE),
        (Ask(replied_at=AT), date(2027, 4, 1), State.REPLIED),
        (Ask(stopped_at=AT), date(2027, 4, 1), State.STOPPED),
    ],
)
def test_the_day_itself_is_in_time(ask, today, state):
    assert state_of(ask, today) is state


@given(st.integers(1, 60), st.sets(st.integers(0, 80)))
def test_each_warning_goes_once_in_order_and_none_after_the_day(length, looked):
    """On whichever days somebody looks."""
    ask = Ask(due_on=ON + timedelta(days=length))
    gone = []
    for day in sorted(looked):
        today = ON + timedelta(days=day)
        for _again in range(2):
            number = warning_due(ask, ON, today)
            if number:
                gone.append(number)
                assert ON < today <= ask.due_on
                assert (ask.due_on - today).days <= {1: 7, 2: 2}[number]
                setattr(ask, f"warned_{number}_at", AT)
    assert gone in ([], [1], [2], [1, 2])
    if {length - 2, length - 1, length} & {day for day in looked if day >= length - 2} and length > 2:
        assert 2 in gone
    if length > 7 and length - 7 in looked:
        assert 1 in gone


def test_nobody_is_warned_who_has_answered_or_need_not():
    assert warning_due(Ask(replied_at=AT), ON, date(2027, 3, 30)) == 0
    assert warning_due(Ask(stopped_at=AT), ON, date(2027, 3, 30)) == 0


def test_a_question_needs_words_and_somebody_to_answer():
    assert set(what_is_wrong_with_question("", False)) == {"question", "partners"}
    assert what_is_wrong_with_question("Why?", True) == {}


@pytest.mark.parametrize(("words", "wrong"), [("", True), ("x" * 4001, True), ("x" * 4000, False)])
def test_an_answer_has_words_and_an_end(words, wrong):
    assert bool(what_is_wrong_with_words("words", words)) is wrong


@pytest.mark.parametrize(
    ("wrote_on", "source", "wrong"),
    [
        (date(2027, 3, 5), "an e-mail", set()),
        (date(2027, 2, 28), "an e-mail", {"wrote_on"}),
        (date(2027, 3, 11), "an e-mail", {"wrote_on"}),
        (None, "", {"wrote_on", "source"}),
    ],
)
def test_what_is_written_down_for_somebody_has_a_day_and_a_source(wrote_on, source, wrong):
    assert set(what_is_wrong_with_entry(ON, wrote_on, source, date(2027, 3, 10))) == wrong


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("ann@icb.nhs.example", True),
        ("ann@ICB.nhs.example", True),
        ("ann@nhs.example", False),
        ("ann@icb.nhs.example.org", False),
        ("ann@evil-icb.nhs.example", False),
    ],
)
def test_a_colleague_is_at_the_same_place(address, same):
    assert same_house("send@icb.nhs.example", address) is same


@pytest.mark.parametrize("house", ["gmail.com", "Outlook.com", "btinternet.com", "yahoo.co.uk"])
def test_whoever_has_a_mailbox_with_the_same_provider_is_no_colleague(house):
    assert not same_house(f"forum@{house}", f"stranger@{house}")
    assert same_house(f"forum@{house}", f"Forum@{house.lower()}")
