"""What the scheduler does for ballots: spare keys lie ready, used ones are gone."""

from pathlib import Path

from pyramid_app.ballots import keys, queries
from pyramid_app.ballots.models import SealKey
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin

SPARE = 3


def jobs(begin: Begin, keys_folder: Path) -> list[Job]:
    return [Job("make spare keys", 60, lambda: make_spare_keys(begin, keys_folder))]


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
