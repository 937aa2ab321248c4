"""What the scheduler does for polls; the work itself is in the rooms."""

from pathlib import Path

from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.polls.considering.jobs import tell_considered
from pyramid_app.polls.fairness.jobs import tell_moves
from pyramid_app.polls.inviting.jobs import invite, remind
from pyramid_app.polls.results.jobs import count_closed, decide_ratifications, tell_results


def jobs(begin: Begin, keys_folder: Path, address: str, secret: str) -> list[Job]:
    return [
        Job("invite", 20, lambda: invite(begin, secret)),
        Job("remind", 60, lambda: remind(begin)),
        Job("tell moves", 20, lambda: tell_moves(begin, address)),
        Job("count", 20, lambda: count_closed(begin, keys_folder)),
        Job("decide ratifications", 20, lambda: decide_ratifications(begin)),
        Job("tell results", 20, lambda: tell_results(begin, address)),
        Job("tell considered", 20, lambda: tell_considered(begin, address)),
    ]
