"""The brief: to decide word for word, to hear, what we said we would do, and families' cleared words; on two pages."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pyramid_app.charter.commenting import service as commenting
from pyramid_app.charter.commenting.rules import Weight
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import DraftKind, Stage
from pyramid_app.charter.handing import owners
from pyramid_app.charter.handing import queries as handed
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.rules import Says
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.kit.texts import LONDON
from pyramid_app.meetings import service as meetings
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda.rules import Draft as Item
from pyramid_app.meetings.agenda.rules import ItemKind, Word
from pyramid_app.meetings.briefs import service
from pyramid_app.meetings.deciding import service as deciding
from pyramid_app.meetings.deciding.rules import Decision, How
from pyramid_app.outcomes.steps import service as steps
from pyramid_app.outcomes.steps.rules import Draft as Step
from tests.builders import a_member, acting_as
from tests.charter.builders import NEW_WORDS, Town, reword, to_the_vote
from tests.meetings.conftest import PLAN, SITE, STARTS
from tests.support import pdf
from tests.support.statements import counting

JOB = "send briefs"
TUESDAY = datetime(2027, 3, 16, 8, tzinfo=LONDON)
CANARY = "Zebedee Quill of Hill School"
MUST = "Say what happens when the bus does not come at all."


def say(act, team, topic, number, words="The bus is late."):
    """Somebody says it with a name in it, and the desk takes the name out."""
    with act(team) as work:
        voice = feedback.receive(work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=f"{words} {CANARY}")
        filing.file_voice(work, voice.id, topic.id, cleared=f"{words} ({number})")


@pytest.fixture
def draft(act, reps, others, clock):
    """A promise reworded, with something that one reader can't agree without, kept by its owner if …, at the Group."""
    rep = acting_as(reps[0])
    with act() as work:
        reader = a_member(work, "reader@example.org", "consultative", name="Rena Khan")
    with act(rep) as work:
        made = reword(work, drafting.start(work, DraftKind.REWORD, "Buses come in time", (9,), "Families wait."))
        handing.hand_on(work, made.id, Stage.CONSULTATIVE, "Please look.", SITE)
    with act(acting_as(reader)) as work:
        said = commenting.say(work, made.id, MUST, Weight.MUST, "")
    with act(rep) as work:
        commenting.answer(work, made.id, [said.id], commenting.CameOf.NOT_CHANGED, "It stands in promise 3.", SITE)
        handing.hand_on(work, made.id, Stage.GROUP, "Read.", SITE)
        handing.hand_on(work, made.id, Stage.OWNER, "Can you?", SITE)
    with act() as work:
        for one in handed.owners_said(work.session, work.session.get_one(Draft, made.id)):
            owners.answer(work, Held(one.ask.id), Says.IF, "if it is ten minutes")
    with act(rep) as work:
        handing.hand_on(work, made.id, Stage.HANDS, "Raise your hands.", SITE)
    return made


@pytest.fixture
def item(act, chair, meeting, draft):
    """The draft is on the agenda with one press."""
    with act(chair) as work:
        return agenda.take(work, meeting.id, f"draft:{draft.id}:{draft.version}:{Stage.HANDS}")


@pytest.fixture
def before(act, chair, others, reps, team, topic, clock):
    """A meeting was held on 4 March: a lift was agreed, and the NHS promised a step that is late now."""
    early = datetime(2027, 3, 4, 10, tzinfo=LONDON)
    with act(chair) as work:
        old = meetings.arrange(work, replace(PLAN, starts_at=early, ends_at=early + timedelta(hours=2)))
        lift = agenda.add(work, old.id, Item("A lift for Hill School", "", 20, ItemKind.DECIDE, topic.id))
        meetings.publish(work, old.id, SITE)
    clock.move_to(early)
    with act(chair) as work:
        deciding.write_down(work, old.id, dict.fromkeys([*(one.id for one in reps), *others.values()], How.HERE))
        deciding.decide(work, old.id, lift.id, 1, Decision(Word.WITH_NOTE, "By July."))
        deciding.close(work, old.id, SITE)
    with act(team) as work:
        steps.add(work, topic.id, Step("Ask for money for the lift", "nhs", "buildings", date(2027, 3, 10), "A letter"))
        kept = steps.add(work, topic.id, Step("Measure the shaft", "nhs", "buildings", date(2027, 3, 12), "A plan"))
    clock.move_to(datetime(2027, 3, 12, 10, tzinfo=LONDON))
    with act(team) as work:
        steps.finish(work, kept.id, date(2027, 3, 11), "https://example.org/plan")


def test_everything_stands_there_in_its_order(
    browser, act, team, chair, before, meeting, item, report, rosa, topic, clock
):
    for number in range(6):
        clock.shift(timedelta(minutes=1))
        say(act, team, topic, number)
    said = browser.sign_in(rosa).get(f"/meetings/{meeting.ref}/brief").text
    places = [said.index(words) for words in (
        "To decide", "Buses come in time", NEW_WORDS, "We can keep it if … if it is ten minutes",
        "I can’t agree without it", MUST, "The show of hands", "To hear", "The year in figures",
        "What we said we would do", "A lift for Hill School: Agreed, with a note. By July.",
        "Late since Wednesday 10 March 2027. The NHS: Ask for money for the lift",
        "Done on Thursday 11 March 2027. The NHS: Measure the shaft", "What families say", "The bus is late. (5)",
    )]  # fmt: skip
    assert places == sorted(places)
    assert said.count("The bus is late. (") == 4
    printed = pdf.text(browser.get(f"/meetings/{meeting.ref}/brief.pdf").answer.data)
    for words in (NEW_WORDS, "if it is ten minutes", MUST, "By July.", "Measure the shaft", "The bus is late. (5)"):
        assert words in printed
    assert CANARY not in said + printed
    assert "Zebedee" not in said + printed


