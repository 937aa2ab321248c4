"""A chair's meeting: what is due comes onto the agenda, who is here is written down, a word is typed once."""

from datetime import date, datetime

import pytest

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Role
from pyramid_app.kit.texts import LONDON
from pyramid_app.meetings import service as meetings
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda.rules import Draft, ItemKind
from pyramid_app.meetings.rules import Plan
from pyramid_app.topics import service as topics
from tests.builders import acting_as, the_town
from tests.charter.builders import a_town
from tests.journeys.test_whole_loop import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

STARTS, ENDS = datetime(2027, 3, 18, 10, tzinfo=LONDON), datetime(2027, 3, 18, 12, tzinfo=LONDON)
LIFT = "A lift for Hill School"


@pytest.fixture
def town(stage):
    with stage.act() as work:
        sam = the_town(work, lead=True)
        town = a_town(work, acting_as(sam, Role.LEAD))
        accounts.give_role(work, town.reps[0].id, Role.CHAIR)
        work.actor = acting_as(sam, Role.OFFICER)
        topic = topics.start(work, "Stairs at school", commitments=[9], next_word_on=date(2027, 6, 12))
        work.actor = acting_as(town.reps[0], Role.CHAIR)
        meeting = meetings.arrange(work, Plan("Spring meeting", STARTS, ENDS, "Room 2", childcare="A play room."))
        item = Draft(LIFT, "We agree to put in a lift by July.", 20, ItemKind.DECIDE, topic.id)
        agenda.add(work, meeting.id, item)
    return town, meeting.ref, topic.ref


def test_a_meeting_from_its_agenda_to_the_morning_after(stage, someone, town):
    town, ref, topic = town
    chair = someone("chair")
    sign_in(chair, "rep0@example.org")
    chair.goes("/meetings").looks("meetings").goes("/meetings/new").looks("plan of a meeting")
    chair.goes(f"/meetings/{ref}").looks("meeting").goes(f"/meetings/{ref}/agenda").looks("agenda")
    chair.presses("Send out the agenda").looks("agenda is out")
    chair.goes(f"/meetings/{ref}/brief").reads(LIFT).looks("brief")

    stage.work()
    asks = someone("member who asks")
    sign_in(asks, "rep3@example.org")
    asks.goes("/meetings/ask").looks("ask for an item")
    for name, words in (("title", "Taxis to school"), ("words", "Nobody knows who books them.")):
        asks.page.locator(f"[name='{name}']").fill(words)
    asks.presses("Ask for it").reads("Taxis to school")
    chair.goes("/meetings").follows("Taxis to school").looks("answer to what was asked for")
    chair.presses("Answer").looks("answer refused").ticks("No, because:").writes(
        "Why not?", "The team looks into it first."
    )
    chair.presses("Answer").reads("Nothing. When a member asks for an item, you answer it here.")
    asks.goes("/meetings").reads("No, because: The team looks into it first.").looks("answered")

    stage.later(days=17, minutes=5)
    sign_in(chair, "rep0@example.org")
    chair.goes(f"/meetings/{ref}/here").looks("who is here")
    for rep in town.reps[:5]:
        chair.page.locator(f"input[name='{rep.id}'][value='here']").check()
    chair.presses("Save who is here").reads("5 of 8 representatives are here: enough to decide.").looks("quorum")
    chair.follows(f"What came of “{LIFT}”").looks("decide").page.locator("input[name='word'][value='agreed']").check()
    chair.presses("Save what came of it").reads("Agreed")
    chair.follows("Close the meeting").looks("close").presses("Yes, close it").looks("closed")

    stage.later(days=1)
    parent = someone("parent", script=False)
    parent.goes(f"/topics/{topic}").reads(LIFT).looks("decided in public")
    rep = someone("representative")
    boxes = stage.mail.link("rep4@example.org", "meetings")
    sign_in(rep, "rep4@example.org")
    rep.goes(boxes).looks("three boxes")
    for name, words in (("raised", "The lift."), ("said", "It comes by July."), ("next", "We look in July.")):
        rep.page.locator(f"[name='{name}']").fill(words)
    rep.presses("Send my three boxes").reads("It comes by July.").looks("boxes sent")
