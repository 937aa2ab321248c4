"""What is made while "did it help?" or the question of a term is sent: its link, which no stored row holds."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import Refused
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Maker
from pyramid_app.base.outbox.words import Words
from pyramid_app.outcomes.verdicts import queries
from pyramid_app.outcomes.verdicts.letters import PLACE
from pyramid_app.outcomes.verdicts.links import Asks, Link, write_link
from pyramid_app.topics.rules import State


def link_maker(secret: str, address: str) -> Maker:
    """The maker of both questions. There is nothing to send to somebody who no longer wants answers or has given hers
    already, nor once the question is closed or the topic has started again."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        person = accounts.find_person(session, letter.person_id) if letter.person_id else None
        if person is None or not person.wants_answers:
            return None
        link = Link(Asks(letter.facts["asks"]), UUID(str(letter.facts["about"])), person.id, person.passes)
        if not _waits(session, now, link, person):
            return None
        there = f"{address}/v/{write_link(secret, link)}"
        return Words(letter.subject, letter.one_line.replace(PLACE, there), letter.text.replace(PLACE, there))

    return make


def _waits(session: Session, now: datetime, link: Link, person: Person) -> bool:
    """Whether this question is still to be answered."""
    if link.asks is Asks.TOLD:
        pulse = queries.find_pulse(session, link, now)
        return pulse is not None and pulse.answer is None
    try:
        asked = queries.get_asked(session, link.about, person.id, now)
    except Refused:
        return False
    return asked.verdict.answer is None and asked.topic.state is State.DONE
