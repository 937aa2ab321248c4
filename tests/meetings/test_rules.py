"""What a meeting and an item need, when enough people are there, when a report is missing: pure."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.texts import LONDON, sentence
from pyramid_app.meetings.agenda import rules as agenda
from pyramid_app.meetings.agenda.rules import Draft, ItemKind, Word, draft_of
from pyramid_app.meetings.asking.rules import Answer, is_late, what_is_wrong_with_answer, what_is_wrong_with_ask
from pyramid_app.meetings.briefs.rules import sends_from, shorten
from pyramid_app.meetings.deciding import rules as deciding
from pyramid_app.meetings.deciding.rules import Decision, How, quorum_of, words_for
from pyramid_app.meetings.exercises.rules import Degree, ExerciseKind
from pyramid_app.meetings.exercises.rules import Plan as Exercise
from pyramid_app.meetings.exercises.rules import what_is_wrong as exercise_lacks
from pyramid_app.meetings.reporting import rules as reporting
from pyramid_app.meetings.reporting.rules import Boxes, asks_from, due_on, is_missing
from pyramid_app.meetings.rules import Plan, State, state_of, what_is_wrong, why_not_published

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLAN = Plan("Spring meeting", NOW + HOUR, NOW + 2 * HOUR, "Room 2")


@dataclass
class Meeting:
    starts_at: datetime = NOW + HOUR
    ends_at: datetime = NOW + 2 * HOUR
    published_at: datetime | None = None
    called_off_at: datetime | None = None
    closed_at: datetime | None = None


@pytest.mark.parametrize(
    ("meeting", "after", "state"),
    [
        (Meeting(), timedelta(0), State.WRITTEN),
        (Meeting(published_at=NOW), timedelta(0), State.COMING),
        (Meeting(published_at=NOW), HOUR, State.ON),
        (Meeting(), HOUR, State.ON),
        (Meeting(), 2 * HOUR, State.OVER),
        (Meeting(closed_at=NOW), HOUR, State.CLOSED),
        (Meeting(called_off_at=NOW, published_at=NOW), 9 * HOUR, State.CALLED_OFF),
    ],
)
def test_the_clock_says_where_a_meeting_is(meeting, after, state):
    assert state_of(meeting, NOW + after) is state


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None),
        ({"title": ""}, "title"),
        ({"starts_at": None}, "on"),
        ({"starts_at": NOW}, "on"),
        ({"ends_at": NOW + HOUR}, "ends"),
        ({"place": ""}, "place"),
        ({"place": "", "link": "https://meet.example.org/1"}, None),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://[bad"}, "link"),
    ],
)
def test_a_plan_is_whole(change, field):
    assert set(what_is_wrong(replace(PLAN, **change), NOW)) == ({field} if field else set())


def test_an_agenda_goes_out_once_and_not_empty():
    assert why_not_published(State.WRITTEN, 1) is None
    assert why_not_published(State.WRITTEN, 0)
    assert why_not_published(State.COMING, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None),
        ({"title": ""}, "title"),
        ({"words": "x" * 100_000}, "words"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 241}, "minutes"),
        ({"kind": None}, "kind"),
    ],
)
def test_an_item_is_whole(change, field):
    item = replace(Draft("A lift", "By July.", 20, ItemKind.DECIDE), **change)
    assert set(agenda.what_is_wrong(item)) == ({field} if field else set())


def test_an_interest_is_a_few_words():
    assert agenda.what_is_wrong_with_interest("My sister works there.") == {}
    assert agenda.what_is_wrong_with_interest("")
    assert agenda.what_is_wrong_with_interest("x" * 301)


@dataclass(frozen=True)
class Member:
    elected: bool
    person_id: UUID


def a_group(reps, others):
    return [Member(n < reps, uuid4()) for n in range(reps + others)]


def present(members, reps, others, how=How.HERE):
    elected = [one for one in members if one.elected][:reps]
    rest = [one for one in members if not one.elected][:others]
    return {one.person_id: how for one in [*elected, *rest]}


@pytest.mark.parametrize(
    ("reps", "others", "reps_here", "others_here", "enough"),
    [
        (8, 4, 4, 2, True),
        (8, 4, 3, 4, False),  # the Group is enough, the representatives are not
        (8, 8, 4, 3, False),  # the representatives are enough, the Group is not
        (7, 1, 4, 0, True),  # half of seven is four
        (7, 1, 3, 1, False),
        (4, 0, 2, 0, False),  # at least three
        (4, 0, 3, 0, True),
        (2, 9, 2, 9, False),  # two seats can never decide
        (0, 0, 0, 0, False),
    ],
)
def test_enough_are_here_only_if_both_sides_are(reps, others, reps_here, others_here, enough):
    members = a_group(reps, others)
    found = quorum_of(members, present(members, reps_here, others_here), 50, 3)
    assert found.enough is enough


def test_online_counts_and_apologies_do_not():
    members = a_group(8, 0)
    assert quorum_of(members, present(members, 4, 0, How.ONLINE), 50, 3).enough
    assert not quorum_of(members, present(members, 8, 0, How.APOLOGIES), 50, 3).enough


def test_the_page_says_it_in_words():
    members = a_group(8, 4)
    reps, group = quorum_of(members, present(members, 4, 1), 50, 3).lines
    assert sentence(reps) == "4 of 8 representatives are here: enough to decide."
    assert sentence(group) == "5 of 12 members of the Group are here. It takes 6 to decide."
    assert sentence(quorum_of(members, {}, 50, 3).lines[0]) == "0 of 8 representatives are here. It takes 4 to decide."


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 100), st.integers(1, 10), st.data())
def test_one_more_person_never_makes_it_too_few(reps, others, percent, least, data):
    members = a_group(reps, others)
    here = data.draw(st.sets(st.sampled_from(members))) if members else set()
    before = quorum_of(members, {one.person_id: How.HERE for one in here}, percent, least)
    for one in members:
        after = quorum_of(members, {each.person_id: How.HERE for each in {*here, one}}, percent, least)
        assert after.enough or not before.enough
    assert before.reps.needed >= least
    assert not before.enough or before.reps.here * 100 >= reps * percent


@pytest.mark.parametrize("word", Word)
def test_without_enough_people_only_heard_and_parked(word):
    decision = Decision(word, note="Because.")
    assert ("word" in deciding.what_is_wrong(decision, ItemKind.DECIDE, False)) is (
        word not in words_for(ItemKind.DECIDE, False)
    )
    assert ("word" in deciding.what_is_wrong(decision, ItemKind.HEAR, True)) is (word not in {Word.HEARD, Word.PARKED})
    assert deciding.what_is_wrong(decision, ItemKind.DECIDE, True) == {}


@pytest.mark.parametrize(
    ("decision", "wrong"),
    [
        (Decision(), {"word"}),
        (Decision(Word.WITH_NOTE), {"note"}),
        (Decision(Word.NOT_AGREED), {"note"}),
        (Decision(Word.AGREED), set()),
        (Decision(Word.AGREED, "x" * 1001, "x" * 501), {"note", "reps_line"}),
    ],
)
def test_a_refusal_has_a_reason(decision, wrong):
    assert set(deciding.what_is_wrong(decision, ItemKind.DECIDE, True)) == wrong


def test_an_ask_and_its_answer():
    assert set(what_is_wrong_with_ask("", "")) == {"title", "words"}
    assert set(what_is_wrong_with_ask("Buses", "x" * 100_000)) == {"words"}
    assert set(what_is_wrong_with_answer(Answer())) == {"yes"}
    assert set(what_is_wrong_with_answer(Answer(True))) == {"meeting"}
    assert set(what_is_wrong_with_answer(Answer(False))) == {"because"}
    assert what_is_wrong_with_answer(Answer(False, because="We talked about it in May.")) == {}


@dataclass
class Ask:
    answer_by_on: date = date(2027, 3, 15)
    answered_at: datetime | None = None


def test_late_begins_on_the_day_after():
    assert not is_late(Ask(), date(2027, 3, 15))
    assert is_late(Ask(), date(2027, 3, 16))
    assert not is_late(Ask(answered_at=NOW), date(2027, 3, 16))


@dataclass
class Report:
    sent_at: datetime | None = None


def test_the_morning_after_is_eight_in_london_also_in_summer_time():
    assert asks_from(datetime(2027, 3, 18, 12, tzinfo=UTC)) == datetime(2027, 3, 19, 8, tzinfo=UTC)
    assert asks_from(datetime(2027, 6, 18, 23, 30, tzinfo=UTC)) == datetime(2027, 6, 20, 7, tzinfo=UTC)


def test_missing_after_its_day():
    due = due_on(datetime(2027, 3, 19, 8, tzinfo=UTC), 5)
    assert due == date(2027, 3, 24)
    assert not is_missing(Report(), due, due)
    assert is_missing(Report(), due, due + timedelta(days=1))
    assert not is_missing(Report(NOW), due, due + timedelta(days=1))


def test_three_boxes_are_needed_and_short():
    assert reporting.what_is_wrong(Boxes("a", "b", "c")) == {}
    assert set(reporting.what_is_wrong(Boxes())) == {"raised", "said", "next"}
    assert set(reporting.what_is_wrong(Boxes("a" * 1001, "b", "c"))) == {"raised"}


@given(st.text(max_size=400), st.integers(1, 300))
def test_what_is_cut_for_paper_says_so_and_is_never_longer(text, most):
    cut, whole = shorten(text, most), " ".join(text.split())
    assert len(cut) <= most + len(" …")
    assert cut in (text, whole) or (cut.endswith(" …") and whole.startswith(cut.removesuffix(" …")))


def test_an_item_knows_the_draft_it_was_made_from():
    draft = uuid4()
    assert draft_of(f"draft:{draft}:2:show of hands") == draft
    assert [draft_of(source) for source in (None, "", f"step:{draft}", f"parked:{draft}")] == [None] * 4


@pytest.mark.parametrize("at", [datetime(2027, 3, 30, 10, tzinfo=LONDON), datetime(2027, 3, 30, 0, 30, tzinfo=LONDON)])
def test_the_brief_goes_out_at_eight_two_days_before_also_when_the_clocks_change(at):
    assert sends_from(at) == datetime(2027, 3, 28, 8, tzinfo=LONDON)


WHAT = {"kind": ExerciseKind.VISIT, "degree": Degree.INFORM, "topic_id": uuid4()}


def test_an_exercise_lacks_what_it_lacks():
    now = datetime(2027, 3, 1, 10, tzinfo=LONDON)
    assert set(exercise_lacks(Exercise(), now)) == {"kind", "degree", "title", "topic", "on", "place"}
    day = timedelta(days=1)
    for starts, wrong in (
        (now - 367 * day, True),
        (now - 300 * day, False),
        (now + 700 * day, False),
        (now + 740 * day, True),
    ):
        plan = Exercise("A visit", starts, starts + day / 24, "Here", **WHAT)
        assert bool(exercise_lacks(plan, now)) is wrong
    plan = Exercise("A visit", now, now, "", "javascript:alert(1)", **WHAT)
    assert set(exercise_lacks(plan, now)) == {"ends", "link"}
