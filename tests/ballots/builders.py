"""Boxes for tests: open for a week from now, with a key that lies in a folder."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from pyramid_app.accounts import service as accounts
from pyramid_app.ballots import keys, service
from pyramid_app.ballots.models import Ballot, SealKey
from pyramid_app.ballots.rules import Roll
from pyramid_app.ballots.sealing import size_for
from pyramid_app.ballots.service import Newcomer
from pyramid_app.base.work import Work

Act = Callable[..., AbstractContextManager[Work]]
YES, NO = {"q": ["yes"]}, {"q": ["no"]}


def a_key(work: Work, folder: Path) -> str:
    name = keys.make_pair(folder)
    work.session.add(SealKey(name=name, public=keys.public_half(folder, name), made_at=work.now))
    work.session.flush()
    return name


def a_ballot(work: Work, folder: Path, about: str = "poll:1", roll: Roll = Roll.OPEN) -> Ballot:
    a_key(work, folder)
    week = timedelta(days=7)
    return service.freeze(work, about, roll, work.now, work.now + week, "a" * 64, size_for({"q": ["maybe"]}))


def a_voter(work: Work, ballot: Ballot, address: str = "amina@example.org") -> UUID:
    person = accounts.person_at(work, address)
    service.enrol(work, ballot.id, person.id, a_newcomer(address))
    return person.id


def a_newcomer(*mailboxes: str, joined_while_open: bool = False, gone: Collection[UUID] = ()) -> Newcomer:
    """Marked by her mailboxes in clear: a ballot does not know what a mark is made of."""
    return Newcomer(joined_while_open, mailboxes, lambda people: set(people).intersection(gone))
