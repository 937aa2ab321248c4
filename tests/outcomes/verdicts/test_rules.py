"""When families are asked, what starts a topic again, whose number is one, when a term's question is due."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.verdicts.links import Asks, Link, of_term, read_link, write_link
from pyramid_app.outcomes.verdicts.rules import (
    BETWEEN_PULSES,
    LINE_AT_MOST,
    OPEN_FOR,
    TERM_WINDOW,
    Answer,
    Helped,
    asked_on,
    choose_owner,
    closes_at,
    find_number,
    find_pulse_day,
    is_too_old,
    starts_again,
    tally,
    what_is_wrong,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
FEW = st.integers(0, 20)
SECRET = "a secret for tests only"


@given(DAYS, st.none() | DAYS, st.integers(1, 52))
def test_asked_so_many_weeks_after_both_the_answer_and_the_day_it_was_done(published, done, weeks):
    due = asked_on(published, done, weeks)
    assert due - timedelta(weeks=weeks) in {published, done}
    assert due >= published + timedelta(weeks=weeks)
    assert done is None or due >= done + timedelta(weeks=weeks)


@given(DAYS, st.integers(-100, 200))
def test_nobody_is_asked_about_what_was_due_long_ago(due, later):
    assert is_too_old(due, due + timedelta(later)) is (later >= 60)


def test_a_link_lives_sixty_days():
    at = datetime(2027, 3, 1, 10, tzinfo=UTC)
    assert closes_at(at) == datetime(2027, 4, 30, 10, tzinfo=UTC)
    assert timedelta(days=60) == OPEN_FOR


@given(FEW, FEW, FEW)
def test_a_topic_starts_again_from_five_on_with_more_no_than_yes(yes, sometimes, no):
    assert starts_again(yes, sometimes, no) is (no > yes and yes + sometimes + no >= 5)


@pytest.mark.parametrize(
    ("yes", "sometimes", "no", "again"),
    [(0, 0, 4, False), (0, 0, 5, True), (2, 0, 3, True), (3, 0, 3, False), (0, 4, 1, True), (1, 3, 1, False)],
)
def test_examples_of_starting_again(yes, sometimes, no, again):
    assert starts_again(yes, sometimes, no) is again


@given(st.dictionaries(st.sampled_from([one.value for one in Helped]), st.integers(1, 9)))
def test_a_tally_names_every_answer(counted):
    assert set(tally(counted)) == set(Helped)
    assert sum(tally(counted).values()) == sum(counted.values())


@given(st.text("0123456789", min_size=9, max_size=15), st.text("( )-./", min_size=1, max_size=1), st.booleans())
def test_a_number_is_read_however_its_digits_are_parted(digits, between, plus):
    typed = ("+" if plus else "") + between.join(digits)
    assert find_number(typed) == ("+" if plus else "") + digits


@pytest.mark.parametrize("typed", ["", "12345", "ring me", "020 7946 000O", "0207946000012345678", "++4420794600"])
def test_what_is_no_number(typed):
    assert find_number(typed) is None


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer(Helped.YES), set()),
        (Answer(Helped.NO, "x" * LINE_AT_MOST, True, "020 7946 0000"), set()),
        (Answer(Helped.NO, "x" * (LINE_AT_MOST + 1)), {"line"}),
        (Answer(Helped.NO, ring=True), {"number"}),
        (Answer(Helped.NO, ring=True, number="soon"), {"number"}),
        (Answer(Helped.NO, number="020 7946 0000"), {"ring"}),
    ],
)
def test_what_is_wrong_with_an_answer(answer, wrong):
    assert set(what_is_wrong(answer)) == wrong


IDS = st.lists(st.uuids(), unique=True, max_size=5)


@given(IDS, st.data())
def test_there_is_an_owner_wherever_there_is_staff(staff, data):
    leads = data.draw(st.sets(st.sampled_from(staff))) if staff else set()
    before = data.draw(st.none() | st.sampled_from(staff or [UUID(int=0)]) | st.uuids())
    owner = choose_owner(before, staff, leads)
    assert (owner is None) is (not staff)
    if staff:
        assert owner in staff
        assert before not in staff or owner == before
        assert before in staff or not leads or owner in leads


@given(st.sets(DAYS, max_size=6), DAYS, st.none() | DAYS)
def test_a_terms_question_is_about_a_term_that_has_just_ended_and_never_soon_after_another(ends, today, last):
    due = find_pulse_day(ends, today, last)
    if due is not None:
        assert timedelta(0) <= today - due < TERM_WINDOW
        assert due in ends or not ends
        assert last is None or due - last >= BETWEEN_PULSES
    elif ends and last is None:
        assert not [end for end in ends if timedelta(0) <= today - end < TERM_WINDOW]


@pytest.mark.parametrize(
    ("ends", "today", "last", "due"),
    [
        ([date(2027, 3, 26)], date(2027, 3, 25), None, None),
        ([date(2027, 3, 26)], date(2027, 3, 26), None, date(2027, 3, 26)),
        ([date(2027, 3, 26)], date(2027, 4, 8), None, date(2027, 3, 26)),
        ([date(2027, 3, 26)], date(2027, 4, 9), None, None),
        ([date(2027, 3, 26)], date(2027, 3, 27), date(2027, 3, 26), None),
        ([date(2027, 3, 26), date(2027, 5, 24)], date(2027, 5, 24), date(2027, 3, 26), None),
        ([date(2027, 3, 26), date(2027, 5, 25)], date(2027, 5, 25), date(2027, 3, 26), date(2027, 5, 25)),
        ([], date(2027, 5, 1), date(2027, 1, 1), date(2027, 5, 1)),
        ([], date(2027, 4, 30), date(2027, 1, 1), None),
        ([], date(2027, 1, 3), date(2026, 9, 1), date(2027, 1, 1)),
    ],
)
def test_examples_of_a_terms_question(ends, today, last, due):
    assert find_pulse_day(ends, today, last) == due


LINKS = st.builds(Link, st.sampled_from(Asks), st.uuids(), st.uuids(), st.integers(0, 2**32 - 1))


@given(LINKS)
def test_a_link_says_what_was_written_and_only_under_its_own_secret(link):
    token = write_link(SECRET, link)
    assert read_link(SECRET, token) == link
    assert read_link("another secret for tests", token) is None


@pytest.mark.parametrize("token", ["", ".", "é", "a.b", "=" * 60, "\ud800"])
def test_rubbish_opens_nothing(token):
    assert read_link(SECRET, token) is None


@given(DAYS)
def test_a_term_stands_in_a_link(term_on):
    assert Link(Asks.TOLD, of_term(term_on), uuid4(), 0).term_on == term_on
