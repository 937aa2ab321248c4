"""What the scheduler does for ballots: spare keys lie ready, used ones are gone, rolls are digested each day."""

from pathlib import Path

from pyramid_app.ballots import keys, newcomers, queries, service
from pyramid_app.ballots.models import SealKey
from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.kit.texts import london_date

SPARE = 3


def jobs(begin: Begin, keys_folder: Path) -> list[Job]:
    return [
        Job("make spare keys", 60, lambda: make_spare_keys(begin, keys_folder)),
        Job("digest rolls", 600, lambda: digest_rolls(begin)),
        Job("ring for newcomers", 60, lambda: ring_for_newcomers(begin)),
    ]


def digest_rolls(begin: Begin) -> int:
    """Once a day for each open ballot; returns how many."""
    now = clock.now()
    with begin.looking() as session:
        due = queries.to_digest(session, now, london_date(now))
    for ballot_id in due:
        with begin() as work:
            service.digest_roll(work, ballot_id)
    return len(due)


def ring_for_newcomers(begin: Begin) -> int:
    """Note of each open ballot, once, that more people than usual have joined; returns of how many."""
    with begin.looking() as session:
        waiting = queries.ballots_that_wait(session)
    rang = 0
    for ballot_id in sorted(waiting):
        with begin() as work:
            rang += newcomers.ring(work, service.lock(work.session, ballot_id))
    return rang


def make_spare_keys(begin: Begin, folder: Path) -> int:
    """Keep three spare pairs; returns how many were made. Also ends what a killed process left half-done:

    a private key without a row becomes a spare one, a private key whose box is counted is destroyed.
    """
    with begin.looking() as session:
        known, used = queries.names_of_keys(session), queries.names_of_used_keys(session)
        spare = [key.name for key in queries.spare_keys(session)]
    there = keys.list_names(folder)
    for name in there & used:
        keys.destroy(folder, name)
    fresh = sorted(there - known)
    # A public half whose private half is not on this machine cannot be counted here: it does not count as spare.
    lacking = SPARE - len(there.intersection(spare)) - len(fresh)
    fresh += [keys.make_pair(folder) for _ in range(max(lacking, 0))]
    for name in fresh:
        with begin() as work:
            work.session.add(SealKey(name=name, public=keys.public_half(folder, name), made_at=work.now))
    return len(fresh)
