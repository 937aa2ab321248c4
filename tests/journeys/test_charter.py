"""A change of the charter goes through all hands: written, read, asked of its owner, agreed, voted on, adopted."""

from datetime import date

import pytest
from sqlmodel import select

from pyramid_app.base.actor import Role
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.rules import Stands
from pyramid_app.polls.fairness import service as fairness
from pyramid_app.polls.fairness.queries import looks_of
from pyramid_app.polls.models import Poll
from pyramid_app.topics import service as topics
from tests.builders import acting_as, the_town
from tests.charter.builders import NEW_WORDS, a_town
from tests.journeys.test_whole_loop import SAM, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

ASK = "A line or two for them: what you ask, or what came of it"


@pytest.fixture
def town(stage):
    with stage.act() as work:
        sam = the_town(work, lead=True)
        town = a_town(work, acting_as(sam, Role.LEAD))
        work.actor = acting_as(sam, Role.OFFICER)
        topics.start(work, "School buses", commitments=[9], next_word_on=date(2027, 6, 12))
    stage.work()
    return town


def draft_of(stage):
    with stage.act() as work:
        return work.session.exec(select(Draft)).one()


def test_a_promise_is_reworded_by_everybody_together(stage, someone, town):
    rep = someone("representative")
    sign_in(rep, "rep0@example.org")
    rep.goes("/drafts").looks("no drafts yet").presses("Write a new change").looks("kinds of change")
    rep.follows("Say a promise in other words").looks("begin a draft")
    rep.writes("A short name for the change", "Buses come in time")
    rep.page.get_by_label("School transport comes within ten minutes").check()
    rep.writes("Why should this change?", "Families wait in the rain.").presses("Begin")
    rep.looks("writing")
    rep.page.locator("textarea[name$='-text']").first.fill(NEW_WORDS)
    rep.presses("Save").looks("draft page")
    ref = draft_of(stage).ref
    rep.goes(f"/drafts/{ref}").reads("We changed “ten” to “five”").presses("Hand it on").looks("hand it on")
    rep.writes(ASK, "Is five minutes right for you?").presses("Ask the consultative group to read it")
    rep.reads("With the consultative group")

    stage.work()
    to_read, reader = stage.mail.link("reader@example.org", "drafts"), someone("reader")
    sign_in(reader, "reader@example.org")
    reader.goes(to_read).looks("to read")
    reader.writes("What do you think of it?", "Tell us the day before if it is late.").ticks("I can’t agree without it")
    reader.presses("Say this").reads("Thank you. Those who write this read it").looks("said")
    reported(stage, someone, ref)

    rep.goes(f"/drafts/{ref}").reads("Rena K.").presses("Hand it on").writes(ASK, "One comment.")
    rep.presses("Bring it back to the Group, to write on").reads("With the Group")
    rep.follows("Answer comments").looks("answer comments").ticks("Tell us the day before").ticks(
        "We did not change it"
    )
    rep.writes("What did you change, or why not?", "That is another promise.").presses("Give this answer")
    rep.reads("Answered.").goes(f"/drafts/{ref}").presses("Hand it on").writes(ASK, "Can you keep it?")
    rep.presses("Ask those who have to keep it").reads("With whoever has to keep it")
    rep.follows("Write down what").looks("write down or ask again")

    stage.work()
    reader.goes(f"/drafts/{ref}/met").looks("is it met").ticks("No").presses("Keep this").reads("It is kept")
    partner = someone("partner", phone=False)
    partner.goes(stage.mail.link("council@partner.example.org", "keep")).looks("can you keep it")
    partner.reads("Tell us the day before if it is late.").ticks("We can keep it if …")
    partner.writes("If something would have to change", "if we get two more buses").presses("Send our answer")
    partner.reads("Your answer is kept").looks("kept")

    rep.goes(f"/drafts/{ref}").reads("if we get two more buses").presses("Hand it on").writes(ASK, "Hands, please.")
    rep.presses("Ask the Group for a show of hands").reads("Show of hands in the Group")
    rep.ticks("I agree").presses("Raise my hand").reads("Your hand is up.").looks("hand raised")
    draft_id = draft_of(stage).id
    for other in town.reps[1:5]:
        with stage.act() as work:
            work.actor = acting_as(other)
            handing.raise_hand(work, draft_id, Stands.AGREES, "")

    sam = someone("officer", phone=False)
    sign_in(sam, SAM).presses("Be here as staff")
    sam.goes("/desk/polls/ratify").looks("choose drafts").writes(
        "Its title, as families see it", "Buses in five minutes?"
    )
    sam.ticks("School buses").ticks("Buses come in time").presses("Go on").looks("vote being written")
    sam.writes("What happens next", "It is in the charter from that day.")
    for name, (day, month) in {"decided_on": ("20", "4"), "next_by": ("30", "4")}.items():
        for part, value in (("day", day), ("month", month), ("year", "2027")):
            sam.page.locator(f"#{name}-{part}").fill(value)
    sam.presses("Save")
    poll = sam.page.url.rpartition("/")[2]
    schedule(stage, sam, poll)

    stage.work()
    parent = someone("parent", script=False)
    parent.goes(stage.mail.link("parent@example.org", "p")).presses("Open the question")
    parent.reads("Your vote is final").looks("ballot")
    parent.reads("five").reads("on this condition: if we get two more buses").reads(
        "Tell us the day before if it is late."
    )
    parent.ticks("Yes").presses("Go on").reads("This vote is final.").looks("check the vote")
    parent.presses("Send my answer").reads("Your vote is final.").looks("thanks for voting")
    for other in (rep, reader):
        other.goes(f"/polls/{poll}/paper").ticks("Yes").presses("Go on").presses("Send my answer")

    stage.later(days=40)
    parent.goes(f"/polls/{poll}/results").reads("Adopted. It is in edition 2 of our charter.").looks("adopted")
    parent.goes("/charter").reads(NEW_WORDS).looks("next edition")
    parent.goes("/charter/editions/2/since/1").reads("Changed: 1").looks("what changed")
    parent.goes(f"/drafts/{ref}").reads("Families said yes.").looks("adopted draft")


def reported(stage, someone, ref):
    """A member thinks that words should not stand there; the team looks, and leaves them."""
    member, sam = someone("member"), someone("officer who looks", phone=False)
    sign_in(member, "rep1@example.org")
    member.goes(f"/drafts/{ref}").follows("Something is wrong with this").looks("report words")
    member.writes("What is wrong", "Is this about one driver?").presses("Ask them to look")
    sign_in(sam, SAM).presses("Be here as staff").goes("/desk/comments").reads("Is this about one driver?")
    sam.looks("comments to look at").presses("Leave it as it is").reads("Nothing waits here.")


def schedule(stage, sam, poll):
    """Two representatives have looked at the wording; then the last look and the day it closes."""
    with stage.act() as work:
        found = work.session.exec(select(Poll).where(Poll.ref == poll)).one()
        fairness.ask_to_look(work, found.id, stage.address)
        for look in looks_of(work.session, found):
            look.fair, look.marked_at = True, work.now
    sam.goes(f"/desk/polls/{poll}/schedule").looks("schedule the vote")
    for part, value in (("day", "4"), ("month", "4"), ("year", "2027")):
        sam.page.locator(f"#closes_on-{part}").fill(value)
    sam.page.get_by_role("button", name="Schedule").first.click()
    sam.page.wait_for_load_state()
    sam.reads("You have until")
