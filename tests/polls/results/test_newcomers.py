"""One family among answers that somebody else has added: her own answer is not to be read off what is published.

Whoever adds answers knows them and subtracts them. In an area with members they help to reach no limit; in a new one,
where nearly everybody joins while the first question is open, they do unless the bell rang.
"""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from pyramid_app.area import service as area_service
from pyramid_app.ballots.counting import Counted
from pyramid_app.ballots.models import Ballot, RollEntry
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.kinds import check_answers
from pyramid_app.polls.results.adding import Adding, first_choices, in_rounds, where_they_stand
from pyramid_app.polls.results.document import UNIT, document_of
from pyramid_app.polls.results.rules import newcomers_count
from pyramid_app.polls.results.views import Document
from tests.ballots.builders import a_key
from tests.builders import a_member, acting_as
from tests.polls.builders import BUS, CAME, a_draft, a_poll, boxes, chosen
from tests.polls.conftest import TEAM
from tests.support.papers import good_boxes, papers


def lines_of(document: Document) -> list[dict[tuple[str, ...], int]]:
    """Every line of every question and statement with its number, in the order of the paper."""
    found = []
    for seen in document.questions:
        shown = [seen.shown, *(one.shown for one in sorted(seen.statements, key=lambda one: one.option))]
        found += [{line.options: line.number for line in one.lines} for one in shown if one]
    return found


def tables_of(document: Document) -> list[list[tuple[str, ...]]]:
    return [[row.groups for row in table.shown.rows] for seen in document.questions for table in seen.tables]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whoever_subtracts_her_own_answers_reads_what_was_published_without_them(data):
    """Any paper, any answers, any mixture: for the reader who added some, nothing has been added."""
    asked = data.draw(papers())
    answers = st.lists(good_boxes(asked).map(lambda raw: check_answers(asked, raw).answers), max_size=40)
    families, own = data.draw(answers), data.draw(answers)
    both, alone, added = Adding(asked), Adding(asked), Adding(asked)
    for one in families:
        both.add(one, b"family")
        alone.add(one, b"family")
    for one in own:
        both.add(one, b"own", late=True)
        added.add(one, b"own")
    stood, late = len(families), len(own)
    with_them = document_of(both, Counted(stood + late, stood, stood + late, late, 0, rang=True))
    without = document_of(alone, Counted(stood, stood, stood, 0, 0, rang=False))
    known = [*lines_of_known(added)]
    left = [
        {options: number - sum(mine[option] for option in options) for options, number in lines.items()}
        for lines, mine in zip(lines_of(with_them), known, strict=True)
    ]
    assert left == lines_of(without)
    assert all(number >= 5 for lines in left for number in lines.values())
    for more, fewer in zip(tables_of(with_them), tables_of(without), strict=True):
        assert bool(more) <= bool(fewer), "no table that would not have been there"


def lines_of_known(added: Adding):
    """What she knows: for each question and statement, how often she chose what."""
    nobody = Counted(0, 0, 0, 0, 0, rang=False)
    for seen in document_of(added, nobody).questions:
        (question,) = (one for one in added.asked.questions if one.id.hex == seen.id)
        tally = added.tallies[question.id]
        if seen.statements:
            for one in sorted(seen.statements, key=lambda one: one.option):
                prefix = f"{one.option}:"
                yield {name.removeprefix(prefix): tally[name] for name in map(prefix.__add__, STANCES)}
        elif seen.shown is not None:
            first = first_choices(tally)
            yield {name: first[name] for name in (*seen.labels, "not sure")}


