"""From a claimed row to a parcel: address and secrets at the last moment, so that a changed mind or address counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pyramid_app.base.outbox.contents import Contents, contents_of, is_wanted
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.monthly import turn_at
from pyramid_app.base.outbox.months import next_monthly_at
from pyramid_app.base.outbox.office import Office
from pyramid_app.base.outbox.parcels import Parcel, Sender
from pyramid_app.base.outbox.rules import Caps, Turn, Unsent
from pyramid_app.base.outbox.waiting import claim, close
from pyramid_app.base.outbox.words import with_stop


@dataclass(frozen=True)
class Desk:
    """What is looked up once for many letters."""

    office: Office
    sender: Sender
    caps: Caps


def pack(session: Session, desk: Desk, now: datetime, letter: Letter) -> Parcel | None:
    """``None`` where it does not leave: it waits for the month, or is put aside with a reason."""
    reach = _reach(session, desk.office, letter)
    why = _why_not(session, desk, now, letter, reach)
    if why:
        close(session, now, letter, why)
    if why or reach is None or letter.monthly_at:
        return None
    letter.channel = reach[0]
    contents = contents_of(session, desk.office, now, letter)
    if contents is None:
        close(session, now, letter, Unsent.NOT_NEEDED)
        return None
    letter.message_id = letter.message_id or f"<{letter.id}@{desk.office.domain}>"
    claim(letter, now)
    return _parcel(desk, now, letter, reach, contents)


def _why_not(session: Session, desk: Desk, now: datetime, letter: Letter, reach: tuple[str, str] | None) -> str:
    """Why this letter will never leave; empty if it goes, or waits for the month, which is noted here."""
    if reach is None:
        return Unsent.NOWHERE
    if not is_wanted(session, desk.office, letter):
        return Unsent.NOT_WANTED
    turn = turn_at(session, now, letter, desk.caps)
    if turn is Turn.WAITS:
        letter.monthly_at = next_monthly_at(now)
    return Unsent.NO_MORE if turn is Turn.DROPPED else ""


def _parcel(desk: Desk, now: datetime, letter: Letter, reach: tuple[str, str], contents: Contents) -> Parcel:
    words, stop = contents.words, ""
    if letter.person_id and contents.stops:
        stop = desk.office.stop_link(letter.person_id, contents.stops)
        words = with_stop(words, stop, letter.language)
    return Parcel(letter.message_id or "", *reach, words, desk.sender, now, stop)


def _reach(session: Session, office: Office, letter: Letter) -> tuple[str, str] | None:
    """Kind and address, if there is a way there."""
    if letter.address:
        reach: tuple[str, str] | None = ("email" if "@" in letter.address else "mobile", letter.address)
    else:
        reach = office.find_address(session, letter.person_id) if letter.person_id else None
    return reach if reach and reach[0] in office.carrier.channels else None
