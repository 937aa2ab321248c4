"""Places above a budget: they wait for the desk, it decides for a whole network at once, and the rest is set aside.

No act here names a person, and no time stands beside one.
"""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import col, select, update

from pyramid_app.ballots.models import Ballot, RollEntry
from pyramid_app.ballots.rules import Did
from pyramid_app.ballots.service import lock
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say


def decide(work: Work, ballot_id: bytes, networks: Collection[str], *, take: bool, reason: str) -> int:
    """The places that wait and came from these networks are counted like any other (``take``), or set aside; how many.

    ``""`` stands for those whose network is not known. Raises ``Conflict`` once the count has begun.
    """
    ballot = lock(work.session, ballot_id)
    if ballot.counting_at is not None or ballot.withdrawn_at is not None:
        raise Conflict(Say("This is being counted. It can't be changed any more."))
    ring(work, ballot)
    number = _decide(work, ballot_id, networks, set_aside=not take)
    did = Did.NEWCOMERS_TAKEN if take else Did.NEWCOMERS_SET_ASIDE
    work.record(did, f"ballot:{ballot_id.hex()}", number=number, reason=reason)
    return number


def set_aside_rest(work: Work, ballot: Ballot) -> None:
    """Whoever still waits when the count begins is not counted."""
    ring(work, ballot)
    number = _decide(work, ballot.id, None, set_aside=True)
    if number:
        work.record(Did.NEWCOMERS_SET_ASIDE, f"ballot:{ballot.id.hex()}", number=number)


def ring(work: Work, ballot: Ballot) -> bool:
    """Note that more people than usual have joined while it was open, if somebody waits and it was not noted before.

    Not done by the act that makes somebody wait: its time would stand beside her.
    """
    waits = select(RollEntry.id).where(RollEntry.ballot_id == ballot.id, col(RollEntry.waits)).limit(1)
    if ballot.rang_at is not None or work.session.exec(waits).first() is None:
        return False
    ballot.rang_at = work.now
    work.record(Did.RANG, f"ballot:{ballot.id.hex()}")
    return True


def _decide(work: Work, ballot_id: bytes, networks: Collection[str] | None, *, set_aside: bool) -> int:
    chosen = update(RollEntry).where(col(RollEntry.ballot_id) == ballot_id, col(RollEntry.waits))
    if networks is not None:
        here = col(RollEntry.network).in_(networks)
        chosen = chosen.where(here | col(RollEntry.network).is_(None) if "" in networks else here)
    done = work.session.execute(
        chosen.values(waits=False, network=None, set_aside=set_aside).execution_options(synchronize_session=False)
    )
    return int(cast(CursorResult[Any], done).rowcount)
