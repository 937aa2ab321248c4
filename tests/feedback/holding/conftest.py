"""Two officers, and a family's words that may be shown."""

import pytest

from pyramid_app.base.actor import Role
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.rules import About, Speaker
from tests.builders import acting_as, an_officer

WORDS = "Canaryteacher is never there."
BECAUSE = "It names a teacher."


def say(work, person=None, text=WORDS, **facts):
    values = {"about": About.SYSTEM, "speaker": Speaker.PARENT_CARER, "text": text, "may_quote": True}
    return feedback.receive(work, **{**values, "person_id": person.id if person else None, **facts})


@pytest.fixture
def voice(act, amina):
    with act() as work:
        return say(work, amina)


@pytest.fixture
def kim(act, sam):
    with act() as work:
        return an_officer(work, "Kim", "kim@council.example.org")


@pytest.fixture
def second(kim):
    """Kim, with the staff hat on."""
    return acting_as(kim, Role.OFFICER)


@pytest.fixture
def third(act, sam):
    with act() as work:
        return acting_as(an_officer(work, "Lea", "lea@council.example.org"), Role.OFFICER)
