"""What a letter says at the moment it leaves, and what its reader can stop. Secrets are made here, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.monthly import folded_into
from pyramid_app.base.outbox.office import Office
from pyramid_app.base.outbox.rules import MONTHLY, Stop, Unsent, kind_of
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.kit.texts import london_date


@dataclass(frozen=True)
class Contents:
    """The words of a letter, and the wishes it needs."""

    words: Words
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True)
class Item:
    """One letter inside the monthly letter. ``link`` is empty where its one line holds the address already."""

    words: Words
    link: str


def is_wanted(session: Session, office: Office, letter: Letter) -> bool:
    """Whether its reader still wants such letters; nobody is asked about what she must have."""
    stop = kind_of(letter.kind).stop
    return stop is None or letter.person_id is None or office.wants(session, letter.person_id, stop)


def contents_of(session: Session, office: Office, now: datetime, letter: Letter) -> Contents | None:
    """``None`` where there is nothing to say any more."""
    if letter.kind == MONTHLY:
        return _monthly(session, office, now, letter)
    words = _words(session, office, now, letter)
    return Contents(words, _stops([letter])) if words else None


def _words(session: Session, office: Office, now: datetime, letter: Letter) -> Words | None:
    if letter.maker:
        return office.makers[letter.maker](session, now, letter)
    return Words(letter.subject, letter.one_line, letter.text)


def _monthly(session: Session, office: Office, now: datetime, monthly: Letter) -> Contents | None:
    """All that was folded into it and is still of use; the rest is put aside here, by the rules of every letter."""
    items, kept = [], []
    for letter in folded_into(session, monthly):
        words, why = _folded_words(session, office, now, letter)
        if words is None:
            letter.refused_at, letter.refused = now, why
            continue
        letter.tries += 1
        letter.channel = monthly.channel
        items.append(Item(words, "" if letter.link in words.one_line else letter.link))
        kept.append(letter)
    if not items:
        return None
    most = office.caps(session, now).letters
    words = render_letter(MONTHLY, monthly.language, items=items, most=most, on=london_date(now))
    return Contents(words, _stops(kept))


def _folded_words(session: Session, office: Office, now: datetime, letter: Letter) -> tuple[Words | None, str]:
    """Its words, or ``None`` and why there are none."""
    if letter.expires_at and letter.expires_at <= now:
        return None, Unsent.LATE
    if not is_wanted(session, office, letter):
        return None, Unsent.NOT_WANTED
    return _words(session, office, now, letter), Unsent.NOT_NEEDED


def _stops(letters: Iterable[Letter]) -> tuple[Stop, ...]:
    found = {kind_of(letter.kind).stop for letter in letters}
    return tuple(stop for stop in Stop if stop in found)
