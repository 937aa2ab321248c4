"""What is made while an invitation or a reminder is sent: the poll pass, which no stored row holds."""

from datetime import datetime

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Maker
from pyramid_app.base.outbox.words import Words
from pyramid_app.polls import queries
from pyramid_app.polls.answering.passes import Pass, write_pass
from pyramid_app.polls.permissions import may_be_answered

PLACE = "[[link]]"
REMINDER = "poll reminder"
"""The kind of letter that goes only to somebody who has not answered yet."""


def pass_maker(secret: str, address: str) -> Maker:
    """The maker of invitations and reminders. There is nothing to send to somebody who has left or no longer wants
    questions, nor once the poll has closed; and no reminder to somebody who has answered meanwhile."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        ballot_id = bytes.fromhex(str(letter.facts["ballot"]))
        poll = queries.find_by_ballot(session, ballot_id)
        person = accounts.find_person(session, letter.person_id) if letter.person_id else None
        if poll is None or person is None or not may_be_answered(poll, now) or not person.wants_questions:
            return None
        if not queries.is_asked(session, poll, person.id, now):
            return None
        if letter.kind == REMINDER and queries.has_answered(session, poll, person.id):
            return None
        link = f"{address}/p/{write_pass(secret, Pass(ballot_id, person.id, person.passes))}"
        return Words(letter.subject, letter.one_line.replace(PLACE, link), letter.text.replace(PLACE, link))

    return make
