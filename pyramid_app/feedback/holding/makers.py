"""What is made while a letter about words that are held back is sent: the link to object."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Maker
from pyramid_app.base.outbox.words import Words
from pyramid_app.feedback.holding import queries
from pyramid_app.feedback.links import PLACE, Held, write_link

KIND = "objection"


def objection_maker(secret: str, address: str) -> Maker:
    """There is nothing to send where the words are not held back any more."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        voice_id = UUID(str(letter.facts["voice"]))
        if queries.find_told(session, voice_id, now) is None:
            return None
        link = f"{address}/objection/{write_link(secret, KIND, Held(voice_id, 1))}"
        return Words(letter.subject, letter.one_line, letter.text.replace(PLACE, link))

    return make