def test_what_is_changed_is_said_in_sentences_and_word_for_word(browser, meeting, item, rosa):
    browser.sign_in(rosa).get(f"/meetings/{meeting.ref}/brief")
    assert "We changed “" in browser.text
    assert list(browser.tree.iter("ins"))
    printed = pdf.text(browser.get(f"/meetings/{meeting.ref}/brief.pdf").answer.data)
    assert "Now: " in printed
    assert f"Proposed: {NEW_WORDS}" in printed


def test_a_screen_reader_meets_headings_quotes_and_lists(browser, meeting, item, report, rosa):
    kinds = [kind for kind, _ in pdf.tags(browser.sign_in(rosa).get(f"/meetings/{meeting.ref}/brief.pdf").answer.data)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 4
    assert {"/H3", "/BlockQuote", "/L"} <= set(kinds)


@pytest.mark.parametrize(
    ("items", "words"), [(0, ""), (3, "Short."), (30, "Long words of an item. " * 120), (30, "a\n" * 1499 + "a")]
)
def test_however_long_the_agenda_it_is_two_pages_and_says_what_is_left_out(
    browser, act, team, chair, meeting, item, rosa, topic, items, words
):
    long = "The bus came late and 🚌 nobody told us, again. " * 90
    for number in range(4):
        say(act, team, topic, number, long)
    with act(chair) as work:
        for number in range(items):
            kind = ItemKind.DECIDE if number % 2 else ItemKind.HEAR
            agenda.add(work, meeting.id, Item(f"Item {number}", words, 10, kind))
    browser.sign_in(rosa)
    pages = browser.get(f"/meetings/{meeting.ref}/brief.pdf").answer.data
    assert len(pdf.reader(pages).pages) <= 2
    assert ("more on the website" in pdf.text(pages)) == (items == 30)
    assert f"{SITE}/meetings/{meeting.ref}/brief" in pdf.text(pages)
    whole = browser.get(f"/meetings/{meeting.ref}/brief").text
    assert all(f"Item {number}" in whole for number in range(items))


def test_for_strangers_and_before_the_agenda_is_out_there_is_no_such_page(
    act, new_browser, chair, meeting, lift, amina, reps, rosa, sam
):
    for page in ("brief", "brief.pdf"):
        address = f"/meetings/{meeting.ref}/{page}"
        assert new_browser().get(address).path == "/sign-in"
        assert new_browser().sign_in(amina).get(address).status == 404
        assert new_browser().sign_in(reps[3]).get(address).status == 404
        assert new_browser().sign_in(rosa).get(address).status == 200
        assert new_browser().sign_in(sam, staff=True).get(address).status == 200
    with act(chair) as work:
        meetings.publish(work, meeting.id, SITE)
    assert new_browser().sign_in(reps[3]).get(f"/meetings/{meeting.ref}/brief").status == 200


def test_two_days_before_at_eight_every_member_has_one_letter(act, chair, meeting, lift, run_jobs, clock, post):
    clock.move_to(TUESDAY)
    assert run_jobs(JOB) == 0, "the agenda is not out"
    with act(chair) as work:
        meetings.publish(work, meeting.id, SITE)
    clock.move_to(TUESDAY - timedelta(seconds=1))
    assert run_jobs(JOB) == 0
    clock.move_to(TUESDAY)
    assert run_jobs(JOB) == 12
    assert run_jobs(JOB) == 0
    post.deliver()
    letter = post.last_to("hana@example.org").words
    assert letter.subject == "Two pages for our meeting on Thursday 18 March 2027"
    assert f"{SITE}/meetings/{meeting.ref}/brief" in letter.text
    assert "SEND" not in letter.subject + letter.one_line


def test_no_brief_goes_out_for_a_meeting_that_began_or_was_called_off(act, chair, meeting, lift, run_jobs, clock):
    with act(chair) as work:
        meetings.publish(work, meeting.id, SITE)
    clock.move_to(STARTS)
    with act() as work:
        assert service.send(work, meeting.id, SITE) == 0
    clock.move_to(TUESDAY)
    with act(chair) as work:
        meetings.call_off(work, meeting.id, "Snow.", SITE)
    assert run_jobs(JOB) == 0


def test_it_is_one_press_away_from_her_own_page_and_from_the_meeting(browser, act, chair, meeting, lift, reps):
    assert "Your brief for it" not in browser.sign_in(reps[2]).get("/me").text
    with act(chair) as work:
        meetings.publish(work, meeting.id, SITE)
    browser.get("/me").follow("Your brief for it: two pages")
    assert "A lift for Hill School" in browser.text
    browser.get(f"/meetings/{meeting.ref}").follow("Your brief: what to decide, and what families say")
    browser.follow("Print it: two pages (PDF)")
    assert browser.status == 200


def test_a_brief_with_many_changes_asks_the_database_as_often_as_with_few(act, chair, reps, meeting, item, new_browser):
    rep = new_browser().sign_in(reps[0])

    def asked():
        with counting() as statements:
            rep.get(f"/meetings/{meeting.ref}/brief")
        return len(statements)

    def another(number):
        other = to_the_vote(act, Town(reps, reps[0], reps[0]), touches=(number,))
        with act(chair) as work:
            agenda.take(work, meeting.id, f"draft:{other.id}:{other.version}:{Stage.HANDS}")

    another(10)
    asked()
    with_two = asked()
    another(11)
    another(12)
    assert asked() == with_two
    assert rep.text.count(NEW_WORDS) >= 4
