"""The link at the end of a letter that stops such letters. It is made while sending, and nothing about it is stored.

Inside are a person and which of her wishes it ends; it shows no name, signs nobody in, and never runs out: a letter
lies in a mailbox for years.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from itsdangerous import BadSignature, Signer
from sqlmodel import Session

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import NotFound
from pyramid_app.base.outbox.rules import Stop
from pyramid_app.base.work import Work
from pyramid_app.participation.rules import Did

SIZE = 17
PLACES = tuple(Stop)


@dataclass(frozen=True)
class StopLink:
    """What a link says. Whether there is still somebody to write to is asked each time it is used."""

    person_id: UUID
    stops: tuple[Stop, ...]


def write_stop(secret: str, person_id: UUID, stops: Collection[Stop]) -> str:
    """The signed part of the address."""
    wanted = sum(1 << place for place, stop in enumerate(PLACES) if stop in stops)
    inside = person_id.bytes + wanted.to_bytes(1)
    return _signer(secret).sign(urlsafe_b64encode(inside).rstrip(b"=")).decode()


def read_stop(secret: str, token: str) -> StopLink | None:
    """``None`` for whatever we did not sign, or signed for something else."""
    try:
        signed = _signer(secret).unsign(token.encode())
        inside = urlsafe_b64decode(signed + b"=" * (-len(signed) % 4))
    except (BadSignature, ValueError):
        return None
    if len(inside) != SIZE:
        return None
    person_id, stops = UUID(bytes=inside[:16]), tuple(s for n, s in enumerate(PLACES) if inside[16] >> n & 1)
    # Several texts decode to the same bytes; only the one we wrote is ours.
    return StopLink(person_id, stops) if write_stop(secret, person_id, stops) == token else None


def stop_writer(secret: str, address: str) -> Callable[[UUID, Collection[Stop]], str]:
    """What the sender of letters is given to make the address with."""
    return lambda person_id, stops: f"{address}/stop/{write_stop(secret, person_id, stops)}"


def find_reader(session: Session, link: StopLink | None) -> Person | None:
    """Whose letters the link is about; nobody, if it is no link of ours or she has left."""
    person = people.find_person(session, link.person_id) if link else None
    return person if person and people.list_contact_points(session, person.id) else None


def stop_letters(work: Work, link: StopLink) -> None:
    """No such letter leaves any more, also none that is written already. Doing it twice changes nothing."""
    _wish(work, link, Did.LETTERS_STOPPED, wanted=False)


def want_letters_again(work: Work, link: StopLink) -> None:
    """What the same link stopped."""
    _wish(work, link, Did.LETTERS_WANTED, wanted=True)


def _wish(work: Work, link: StopLink, did: Did, *, wanted: bool) -> None:
    person = find_reader(work.session, link)
    if person is None:
        raise NotFound
    changed = [stop for stop in link.stops if people.wants(work.session, person.id, stop) is not wanted]
    if not changed:
        return
    accounts.wish(work, person.id, **{str(stop): wanted for stop in changed})
    work.record(did, f"person:{person.id}", letters=", ".join(changed))


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="stop letters", key_derivation="hmac", digest_method=hashlib.sha256)
