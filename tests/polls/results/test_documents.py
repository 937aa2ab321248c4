"""From answers to what everybody sees: every kind of question, tables by shared facts, and files that hold the same."""

import csv
import io
import json
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyramid_app.ballots.counting import Counted
from pyramid_app.base.ledger import progress
from pyramid_app.base.ledger.models import Progress
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.kinds import check_answers
from pyramid_app.polls.progress import adding_up, handing_over
from pyramid_app.polls.results import stored
from pyramid_app.polls.results.adding import Adding
from pyramid_app.polls.results.document import document_of
from pyramid_app.polls.results.queries import find_document
from pyramid_app.polls.results.tables import by_fact, tables_of, turnout_of
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import CAME, EVERY_KIND, a_poll, every_box
from tests.polls.conftest import TEAM
from tests.support.papers import good_boxes, papers

FAMILIES = 60


@pytest.fixture
def counted(area, act, keys, clock, run_jobs):
    """Sixty families of three ages have answered every kind of question."""
    ages = ("0 to 4", "5 to 10", "11 to 15")
    with act(TEAM) as work:
        poll = a_poll(work, keys, questions=EVERY_KIND, facts=("age",))
        people = [a_member(work, f"family{n}@example.org") for n in range(FAMILIES)]
    for number, person in enumerate(people):
        with act(acting_as(person)) as work:
            boxes = every_box(work, poll, "Late." if number == 7 else "")
            raw = {name.removeprefix("q-"): values for name, values in boxes.items()}
            paper = answering.queries.paper_of(work.session, poll)
            bus = paper.questions[0]
            raw[bus.id.hex] = [paper.options[bus.id][(number >= 30) + (number >= 50)].id.hex]
            matters = paper.questions[2]
            turn = (number >= 26) + (number >= 46)
            for place, option in enumerate(paper.options[matters.id]):
                raw[f"{matters.id.hex}-{option.id.hex}"] = [str((place - turn) % 3 + 1)]
            raw["share-age"] = [ages[number % 7 % 3]]
            views = paper.questions[4]
            told, listens = (option.id.hex for option in paper.options[views.id])
            raw[f"{views.id.hex}-{told}"] = ["disagree" if number % 10 == 0 else "agree"]
            raw[f"{views.id.hex}-{listens}"] = ["agree" if number % 2 else "disagree"]
            answering.answer_signed_in(work, poll.id, raw, CAME)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    return poll


def test_the_page_shows_every_kind(browser, counted):
    browser.get(f"/polls/{counted.ref}/results")
    for words in (
        "Asked: 60. Answered: 60.", "It is late 30 50", "By the child's age", "5 to 10", "How it was counted",
        "Nearly all agree", "Views divide", "Wrote in their own words", "fewer than 5",
    ):  # fmt: skip
        assert words in browser.text
    assert browser.html.count("<svg") >= 2


def test_files_carry_exactly_what_the_page_shows(browser, counted):
    page = browser.get(f"/polls/{counted.ref}/results").html
    on_page = re.findall(r'<td class="govuk-table__cell[^>]*>([^<]*)</td>', page)
    text = browser.get(f"/polls/{counted.ref}/results.csv").answer.get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    answer = json.loads(browser.get(f"/polls/{counted.ref}/results.json").answer.get_data(as_text=True))
    in_json = [str(cell) for table in answer["tables"][1:] for row in table["rows"] for cell in row[1:]]
    in_csv = [row[1:] for row in rows]
    assert sorted(on_page) == sorted(in_json)
    for table in answer["tables"]:
        for row in table["rows"]:
            assert [str(cell) for cell in row[1:]] in in_csv
    book = zipfile.ZipFile(io.BytesIO(browser.get(f"/polls/{counted.ref}/results.xlsx").answer.data))
    assert len([name for name in book.namelist() if "/sheet" in name]) == len(answer["tables"])