STANCES = ("agree", "disagree", "pass")


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_new_areas_first_question_is_shown_as_if_everybody_had_been_there(data):
    asked = data.draw(papers())
    first, later = Adding(asked), Adding(asked)
    people = data.draw(st.integers(0, 40))
    for _ in range(people):
        answers = check_answers(asked, data.draw(good_boxes(asked))).answers
        first.add(answers, b"somebody", late=True)
        later.add(answers, b"somebody")
    new = document_of(first, Counted(people, 0, people, people, 0, rang=False))
    old = document_of(later, Counted(people, people, people, 0, 0, rang=False))
    assert (new.questions, new.answered, new.note) == (old.questions, old.answered, None)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_papers_stand_where_the_count_puts_them(data):
    """Told of all papers, it says what the count says in every round."""
    asked = data.draw(papers().filter(lambda one: any(q.kind == "ranking" for q in one.questions)))
    question = next(one for one in asked.questions if one.kind == "ranking")
    added = Adding(asked)
    for _ in range(data.draw(st.integers(0, 20))):
        added.add(check_answers(asked, data.draw(good_boxes(asked))).answers, b"roll")
    counted = in_rounds(question, asked, added.tallies[question.id])
    stood = list(where_they_stand(question, asked, added.tallies[question.id], counted))
    assert [[UNIT * number for number in held] for held, _ in stood] == [list(one.totals) for one in counted.stages]
    assert [UNIT * lost for _, lost in stood] == [one.non_transferable for one in counted.stages]


@pytest.mark.parametrize(
    ("stood", "joined", "more", "counts"),
    [
        (0, 40, {}, True),  # a new area
        (0, 0, {}, True),
        (12, 24, {}, True),
        (12, 23, {}, False),  # an area that has members
        (300, 20, {}, False),
        (49, 98, {}, True),
        (50, 1000, {}, False),
        (0, 40, {"rang": True}, False),
        (0, 40, {"for_some": True}, False),
    ],
)
def test_where_newcomers_help_to_reach_a_limit(stood, joined, more, counts):
    assert newcomers_count(stood, joined, **{"rang": False, "for_some": False, **more}) is counts


@pytest.fixture
def join_and_answer(new_browser, post, act):
    """Over the real pages, with a code: somebody who was no member before."""

    def one(poll, name: str, pick: int | None, **shared: str) -> None:
        with act(TEAM) as work:
            raw = boxes(chosen(work, poll, pick))
        page = new_browser().get(f"/q/{poll.ref}").press("Go on", **raw, **shared)
        page.press("Send me a code", cares="y", first="y", address=f"{name}@example.org")
        post.deliver()
        page.press("Send my answer", code=post.code_to(f"{name}@example.org"))
        assert "Your answer is in." in page.text

    return one


def published(browser, poll) -> str:
    page = browser.get(f"/polls/{poll.ref}/results").text
    files = [browser.get(f"/polls/{poll.ref}/results.{kind}").answer.get_data(as_text=True) for kind in ("csv", "json")]
    return "\n".join([page, *files])


def rows_of(browser, poll) -> dict[str, int]:
    """What the file says of each answer."""
    text = browser.get(f"/polls/{poll.ref}/results.json").answer.get_data(as_text=True)
    return {row[0]: row[1] for table in json.loads(text)["tables"][1:] for row in table["rows"]}


FOUR = (0, 1, 2, None)


@pytest.mark.parametrize("own", [(0, 1, 2, None), (1, 2, None)], ids=["20", "15"])
def test_one_family_among_answers_of_ones_own_cannot_be_read(
    own, area, act, keys, clock, run_jobs, browser, join_and_answer
):
    """Five of her own for every line, or five for all but the family's: with either, the table used to say hers.

    Somebody who comes from many networks: no budget of one of them is reached.
    """
    with act(TEAM) as work:
        area_service.change_settings(work, {"newcomers_a_day_network": 1000}, "for tests")
        families = [a_member(work, f"family{n}@example.org") for n in range(20)]
        poll = a_poll(work, keys)
        raw = boxes(chosen(work, poll, 0))
    run_jobs("invite")
    browser.sign_in(families[0]).get(f"/polls/{poll.ref}/paper").press("Go on", **raw).press("Send my answer")
    for number in range(5 * len(own)):
        join_and_answer(poll, f"own{number}", own[number % len(own)])
    clock.move_to(poll.closes_at)
    run_jobs("count")
    said = published(browser, poll)
    assert rows_of(browser, poll) == {}, "no number of any answer"
    assert "had joined before it opened" in said
    assert "Some people joined while this question was open." in said
    assert "not shown" in said


