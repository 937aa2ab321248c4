"""An envelope: one size, opened only by its key, tied to ballot and roll; and the one a stranger's page carries."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from pyramid_app.ballots.sealing import (
    Spoilt,
    carry,
    read_carried,
    seal,
    size_for,
    unseal,
    write_carried,
)

KEY = PrivateKey.generate()
PUBLIC = bytes(KEY.public_key)
BALLOT, ROLL = b"b" * 16, b"r" * 16
NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
SIZE = size_for({"question": ["a long answer", "another one"]})
SECRET = "secret for tests"

answers = st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=3), max_size=2), max_size=2)


@given(answers)
def test_what_goes_in_comes_out(given_answers):
    size = size_for(given_answers)
    assert unseal(KEY, seal(PUBLIC, BALLOT, ROLL, given_answers, size), BALLOT, ROLL) == given_answers


def test_every_envelope_of_a_paper_has_one_size():
    few = seal(PUBLIC, BALLOT, ROLL, {"question": []}, SIZE)
    many = seal(PUBLIC, BALLOT, ROLL, {"question": ["a long answer", "another one"]}, SIZE)
    assert len(few) == len(many)


def test_answers_that_are_too_long_are_refused_before_sealing():
    with pytest.raises(ValueError, match="longer"):
        seal(PUBLIC, BALLOT, ROLL, {"question": ["x" * SIZE]}, SIZE)


@pytest.mark.parametrize(
    ("ballot", "roll", "why"), [(b"x" * 16, ROLL, "another ballot"), (BALLOT, b"x" * 16, "another roll entry")]
)
def test_an_envelope_copied_elsewhere_is_spoilt(ballot, roll, why):
    with pytest.raises(Spoilt, match=why):
        unseal(KEY, seal(PUBLIC, BALLOT, ROLL, {}, SIZE), ballot, roll)


def test_rubbish_is_spoilt():
    with pytest.raises(Spoilt, match="open"):
        unseal(KEY, b"rubbish" * 20, BALLOT, ROLL)


def test_the_same_answer_never_looks_the_same():
    assert seal(PUBLIC, BALLOT, ROLL, {}, SIZE) != seal(PUBLIC, BALLOT, ROLL, {}, SIZE)


def carried_text(ask=""):
    carried = carry(PUBLIC, BALLOT, ROLL, {"question": ["yes"]}, SIZE, NOW)
    return write_carried(SECRET, BALLOT, carried.bound(ask))


def test_a_carried_envelope_comes_back_whole():
    carried = read_carried(SECRET, BALLOT, carried_text("ask-1"))
    assert carried is not None
    assert (carried.roll, carried.ask) == (ROLL, "ask-1")
    assert carried.good_at(NOW + timedelta(minutes=29))
    assert not carried.good_at(NOW + timedelta(minutes=30))


@given(st.data())
def test_no_changed_letter_gets_through(data):
    text = carried_text("ask")
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(lambda c: c != text[at]))
    assert read_carried(SECRET, BALLOT, text[:at] + letter + text[at + 1 :]) is None


def test_a_made_up_one_is_refused():
    made_up = write_carried("another secret", BALLOT, carry(PUBLIC, BALLOT, ROLL, {}, SIZE, NOW))
    assert read_carried(SECRET, BALLOT, made_up) is None
    assert read_carried(SECRET, b"x" * 16, carried_text()) is None


@pytest.mark.parametrize("text", ["", "....", "a.b.c.d.e", "\u00e9.b.1.d.e", "x" * 5000])
def test_rubbish_carries_nothing(text):
    assert read_carried(SECRET, BALLOT, text) is None
