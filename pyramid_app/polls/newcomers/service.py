"""The desk's word about those who wait."""

from uuid import UUID

from pyramid_app.ballots import newcomers
from pyramid_app.base.errors import NotFound
from pyramid_app.base.work import Work
from pyramid_app.polls.models import Poll
from pyramid_app.polls.newcomers.permissions import may_decide_about_newcomers


def decide(work: Work, poll_id: UUID, network: str, *, take: bool, because: str) -> None:
    """Those who wait and came from that network are counted, or set aside. The log has the number and the reason.

    Raises ``Conflict`` once the count has begun.
    """
    may_decide_about_newcomers(work.actor).enforce()
    poll = work.session.get(Poll, poll_id)
    if poll is None or poll.ballot_id is None:
        raise NotFound
    newcomers.decide(work, poll.ballot_id, [network], take=take, reason=because)