def test_the_result_is_the_same_whatever_the_family_answered(area, act, keys, clock, run_jobs, browser, answer):
    """Four families, one for each answer, each alone among twenty others: four results, and one document."""
    with act(TEAM) as work:
        families = [a_member(work, f"family{n}@example.org") for n in range(30)]
        polls = [a_poll(work, keys, title=f"Buses {n}") for n in range(4)]
    run_jobs("invite")
    clock.shift(timedelta(hours=1))
    with act(TEAM) as work:
        own = [a_member(work, f"own{n}@example.org") for n in range(20)]
    for poll, pick in zip(polls, FOUR, strict=True):
        answer(poll, [families[0], *own], [pick, *FOUR * 5])
        ring(act, poll)
    clock.move_to(polls[0].closes_at)
    run_jobs("count")
    said = {re.sub(r"Buses \d|buses-\d", "Buses", published(browser, poll)) for poll in polls}
    assert len({re.sub(r'csrf[^>]*>|nonce-?="?[^" ]*', "", one) for one in said}) == 1


def ring(act, poll) -> None:
    with act(TEAM) as work:
        work.session.get_one(Ballot, poll.ballot_id).rang_at = work.now


PICKS = [0] * 8 + [1] * 6 + [2] * 5
"""Nineteen answers that leave three lines: 8, 6, and 5 with nobody who is not sure."""


@pytest.fixture
def answer(act):
    """Families who have a sign-in, each from a network of her own."""

    def all_of_them(poll, people, picks) -> None:
        for person, pick in zip(people, picks, strict=False):
            with act(acting_as(person)) as work:
                came = replace(CAME, network=str(person.id))
                answering.answer_signed_in(work, poll.id, chosen(work, poll, pick), came)

    return all_of_them


@pytest.fixture
def a_question(area, act, keys, clock, answer):
    """It has just opened; ``before`` families have answered it, and ``after`` more who joined an hour later."""

    def asked(before: int, after: int):
        with act(TEAM) as work:
            poll = a_poll(work, keys)
            families = [a_member(work, f"family{n}@example.org") for n in range(before)]
        clock.shift(timedelta(hours=1))
        with act(TEAM) as work:
            newcomers = [a_member(work, f"newcomer{n}@example.org") for n in range(after)]
        answer(poll, [*families, *newcomers], PICKS)
        return poll

    return asked


def test_a_new_areas_first_question_is_shown(a_question, clock, run_jobs, browser):
    poll = a_question(0, 19)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    assert "Answered: 19. Joined while it was open: 19." in browser.get(f"/polls/{poll.ref}/results").text
    assert rows_of(browser, poll) == {"It is late": 8, "It is on time": 6, "We don't use it + I am not sure": 5}
    assert "joined while this question" not in published(browser, poll)


def test_once_the_bell_rang_a_new_area_says_why_it_shows_less(a_question, act, clock, run_jobs, browser):
    poll = a_question(0, 19)
    ring(act, poll)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    assert rows_of(browser, poll) == {}
    for said in (browser.get(f"/polls/{poll.ref}/results").text, published(browser, poll)):
        assert "Many people joined while this question was open, more than usual." in said
        assert "So we show fewer details than we could." in said


def test_newcomers_are_in_the_numbers_and_do_not_decide_which_are_shown(a_question, clock, run_jobs, browser):
    """Fourteen had joined before. The five who came later are the third line, and nobody firm stands in it."""
    poll = a_question(14, 5)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    assert rows_of(browser, poll) == {"It is late": 8, "It is on time + We don't use it + I am not sure": 11}
    assert "Answered: 19. Joined while it was open: 5 or more." in browser.get(f"/polls/{poll.ref}/results").text
    assert "Some people joined while this question was open." in browser.text


def test_a_young_person_who_comes_while_it_is_open_has_not_been_there_before(
    area, act, keys, new_browser, post, database, clock
):
    with act(TEAM) as work:
        families = a_draft(work, questions=(BUS,))
        twin = asking.ask_young_people_too(work, families.id)
        a_key(work, keys)
        twin = asking.schedule(work, twin.id, twin.version, None, work.now + timedelta(days=14, hours=4))
        raw = boxes(chosen(work, twin, 0))
    clock.shift(timedelta(hours=1))
    page = new_browser().get(f"/q/{twin.ref}").press("Go on", **raw)
    page.press("Send me a code", young="y", first="y", address="young@example.org")
    post.deliver()
    page.press("Send my answer", code=post.code_to("young@example.org"))
    with database.reading() as session:
        entry = session.exec(select(RollEntry).where(RollEntry.ballot_id == twin.ballot_id)).one()
        assert entry.joined_while_open
