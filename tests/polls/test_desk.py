"""The officer's pages: writing, what is missing, the preview, the letter, scheduling; and what everybody can read."""

from datetime import date, timedelta

import pytest

from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.rules import State, state_of
from tests.ballots.builders import a_key
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import BUS, CAME, HELP, a_draft, a_poll, a_topic, boxes, chosen
from tests.polls.conftest import TEAM

pytestmark = pytest.mark.usefixtures("area")


@pytest.fixture
def sam(act, browser):
    with act(TEAM) as work:
        person = an_officer(work)
    browser.sign_in(person, staff=True)
    return person


def day(name, on):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def draft(database, ref):
    with database.reading() as session:
        return queries.paper_of(session, queries.get_draft(session, ref))


WRITTEN = {
    "why": "You told us.",
    "who_decides": "The board",
    "where_decided": "Town Hall",
    "can_change": "Times.",
    "cannot_change": "The company.",
    "next_what": "We tell you.",
    **day("decided_on", date(2027, 4, 20)),
    **day("next_by", date(2027, 4, 30)),
}
BUS_TODAY = {
    "text": "How is the bus?",
    "options-0-name": "Late",
    "options-0-meaning": "Most days.",
    "options-2-name": "On time",
    "options-2-meaning": "Nearly always.",
}
WOULD_HELP = {
    "text": "What would help?",
    "at_most": "2",
    "options-0-name": "A text",
    "options-0-meaning": "When it is late.",
    "options-1-name": "A helper",
    "options-1-meaning": "On each bus.",
}


def test_from_nothing_to_an_open_poll(browser, sam, act, keys, database, post):
    with act(TEAM) as work:
        a_key(work, keys)
        topic = a_topic(work)
        a_member(work)
    browser.get("/desk/polls").follow("Write a new question").press("Go on", title="")
    assert browser.status == 422
    browser.press("Go on", title="Buses in the morning", topic=str(topic.id))
    ref = browser.path.rsplit("/", 1)[1]
    assert "Still missing" in browser.text
    assert "Say who decides." in browser.text
    browser.press("Save", **WRITTEN)
    browser.follow("One answer").press("Save this question", **BUS_TODAY)
    assert "Nothing is missing. You can schedule it." in browser.text
    assert [option.name for option in draft(database, ref).options[draft(database, ref).questions[0].id]] == [
        "Late", "On time",
    ]  # fmt: skip
    browser.follow("Several answers, up to a number")
    assert "Question 2" in browser.text
    browser.press("Save this question", **WOULD_HELP)
    assert len(draft(database, ref).questions) == 2
    browser.follow("See it as families will").press("Go on")
    assert browser.status == 422
    paper = draft(database, ref)
    with act() as work:
        picks = boxes(chosen(work, paper.poll, 0, [0, 1]))
    browser.press("Go on", **picks)
    assert "Nothing you choose here is kept." in browser.text
    assert "Send my answer" not in browser.buttons()
    browser.get(f"/desk/polls/{ref}").follow("Try the letter, and schedule it").press("Send me this letter")
    assert "The letter is on its way to you." in browser.text
    post.deliver()
    assert "2 questions for you: Buses in the morning" in post.last_to("sam@council.example.org").words.text
    assert "Families who will be asked now: fewer than 5" in browser.text
    browser.press("Schedule it")
    assert browser.path == f"/polls/{ref}"
    assert "You have until Sunday 21 March 2027, 10 pm." in browser.text
    assert browser.get(f"/desk/polls/{ref}").path == f"/polls/{ref}"
    assert browser.get("/desk/polls").text.count("open") == 1


def test_two_officers_nothing_is_lost(browser, new_browser, sam, act, database):
    with act(TEAM) as work:
        poll, other = a_draft(work), an_officer(work, "Kim", "kim@council.example.org")
    browser.get(f"/desk/polls/{poll.ref}")
    new_browser().sign_in(other, staff=True).get(f"/desk/polls/{poll.ref}").press("Save", why="Kim was first.")
    browser.press("Save", why="Sam was second.")
    assert browser.status == 409
    assert "Somebody else saved this while you were writing." in browser.text
    assert "Sam was second." in browser.html
    assert draft(database, poll.ref).poll.why == "Kim was first."


@pytest.mark.parametrize(
    "changes",
    [{"title": ""}, {"title": "x" * 200_000}, {"why": "x" * 1001}, {"next_by-day": "31", "next_by-month": "2"},
     {"minutes": "many"}, {"kind": "election"}, {"facts": ["ward"]}, {"pages": "none"}],
)  # fmt: skip
def test_bad_writing_is_refused_with_everything_kept(browser, sam, act, database, changes):
    with act(TEAM) as work:
        poll = a_draft(work)
    browser.get(f"/desk/polls/{poll.ref}").press("Save", who_decides="Somebody else", **changes)
    assert browser.status == 422
    assert "Somebody else" in browser.html
    assert draft(database, poll.ref).poll.who_decides == "The transport board"


