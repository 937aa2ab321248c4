"""Invitations, and several people at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.base.work import Work
from pyramid_app.participation import invitations
from pyramid_app.participation.models import Invitation


def an_invitation(work: Work, address: str = "rosa@example.org", level: str = "group", **other: str) -> Invitation:
    """From the lead who acts."""
    return invitations.invite(
        work,
        address=address,
        level=level,
        name=other.get("name", "Rosa"),
        why=other.get("why", "You ask good questions."),
    )


def somebody(work: Work) -> Person:
    """A person who stands nowhere."""
    return accounts.add_person(work, PersonKind.PARENT_CARER)


def at_once(*verbs: Callable[[], Any]) -> list[Any]:
    """What each returned or raised, when all were begun at the same moment."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return verb()
        except Exception as raised:
            return raised

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))
