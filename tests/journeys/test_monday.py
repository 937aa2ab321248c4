"""Monday, forty messages: an officer with a keyboard files and first-answers all of them in at most eighty keys."""

from datetime import date

import pytest

from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing.service import set_aside
from pyramid_app.feedback.rules import About, Channel, Speaker
from pyramid_app.topics import service as topics
from tests.builders import a_member, an_officer, the_area
from tests.journeys.test_whole_loop import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

SAM = "sam@council.example.org"
MOST_KEYS = 80
BUS, WAIT, PLAN, LUNCH, PHONE = "School buses", "Waiting times", "My child's plan", "Lunch", "Nobody answers"
SINGLES = {
    "We wait a year for speech therapy.": WAIT,
    "The assessment took eleven months, and nobody told us why.": WAIT,
    "There is nothing my children can eat at the canteen.": LUNCH,
    "I ring and ring and a machine answers.": PHONE,
    "Your number is engaged all day.": PHONE,
}
"""What this message says, and where an officer puts it."""


@pytest.fixture
def monday(stage):
    """Twelve on one subject, nine about an own child, six from machines, four thanks, three from another language, one
    that may be urgent, five that stand alone (``walks.md`` 9)."""
    with stage.act() as work:
        the_area(work)
        charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
        an_officer(work, "Sam", SAM, lead=True)
        for title in (BUS, WAIT, PLAN, LUNCH, PHONE):
            topics.start(work, title, commitments=[9], next_word_on=date(2027, 4, 12))
        goes_to = {}

        def says(number, words, topic, **facts):
            person = a_member(work, f"family{number}@example.org", name=f"Family {number}")
            values = {"about": About.SYSTEM, "speaker": Speaker.PARENT_CARER, "person_id": person.id, **facts}
            voice = feedback.receive(work, text=words, **values)
            goes_to[voice.ref] = topic
            return voice

        for number in range(12):
            says(number, "The school bus is late again every morning this week.", BUS)
        for number in range(12, 21):
            says(number, f"My own story, number {number}, is long and hard to tell.", PLAN, about=About.OWN_CHILD)
        for number in range(21, 27):
            set_aside(work, says(number, "I am out of the office.", None, channel=Channel.EMAIL).id)
        for number in range(27, 31):
            says(number, f"Thank you, team, from household {number}!", "thanks")
        for number in range(31, 34):
            foreign = says(number, f"Basku waa soo daahaa {number}.", BUS, language="so")
            feedback.add_translation(work, foreign, f"Bus {number} comes late.", "An interpreter")
        says(34, "I can't cope any more and I want to end my life.", PLAN)
        for number, (words, topic) in enumerate(SINGLES.items(), start=35):
            says(number, words, topic)
    stage.work()
    return stage, goes_to


def test_forty_messages_in_at_most_eighty_keys(someone, monday):
    stage, goes_to = monday
    sam = sign_in(someone("officer", phone=False), SAM)
    sam.presses("Be here as staff").reads("May be urgent: 1").looks("forty on the desk")
    keys = 0
    while sam.page.locator("[data-keys] a[data-key=o]").count():
        ref = sam.page.locator("[data-keys] a[data-key=o]").inner_text().split()[-1]
        keys += press(sam, "t" if goes_to[ref] == "thanks" else key_of(sam, goes_to[ref]))
        if keys == 3:
            keys += press(sam, "z")  # one was a mistake
            continue
    sam.reads("Nothing to file. Well done.")
    assert keys <= MOST_KEYS, keys
    stage.later(minutes=12)
    answered = {number for number in range(40) if number not in range(21, 27)}
    stage.mail.wait_for(lambda mails: len(mails) >= len(answered))
    for number in answered:
        assert stage.mail.to(f"family{number}@example.org"), f"family {number} has no first answer"


def key_of(sam, title):
    """What the button that says so shows as its key."""
    button = sam.page.locator("button[data-key]", has_text=title).first
    assert button.count(), f"no key for {title}: {sam.text()}"
    return button.get_attribute("data-key")


def press(sam, key):
    with sam.page.expect_navigation():
        sam.page.keyboard.press(key)
    sam.page.wait_for_load_state()
    return 1
