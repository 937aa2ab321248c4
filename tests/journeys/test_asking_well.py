"""A question of every kind, answered on a phone, counted and read; a consultation that ends with an answer."""

from itertools import cycle

import pytest

from pyramid_app.accounts import service as accounts
from pyramid_app.area import service as area
from pyramid_app.base.work import working
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.rules import PollKind
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.journeys.test_whole_loop import SAM, sign_in
from tests.polls.builders import CAME, EVERY_KIND, a_poll

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

AMINA = "amina@example.org"
OTHERS = [f"family{number}@example.org" for number in range(40)]
AGES = ("0 to 4", "5 to 10")


@pytest.fixture
def asked(stage):
    """A consultation with every kind of question, which also asks for the child's age; and Amina, who is invited."""
    with stage.act() as work:
        the_area(work)
        area.change_settings(work, {"child_ages": list(AGES)}, "for tests")
        an_officer(work, "Sam", SAM, lead=True)
        for address in (AMINA, *OTHERS):
            a_member(work, address)
        proposal = {"kind": PollKind.CONSULTATION, "proposal": "Texts instead of calls, because they are quicker."}
        poll = a_poll(
            work, stage.settings.keys, questions=EVERY_KIND, facts=("age",), considered="An app; a call.", **proposal
        )
    stage.work()
    return poll


def others_answer(stage, poll):
    """Most agree, some do not: enough for a picture, rounds, sides and a table by age."""
    with stage.act() as work:
        people = [accounts.person_at(work, address) for address in OTHERS]
        paper = queries.paper_of(work.session, poll)
    bus, several, ranking, scale, views, words = paper.questions
    ways = cycle([(0, "agree"), (0, "agree"), (1, "disagree"), (2, "agree"), (1, "agree")])
    for number, (person, (pick, stance)) in enumerate(zip(people, ways, strict=False)):
        box = {question.id.hex: [paper.options[question.id][pick].id.hex] for question in (bus, several, scale)}
        for place, option in enumerate(paper.options[ranking.id]):
            box[f"{ranking.id.hex}-{option.id.hex}"] = [str((place + pick) % 3 + 1)]
        for option in paper.options[views.id]:
            box[f"{views.id.hex}-{option.id.hex}"] = [stance]
        box |= {words.id.hex: ["The bus is cold."] if number < 6 else [""], "share-age": [AGES[number % 2]]}
        with working(stage.database, acting_as(person)) as work:
            answering.answer_signed_in(work, poll.id, box, CAME)


def answers_everything(parent):
    parent.goes("/polls").follows("School buses").looks("consultation").presses("Answer now")
    parent.looks("paper of every kind").presses("Go on").looks("paper with errors")
    parent.reads("What would help? Choose an answer")
    parent.ticks("It is late").ticks("A text message").ticks("Badly")
    for place, name in enumerate(("Care", "Time"), start=1):
        parent.page.get_by_label(name, exact=True).select_option(str(place))
    parent.page.get_by_role("radio", name="Agree", exact=True).first.check()
    parent.writes("What else?", "Thank you for asking.").ticks("5 to 10")
    parent.presses("Go on").reads("Check your answer").reads("1. Care").reads("2. Time").looks("check of every kind")
    parent.presses("Change it").presses("Go on").reads("Thank you for asking.")
    return parent.presses("Send my answer").reads("Your answer is in. Thank you.").looks("thanks for all")


def changes_her_mind(parent):
    parent.goes("/me/questions").looks("my questions").follows("School buses")
    parent.reads("You have answered this.").ticks("It is on time").ticks("One more helper").ticks("Well")
    parent.page.get_by_label("Calm", exact=True).select_option("1")
    parent.page.get_by_role("radio", name="Pass", exact=True).first.check()
    return parent.presses("Go on").presses("Send my answer").reads("Your answer is in.")


def says_what_came_of_each_point(officer, poll, paper):
    officer.goes(f"/polls/{poll.ref}").follows("Write how you considered this").looks("how it was considered")
    for number, question in enumerate(paper.questions):
        if officer.page.locator(f"[name=points-{number}-said]").count() == 0:
            officer.presses("One more point")
        officer.page.select_option(f"[name=points-{number}-question]", str(question.id))
        officer.page.fill(f"[name=points-{number}-said]", f"Point {number + 1} of families")
        officer.page.fill(f"[name=points-{number}-answer]", "It is in the contract until 2028.")
        officer.page.locator(f"[name=points-{number}-changed]").last.check()
    officer.presses("Publish it, and tell everyone who answered").reads("Point 6 of families").looks("considered")


def test_asked_in_every_way_and_considered(asked, stage, someone):
    parent = sign_in(someone("parent"), AMINA)
    changes_her_mind(answers_everything(parent))
    others_answer(stage, asked)
    someone("reader").goes(f"/polls/{asked.ref}").reads("What is proposed").looks("asked")

    stage.later(days=35)
    reader = someone("reader").goes(f"/polls/{asked.ref}/results").reads("What families said").looks("every result")
    for summary in reader.page.locator("summary").all():
        summary.click()
    reader.looks("every result, opened").reads("0 to 4").reads("Nearly all agree").reads("Wrote in their own words")
    officer = sign_in(someone("officer", phone=False), SAM).presses("Be here as staff")
    officer.goes("/desk/calendar").looks("calendar").goes("/desk/polls").looks("questions on the desk")
    with stage.database.reading() as session:
        paper = queries.paper_of(session, queries.get_draft(session, asked.ref))
    says_what_came_of_each_point(officer, asked, paper)
    stage.work()
    assert "It is in the contract until 2028." in stage.mail.text(AMINA)
