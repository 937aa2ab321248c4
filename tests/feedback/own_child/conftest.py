"""An area whose places have mailboxes, and a message about one child."""

import pytest

from pyramid_app.area import service as area
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.own_child import service as own_child
from pyramid_app.feedback.own_child.rules import Place
from pyramid_app.feedback.rules import About, Speaker
from tests.builders import acting_as

WORDS = "Canarychild waits for the letter since May."
PHONE = "07700 900123"
ADVICE, PLANS = "advice@help.example.org", "plans@help.example.org"


@pytest.fixture
def places(act, sam):
    """Two of the three places can be written to."""
    with act() as work:
        area.change_settings(
            work,
            {"advice_name": "Family Advice", "advice_mailbox": ADVICE, "plan_team_mailbox": PLANS},
            "for tests",
        )


@pytest.fixture
def handed(act, amina, places):
    """``(voice, hand_over)``: Amina told us about her child and had it passed on to free advice."""
    with act(acting_as(amina)) as work:
        return tell_and_pass_on(work, amina)


def tell(work, person, text=WORDS):
    return feedback.receive(
        work,
        about=About.OWN_CHILD,
        speaker=Speaker.PARENT_CARER,
        text=text,
        person_id=person.id if person else None,
    )


def tell_and_pass_on(work, person, text=WORDS, phone=PHONE):
    voice = tell(work, person, text)
    return voice, own_child.pass_on(work, voice.id, Place.ADVICE, phone)