def test_two_officers_write_one_question_and_nothing_is_lost(browser, new_browser, sam, act, database):
    with act(TEAM) as work:
        poll, other = a_draft(work), an_officer(work, "Kim", "kim@council.example.org")
    browser.get(f"/desk/polls/{poll.ref}/questions/1")
    new_browser().sign_in(other, staff=True).get(f"/desk/polls/{poll.ref}").press("Take out question 1")
    browser.press("Save this question", **{"options-1-name": "My own words"})
    assert browser.status == 409
    assert "Somebody else saved this while you were writing." in browser.text
    assert "My own words" in browser.html
    assert draft(database, poll.ref).questions == []


@pytest.mark.parametrize(
    "changes",
    [{"text": ""}, {"text": "x" * 50_000}, {"options-0-name": "x" * 201}, {"options-1-meaning": "x" * 301},
     {f"options-{n}-name": f"Answer {n}" for n in range(31)}, {f"options-{n}-name": f"No {n}" for n in range(390)}],
)  # fmt: skip
def test_a_bad_question_is_refused_with_everything_kept(browser, sam, act, database, changes):
    with act(TEAM) as work:
        poll = a_draft(work)
    browser.get(f"/desk/polls/{poll.ref}/questions/1")
    browser.press("Save this question", **{"options-2-meaning": "My own words", **changes})
    assert browser.status == 422
    assert "My own words" in browser.html or len(changes) > 2
    assert all(value in browser.html for value in changes.values())
    assert draft(database, poll.ref).options[draft(database, poll.ref).questions[0].id][2].meaning != "My own words"


def test_two_thousand_answers_are_too_many_and_none_is_lost(browser, sam, act):
    with act(TEAM) as work:
        poll = a_draft(work)
    browser.get(f"/desk/polls/{poll.ref}/questions/1")
    browser.press("Save this question", **{f"options-{n}-name": f"Answer {n}" for n in range(2000)})
    assert browser.status == 422
    assert "30 are the most." in browser.text
    assert "Answer 1999" in browser.html


def test_questions_are_moved_and_taken_out(browser, sam, act, database):
    with act(TEAM) as work:
        poll = a_draft(work, questions=(BUS, HELP))
    browser.get(f"/desk/polls/{poll.ref}").press("Down question 1")
    assert [q.text for q in draft(database, poll.ref).questions] == [HELP.text, BUS.text]
    browser.press("Up question 1")
    assert [q.text for q in draft(database, poll.ref).questions] == [HELP.text, BUS.text]
    browser.press("Take out question 1")
    assert [q.text for q in draft(database, poll.ref).questions] == [BUS.text]
    for path in ("questions/2", "questions/0", "questions/new/essay"):
        assert browser.get(f"/desk/polls/{poll.ref}/{path}").status == 404


def test_one_more_row_keeps_what_was_written(browser, sam, act, database):
    with act(TEAM) as work:
        poll = a_draft(work, questions=())
    browser.get(f"/desk/polls/{poll.ref}").follow("A scale, from one end to the other")
    browser.press("One more row", text="How well?", **{"options-0-name": "Badly"})
    assert browser.status == 200
    names = {f"options-{n}-name": name for n, name in enumerate(("Badly", "So-so", "Well", "Very well"))}
    browser.press("Save this question", **names)
    paper = draft(database, poll.ref)
    assert [option.name for option in paper.options[paper.questions[0].id]] == list(names.values())
    assert not paper.questions[0].shuffled


@pytest.mark.parametrize(
    ("pattern", "first"),
    [("charter check", "1. "), ("check-in", "How well is your child helped this term?"),
     ("choose a date", "Which of these could you come to?")],
)  # fmt: skip
def test_a_poll_begins_with_the_words_of_a_pattern(browser, sam, act, database, pattern, first):
    with act(TEAM) as work:
        charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
        topic = a_topic(work)
    browser.get("/desk/polls/new").press("Go on", title="This year", topic=str(topic.id), pattern=pattern)
    paper = draft(database, browser.path.rsplit("/", 1)[1])
    assert paper.questions[0].text.startswith(first)
    assert (paper.questions[0].commitment is not None) is (pattern == "charter check")


@pytest.mark.parametrize("version", ["", "nonsense", "9999999999", "-1"])
def test_a_made_up_version_is_an_old_one(browser, sam, act, version):
    with act(TEAM) as work:
        poll = a_draft(work)
    assert browser.get(f"/desk/polls/{poll.ref}").press("Save", version=version).status == 409


