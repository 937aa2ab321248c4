"""What is made while a letter to a partner is sent: its link, which no stored row holds."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Maker
from pyramid_app.base.outbox.words import Words
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies.links import For, Held, write_link
from pyramid_app.outcomes.replies.models import PartnerAsk, PartnerNote

PLACE = "[[link]]"


def link_maker(secret: str, address: str) -> Maker:
    """The maker of partners' links: ``None`` once the question is answered, ended or held by somebody else, and once
    the answer that it shows is public or taken back."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        held = Held(For(letter.facts["for"]), UUID(str(letter.facts["id"])), int(letter.facts["version"]))
        opens = _asks(session, held) if held.what is For.ASK else _shows(session, held, now)
        if not opens:
            return None
        link = f"{address}/answer/{write_link(secret, held)}"
        return Words(letter.subject, letter.one_line, letter.text.replace(PLACE, link))

    return make


def _asks(session: Session, held: Held) -> bool:
    ask = session.get(PartnerAsk, held.id)
    return ask is not None and ask.version == held.version and ask.replied_at is None and ask.stopped_at is None


def _shows(session: Session, held: Held, now: datetime) -> bool:
    note = session.get(PartnerNote, held.id)
    outcome = session.get(Outcome, note.outcome_id) if note else None
    return outcome is not None and outcome.published_at > now and outcome.taken_back_at is None
