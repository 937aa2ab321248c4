"""What is made while a letter to a place is sent: a family's words and the link, which no stored letter holds."""

from datetime import datetime

from sqlmodel import Session

from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Maker
from pyramid_app.base.outbox.words import Words
from pyramid_app.feedback.links import Held, write_link
from pyramid_app.feedback.own_child import letters, queries
from pyramid_app.feedback.own_child.rules import Link

KIND = "received"


def hand_over_maker(secret: str, address: str) -> Maker:
    """There is nothing to send once the place has it, was asked by a newer letter, or the words were taken back."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        hand_over_id, version = letters.hand_over_of(letter.facts)
        asked = queries.find_asked(session, hand_over_id, version)
        if asked is None or asked.link is not Link.OPEN:
            return None
        link = f"{address}/received/{write_link(secret, KIND, Held(hand_over_id, version))}"
        area = settings_of(session, now)
        return letters.place_words(area, asked.voice, asked.hand_over, asked.words, asked.original, link)

    return make
