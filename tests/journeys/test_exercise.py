"""A coffee morning: families read where it is, come, and read what was said there."""

from datetime import date

import pytest

from pyramid_app.base.actor import Role
from pyramid_app.topics import service as topics
from tests.builders import acting_as, the_town
from tests.journeys.test_whole_loop import SAM, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

TITLE, SAID = "Coffee and buses", "The bus is warm and the driver says hello."


@pytest.fixture
def topic(stage):
    with stage.act() as work:
        work.actor = acting_as(the_town(work), Role.OFFICER)
        return topics.start(work, "School buses", commitments=[9], next_word_on=date(2027, 6, 12)).ref


def test_a_coffee_morning_from_its_plan_to_what_was_said(stage, someone, topic):
    sam = someone("officer", phone=False)
    sign_in(sam, SAM).presses("Be here as staff")
    sam.goes("/meetings").follows("Plan one, or write one down").looks("plan")
    sam.presses("Save").reads("Give it a short name.").looks("plan refused")
    sam.writes("What is it called?", TITLE).writes("Where? A room and its address", "The Hub, Hill Road")
    for part, value in (("day", "18"), ("month", "3"), ("year", "2027")):
        sam.page.locator(f"#on-{part}").fill(value)
    sam.ticks("Coffee morning").ticks("We ask what you think").ticks("Any family may come")
    sam.page.get_by_label("What is it about?").select_option(label="School buses")
    sam.writes("Childcare", "There is a play room.").presses("Save").reads("We ask what you think before we decide.")
    address = sam.looks("planned").page.url

    parent = someone("parent", script=False)
    parent.goes("/").reads("Come along").looks("first page").follows(TITLE).reads("There is a play room.").looks("come")
    parent.goes(f"/topics/{topic}").reads("Come along").looks("topic before")

    stage.later(days=17, hours=3)
    sign_in(sam, SAM).presses("Be here as staff").goes(address)
    sam.follows("Write down who came and what was said").looks("write up")
    sam.writes("Parents and carers", "12").writes("Officers", "2").writes("What somebody said", SAID)
    sam.ticks("These words may stand").presses("Keep it").reads("Write how they said yes").looks("write up refused")
    sam.writes("How did they say yes", "We asked the room.").presses("Keep it").reads("Parents and carers: 12")
    parent.goes(address).reads("Officers: fewer than 5").looks("held, nothing cleared")
    assert SAID not in parent.text()

    sam.goes("/desk").reads(SAID).looks("on the desk").presses("1 School buses")
    stage.later(hours=1)
    parent.goes(address).reads(SAID).looks("what was said")
    parent.goes(f"/topics/{topic}").follows(TITLE).reads(SAID)
