"""What is made while a letter to a partner is sent: its link, which no stored row holds."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Maker
from pyramid_app.base.outbox.words import Words
from pyramid_app.charter.handing.links import Held, write_link
from pyramid_app.charter.handing.queries import find_open_ask

PLACE = "[[link]]"


def link_maker(secret: str, address: str) -> Maker:
    """The maker of owners' links: ``None`` once the question is over or a newer link was sent."""

    def make(session: Session, _now: datetime, letter: Letter) -> Words | None:
        held = Held(UUID(str(letter.facts["id"])), int(letter.facts["link"]))
        ask = find_open_ask(session, held)
        if ask is None:
            return None
        text = letter.text.replace(PLACE, f"{address}/keep/{write_link(secret, held)}")
        return Words(letter.subject, letter.one_line, text)

    return make
