"""A lead brings in the town's own charter; partners sign it; anybody reads it, on paper too."""

import pytest

from tests.builders import the_town
from tests.journeys.test_whole_loop import SAM, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

OURS = """# Our charter

We wrote this together.

## We listen

You know your child best.

- When you tell us something, a person answers within 10 working days.
  - Made by: The council
  - How we will know: We count the days.
  - By when: from April
- We ask that you: tell us when something changes.
"""


@pytest.fixture
def lead(stage):
    with stage.act() as work:
        the_town(work, lead=True)


def test_a_charter_is_brought_in_signed_and_read(someone, lead):
    lea = someone("lead", phone=False)
    sign_in(lea, SAM).presses("Be here as staff")
    lea.goes("/desk/charter").looks("desk of the charter").goes("/desk/charter/import").looks("bring in")
    lea.presses("Look at it").reads("Paste a charter, or choose a file.").looks("nothing to bring in")
    lea.writes("Or paste it here", OURS.replace("The council", "The counsel")).presses("Look at it")
    lea.reads("We know no partner “The counsel”").looks("who is meant")
    lea.page.locator("select").first.select_option(label="The council")
    lea.presses("Look at it again").reads("Principles: 1. Promises: 2.").looks("what it will be")
    lea.presses("Publish this charter").reads("We listen").goes("/desk/charter").looks("own charter on the desk")

    reader = someone("reader", script=False)
    reader.goes("/charter").reads("When you tell us something").looks("own charter")
    reader.goes("/charter/editions/1").looks("edition 1").goes("/charter/editions/2/since/1").looks("since edition 1")
    reader.goes("/charter/reviews").looks("reviews")
