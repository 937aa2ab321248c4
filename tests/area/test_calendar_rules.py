"""When a question may be open: pure rules, checked day by day against a simpler reading of the same words."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pyramid_app.area.calendar_rules import (
    KINDS,
    LONGEST_BREAK,
    DayKind,
    Days,
    days_in_term,
    what_is_wrong_with_period,
    what_speaks_against,
    what_to_know,
)
from pyramid_app.area.permissions import may_keep_calendar
from pyramid_app.area.sample import sample_periods
from pyramid_app.base.actor import NOBODY, Actor, Hat, Role, system
from pyramid_app.kit.texts import sentence

DAY = timedelta(days=1)
TODAY = date(2027, 3, 1)
AUTUMN = Days(DayKind.TERM, "Autumn term", date(2027, 9, 6), date(2027, 10, 22))
WINTER = Days(DayKind.TERM, "Winter term", date(2027, 11, 1), date(2027, 12, 17))
EID = Days(DayKind.RELIGIOUS, "Eid al-Fitr", date(2027, 3, 10), date(2027, 3, 10))
ELECTION = Days(DayKind.PRE_ELECTION, "Before the local elections", date(2027, 3, 29), date(2027, 5, 6))

near = st.dates(date(2027, 1, 1), date(2027, 12, 31))
names = st.text(min_size=1, max_size=20)


@st.composite
def stretches(draw, longest=120):
    first = draw(near)
    return first, first + timedelta(days=draw(st.integers(0, longest)))


@st.composite
def periods(draw, kind=None):
    return Days(kind or draw(st.sampled_from(DayKind)), draw(names), *draw(stretches()))


calendars = st.lists(periods(), max_size=8)


def days_of(first, last):
    return {first + at * DAY for at in range((last - first).days + 1)}


def against(calendar, opens_on, closes_on, needed=10):
    return [sentence(say) for say in what_speaks_against(calendar, opens_on, closes_on, needed)]


def to_know(calendar, opens_on, closes_on):
    return [sentence(say) for say in what_to_know(calendar, opens_on, closes_on)]


def wrong(kind="school term", name="Autumn", from_on=date(2027, 9, 6), until_on=date(2027, 10, 22)):
    return {
        field: sentence(say) for field, say in what_is_wrong_with_period(kind, name, from_on, until_on, TODAY).items()
    }


# What may stand in the calendar


def test_a_good_period_may_stand():
    assert wrong() == {}
    assert wrong(until_on=date(2027, 9, 6)) == {}
    assert wrong(from_on=date(2027, 9, 6), until_on=date(2028, 9, 5)) == {}


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"kind": None}, "kind", "Choose what it is."),
        ({"kind": "party"}, "kind", "Choose what it is."),
        ({"name": "  "}, "name", "Write its name, like Spring term."),
        ({"name": "x" * 121}, "name", "Please make this shorter: 120 characters at the most."),
        ({"from_on": None}, "from_on", "Write the first day, like 27 3 2027."),
        ({"until_on": None}, "until_on", "Write the last day, like 27 3 2027."),
        ({"until_on": date(2027, 9, 5)}, "until_on", "The last day must not come before the first."),
        ({"until_on": date(2028, 9, 6)}, "until_on", "This is longer than a year. Look at the years again."),
        (
            {"from_on": date(2026, 1, 5), "until_on": date(2026, 2, 27)},
            "until_on",
            "This ended more than a year ago. Look at the years again.",
        ),
        (
            {"from_on": date(2072, 9, 6), "until_on": date(2072, 9, 7)},
            "from_on",
            "This is more than five years away. Look at the year again.",
        ),
    ],
)
def test_what_does_not_fit_is_said_beside_its_box(given, field, words):
    assert wrong(**given) == {field: words}


@given(
    st.none() | st.text(max_size=30), st.text(max_size=200), st.none() | st.dates(), st.none() | st.dates(), st.dates()
)
@example("school term", "x", date.min, date.max, date.max)
def test_anything_typed_gets_an_answer(kind, name, from_on, until_on, today):
    assert set(what_is_wrong_with_period(kind, name, from_on, until_on, today)) <= {
        "kind",
        "name",
        "from_on",
        "until_on",
    }


# When a question may be open


def test_an_empty_calendar_refuses_nothing():
    assert against([], TODAY, date(2027, 3, 14)) == []


def test_nothing_is_open_in_a_pre_election_period():
    why = (
        "In the weeks before an election we don't ask families new questions: "
        "Before the local elections, Monday 29 March 2027 to Thursday 6 May 2027."
    )
    assert against([ELECTION], date(2027, 3, 15), date(2027, 3, 29)) == [why]
    assert against([ELECTION], date(2027, 5, 6), date(2027, 5, 20)) == [why]
    assert against([ELECTION], date(2027, 3, 14), date(2027, 3, 28)) == []
    assert against([ELECTION], date(2027, 5, 7), date(2027, 5, 20)) == []


def test_nothing_opens_or_closes_on_a_religious_day():
    assert against([EID], date(2027, 3, 10), date(2027, 3, 24)) == [
        "It would open on a religious day: Eid al-Fitr, Wednesday 10 March 2027."
    ]
    assert against([EID], date(2027, 2, 24), date(2027, 3, 10)) == [
        "It would close on a religious day: Eid al-Fitr, Wednesday 10 March 2027."
    ]
    assert against([EID], date(2027, 3, 9), date(2027, 3, 11)) == []


def test_enough_of_it_lies_in_a_school_term():
    calendar = [AUTUMN, WINTER]
    assert against(calendar, date(2027, 10, 13), date(2027, 10, 27)) == []
    assert against(calendar, date(2027, 10, 14), date(2027, 10, 28)) == [
        "Families need 10 days in a school term to answer, and only 9 of these are: "
        "Autumn term is from Monday 6 September 2027 to Friday 22 October 2027."
    ]
    assert against(calendar, date(2027, 10, 25), date(2027, 10, 29)) == [
        "Families need 5 days in a school term to answer, and none of these is in one: "
        "Winter term is from Monday 1 November 2027 to Friday 17 December 2027."
    ]
    assert against(calendar, date(2027, 10, 14), date(2027, 10, 28), needed=0) == []


def test_a_time_of_which_no_term_is_known_is_not_judged():
    far = AUTUMN.from_on + LONGEST_BREAK * 4
    assert against([AUTUMN], far, far + 13 * DAY) == []
    assert against([AUTUMN], date(2027, 6, 1), date(2027, 6, 14)) == []
    summer = Days(DayKind.TERM, "Summer term", date(2027, 6, 7), date(2027, 7, 23))
    assert against([AUTUMN], date(2027, 8, 2), date(2027, 8, 15)) == []
    assert against([summer], date(2027, 8, 2), date(2027, 8, 15)) == []
    assert len(against([AUTUMN, summer], date(2027, 8, 2), date(2027, 8, 15))) == 1
    # The day after a term that is known lies in no term, even if the next one is not known.
    assert len(against([summer], date(2027, 7, 24), date(2027, 8, 7))) == 1


@given(calendars, stretches(60))
def test_days_in_term_are_what_one_gets_by_counting_days(calendar, asked):
    in_term = set().union(*(days_of(each.from_on, each.until_on) for each in calendar if each.kind is DayKind.TERM))
    assert days_in_term(calendar, *asked) == len(in_term & days_of(*asked))


@given(calendars, stretches(60), st.integers(0, 30))
def test_a_time_is_refused_for_these_reasons_and_no_others(calendar, asked, needed):
    opens_on, closes_on = asked
    reasons = against(calendar, opens_on, closes_on, needed)
    elections = [each for each in calendar if each.kind is DayKind.PRE_ELECTION]
    religious = [days_of(each.from_on, each.until_on) for each in calendar if each.kind is DayKind.RELIGIOUS]
    clashes = sum(bool(days_of(each.from_on, each.until_on) & days_of(*asked)) for each in elections)
    ends = sum((opens_on in days) + (closes_on in days) for days in religious)
    short = days_in_term(calendar, *asked) < min(needed, len(days_of(*asked)))
    assert len(reasons) - clashes - ends in ({0, 1} if short else {0})
    assert sum("election we don't" in reason for reason in reasons) == clashes


@given(calendars, stretches(60), st.integers(0, 30))
def test_the_order_in_which_the_calendar_was_written_does_not_matter(calendar, asked, needed):
    assert against(calendar, *asked, needed) == against(calendar[::-1], *asked, needed) or _twins(calendar)


def _twins(calendar):
    keys = [(each.from_on, each.until_on, each.name) for each in calendar]
    return len(set(keys)) < len(keys)


@given(calendars, stretches(60), st.integers(0, 30), periods(DayKind.PRE_ELECTION))
def test_one_more_pre_election_period_never_makes_a_time_better(calendar, asked, needed, more):
    assert len(against([*calendar, more], *asked, needed)) >= len(against(calendar, *asked, needed))


@given(
    st.lists(st.builds(Days, st.sampled_from(DayKind), names, st.dates(), st.dates()), max_size=5),
    st.dates(),
    st.dates(),
)
@example([Days(DayKind.TERM, "x", date.min, date.max)], date.min, date.max)
@example([Days(DayKind.TERM, "x", date.max, date.max)], date.max, date.max)
def test_any_dates_get_an_answer(calendar, opens_on, closes_on):
    reasons = [*what_speaks_against(calendar, opens_on, closes_on, 10), *what_to_know(calendar, opens_on, closes_on)]
    assert all(sentence(say) for say in reasons)
    if closes_on < opens_on:
        assert reasons == []


@given(calendars, stretches(60))
def test_every_sentence_names_what_it_is_about(calendar, asked):
    for say in [*what_speaks_against(calendar, *asked, 10), *what_to_know(calendar, *asked)]:
        assert say.facts["name"] in {each.name for each in calendar}


# What an officer should know


def test_what_falls_in_between_is_worth_knowing():
    assert to_know([EID], date(2027, 3, 1), date(2027, 3, 14)) == [
        "Eid al-Fitr is while it is open: Wednesday 10 March 2027."
    ]
    assert to_know([EID], date(2027, 3, 10), date(2027, 3, 24)) == []
    fair = Days(DayKind.OTHER, "School choices are due", date(2027, 3, 3), date(2027, 3, 5))
    assert to_know([fair], date(2027, 3, 5), date(2027, 3, 19)) == [
        "School choices are due is while it is open: Wednesday 3 March 2027 to Friday 5 March 2027."
    ]


def test_the_end_of_a_term_is_worth_knowing_unless_the_next_one_follows_at_once():
    asked = date(2027, 10, 11), date(2027, 10, 24)
    assert to_know([AUTUMN], *asked) == ["Autumn term ends while it is open: Friday 22 October 2027."]
    assert to_know([AUTUMN, Days(DayKind.TERM, "More", date(2027, 10, 23), date(2027, 12, 1))], *asked) == []
    assert to_know([AUTUMN], date(2027, 10, 8), date(2027, 10, 22)) == []


def test_a_result_may_fall_into_a_pre_election_period():
    words = (
        "Before the local elections begins soon after it closes: Monday 29 March 2027. "
        "Ask your team if the result may go out then."
    )
    assert to_know([ELECTION], date(2027, 3, 1), date(2027, 3, 28)) == [words]
    assert to_know([ELECTION], date(2027, 3, 1), date(2027, 3, 15)) == [words]
    assert to_know([ELECTION], date(2027, 3, 1), date(2027, 3, 14)) == []


# The sample, and who may keep it


@given(st.dates(date(2024, 1, 1), date(2045, 1, 1)))
def test_the_sample_could_have_been_typed_says_what_it_is_and_leaves_today_free(today):
    sample = sample_periods(today)
    for each in sample:
        assert what_is_wrong_with_period(each.kind, each.name, each.from_on, each.until_on, today) == {}
        assert each.name.endswith("(sample)")
    terms = [each for each in sample if each.kind is DayKind.TERM]
    assert [each.from_on for each in terms] == sorted(each.from_on for each in terms)
    assert all(one.until_on < other.from_on for one, other in pairwise(terms))
    assert terms[0].from_on - timedelta(days=40) < today < terms[-1].until_on
    assert not any(each.kind is DayKind.PRE_ELECTION for each in sample if each.from_on < today + timedelta(days=60))


def test_every_kind_has_its_words():
    assert set(KINDS) == set(DayKind)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (NOBODY, False),
        (Actor(roles=frozenset({Role.OFFICER}), hat=Hat.FAMILY), False),
        (Actor(roles=frozenset({Role.OFFICER}), hat=Hat.STAFF), True),
        (Actor(roles=frozenset({Role.LEAD}), hat=Hat.STAFF), True),
        (system("setup"), True),
    ],
)
def test_who_may_keep_the_calendar(who, may):
    assert bool(may_keep_calendar(who)) is may