def test_a_file_never_runs_what_somebody_wrote(browser, act, keys, area, clock, run_jobs):
    with act(TEAM) as work:
        poll = a_poll(work, keys, title='=HYPERLINK("http://x")')
    clock.move_to(poll.closes_at)
    run_jobs("count")
    assert "'=HYPERLINK" in browser.get(f"/polls/{poll.ref}/results.csv").answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "pdf"])
def test_before_the_count_there_is_no_file(browser, area, act, keys, kind):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    assert browser.get(f"/polls/{poll.ref}/results.{kind}").status == 404


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_document_is_stored_and_read_again_the_same_and_always_makes_tables(data):
    asked = data.draw(papers())
    added = Adding(asked)
    for _ in range(data.draw(st.integers(0, 40))):
        added.add(check_answers(asked, data.draw(good_boxes(asked))).answers, b"roll")
    number = max(added.people.values(), default=0)
    document = document_of(added, Counted(number, number, number, 0, 0, rang=False))
    again = stored.read(stored.write(document))
    assert stored.write(again) == stored.write(document)
    assert again.questions == document.questions
    assert turnout_of(again).rows
    for seen in again.questions:
        for table in [*tables_of(seen), *by_fact(seen)]:
            assert all(len(row) == len(table.header) for row in table.rows)


def test_while_it_is_counted_the_page_says_how_far(browser, area, act, keys, clock, database):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    clock.move_to(poll.closes_at)
    assert "Counted so far" not in browser.get(f"/polls/{poll.ref}").text
    with act(TEAM) as work:
        work.session.add(Progress(work=adding_up(poll.id), done=40_000, total=100_000, at=work.now))
    assert "Counted so far: 40%" in browser.get(f"/polls/{poll.ref}").text


def test_the_desk_says_how_far_the_count_is_and_how_many_own_words_have_come(browser, area, act, keys, clock):
    with act(TEAM) as work:
        poll, sam = a_poll(work, keys), an_officer(work)
    clock.move_to(poll.closes_at)
    browser.sign_in(sam, staff=True)
    for name, said in ((adding_up, "Counted so far: 40%"), (handing_over, "Own words on the desk so far: 40%")):
        assert said not in browser.get("/desk/polls").text
        with act(TEAM) as work:
            progress.say(work.session, name(poll.id), 4, 10, work.now)
        assert said in browser.get("/desk/polls").text
        with act(TEAM) as work:
            progress.over(work.session, name(poll.id))


def test_progress_is_said_every_two_seconds_and_ends_with_the_work(database, clock, act):
    seen = []
    for number in progress.told(database, "long", range(10), 10):
        clock.shift(0.7)
        with database.reading() as session:
            seen.append(progress.percent_done(session, "long"))
        assert number < 10
    assert seen[0] is None
    assert seen == sorted(seen, key=lambda percent: percent or 0)
    assert seen[-1] >= 80
    with act() as work:
        progress.over(work.session, "long")
    with database.reading() as session:
        assert progress.percent_done(session, "long") is None


def test_a_promise_shows_its_trend_from_check_to_check(browser, area, act, keys, clock, run_jobs, database):
    from pyramid_app.charter import service as charter
    from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
    from pyramid_app.polls.asking.patterns import charter_check

    with act(TEAM) as work:
        charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
        people = [a_member(work, f"family{n}@example.org") for n in range(24)]
        poll = a_poll(work, keys, questions=charter_check("This year", [(9, "We answer.")]).questions)
    for number, person in enumerate(people):
        with act(acting_as(person)) as work:
            raw = {name.removeprefix("q-"): values for name, values in every_box(work, poll).items()}
            if number >= 14:
                (question,) = answering.queries.paper_of(work.session, poll).questions
                raw[question.id.hex] = [answering.queries.paper_of(work.session, poll).options[question.id][1].id.hex]
            answering.answer_signed_in(work, poll.id, raw, CAME)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    browser.get("/charter/commitments/9")
    assert "Did this happen for families?" in browser.text
    assert "2027" in browser.text
    with database.reading() as session:
        document = find_document(session, poll)
    assert document is not None
    shown = [line.number for line in document.questions[0].shown.lines]
    assert all(str(number) in browser.text for number in shown[:1])
