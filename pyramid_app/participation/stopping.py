"""The link at the end of a letter that stops such letters. It is made while sending, and nothing about it is stored.

Inside are a person and which of her wishes it ends; it shows no name, signs nobody in, and never runs out: a letter
lies in a mailbox for years.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import NotFound
from pyramid_app.base.outbox.rules import Stop
from pyramid_app.base.sealed import read_sealed, write_sealed
from pyramid_app.base.work import Work
from pyramid_app.participation.rules import Did

SIZE = 17
PURPOSE = "stop letters"
PLACES = tuple(Stop)


@dataclass(frozen=True)
class StopLink:
    """What a link says. Whether there is still somebody to write to is asked each time it is used."""

    person_id: UUID
    stops: tuple[Stop, ...]


def write_stop(secret: str, person_id: UUID, stops: Collection[Stop]) -> str:
    """The sealed part of the address."""
    wanted = sum(1 << place for place, stop in enumerate(PLACES) if stop in stops)
    return write_sealed(secret, PURPOSE, person_id.bytes + wanted.to_bytes(1))


def read_stop(secret: str, token: str) -> StopLink | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, PURPOSE, token, SIZE)
    if inside is None:
        return None
    return StopLink(UUID(bytes=inside[:16]), tuple(stop for n, stop in enumerate(PLACES) if inside[16] >> n & 1))


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