def test_words_that_look_like_html_stay_words(browser, sam, act):
    with act(TEAM) as work:
        poll = a_draft(work, title="<b>Bus</b> & {{ 7 * 7 }} {name}")
    browser.get(f"/desk/polls/{poll.ref}")
    assert "<b>Bus" not in browser.html
    assert "<b>Bus</b> & {{ 7 * 7 }} {name}" in browser.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (day("closes_on", date(2027, 2, 28)), "It must close later than it opens."),
        (day("closes_on", date(2027, 4, 30)), "What happens next must be later"),
        ({"closes_on-day": "", "closes_on-month": "", "closes_on-year": ""}, "Say on which day it closes."),
        ({"closes_hour": "3"}, "Not a valid choice"),
    ],
)
def test_times_that_make_no_sense(browser, sam, act, keys, database, changes, sentence):
    with act(TEAM) as work:
        a_key(work, keys)
        poll = a_draft(work)
    browser.get(f"/desk/polls/{poll.ref}/schedule").press("Schedule it", **changes)
    assert (browser.status, sentence in browser.text) == (422, True)
    assert state_of(draft(database, poll.ref).poll, poll.written_at) is State.WRITTEN


def test_without_a_key_the_officer_is_told(browser, sam, act):
    with act(TEAM) as work:
        poll = a_draft(work)
    browser.get(f"/desk/polls/{poll.ref}/schedule").press("Schedule it")
    assert browser.status == 422
    assert "There is no key ready" in browser.text


def test_scheduled_for_later(browser, sam, act, keys, new_browser):
    with act(TEAM) as work:
        a_key(work, keys)
        poll = a_draft(work)
    opens = {**day("opens_on", date(2027, 3, 8)), "opens_hour": "9"}
    browser.get(f"/desk/polls/{poll.ref}/schedule").press("Schedule it", **opens)
    assert "It is open for less than 14 days. Say why" in browser.text
    opens["shorter_because"] = "The board meets early."
    browser.get(f"/desk/polls/{poll.ref}/schedule").press("Schedule it", **opens)
    family = new_browser().get(f"/polls/{poll.ref}")
    assert "It opens on Monday 8 March 2027, 9 am." in family.text
    assert "Answer now" not in family.text
    assert "The board meets early." in family.text
    assert new_browser().get("/polls").text.count("It opens on") == 1
    assert new_browser().get(f"/q/{poll.ref}").status == 409


def test_members_find_no_desk(new_browser, act, keys):
    with act(TEAM) as work:
        member, poll = a_member(work), a_draft(work)
    one = new_browser().sign_in(member)
    for path in ("", "/new", f"/{poll.ref}", f"/{poll.ref}/schedule", f"/{poll.ref}/preview"):
        assert one.get(f"/desk/polls{path}").status == 404
    assert one.get(f"/polls/{poll.ref}").status == 404


def test_the_result_everybody_sees(browser, act, keys, run_jobs, clock):
    with act(TEAM) as work:
        poll = a_poll(work, keys, questions=(BUS, HELP))
        people = [a_member(work, f"parent{n}@example.org") for n in range(32)]
    for number, person in enumerate(people):
        with act(acting_as(person)) as work:
            answering.answer_signed_in(
                work, poll.id, chosen(work, poll, number % 3, [0, 1] if number % 3 else None), CAME
            )
    assert browser.get(f"/polls/{poll.ref}/results").path == f"/polls/{poll.ref}"
    assert "Nobody can see any answers until Sunday 21 March 2027, 10 pm." in browser.text
    assert poll.closes_at is not None
    clock.move_to(poll.closes_at + timedelta(minutes=1))
    assert "The answers are being counted." in browser.get(f"/polls/{poll.ref}").text
    run_jobs("count")
    browser.get("/polls").follow("School buses")
    assert browser.path == f"/polls/{poll.ref}/results"
    assert "Answered: 32." in browser.text
    assert "<svg" in browser.html
    assert "It is late 11 34" in browser.text
    assert "What happens next" in browser.text
    assert browser.get(f"/polls/{poll.ref}").follow("See what families said").status == 200


def test_few_answers_have_no_chart(browser, act, keys, run_jobs, clock):
    with act(TEAM) as work:
        poll, person = a_poll(work, keys), a_member(work)
    with act(acting_as(person)) as work:
        answering.answer_signed_in(work, poll.id, chosen(work, poll, 0), CAME)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    browser.get(f"/polls/{poll.ref}/results")
    assert "Fewer than 10 families answered this" in browser.text
    assert "<svg" not in browser.html
    assert "Asked: fewer than 5. Answered: fewer than 5." in browser.text
