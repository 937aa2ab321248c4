"""A vote is frozen, or taken back: its drafts are tied to their words with it, or are free again."""

from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.work import Work
from pyramid_app.charter import ratifying as charter
from pyramid_app.polls import queries
from pyramid_app.polls.models import Poll


def lock_drafts(work: Work, poll: Poll) -> None:
    """Every draft of the vote is tied to its words as they are. Raises ``Invalid`` at ``drafts``."""
    for row in queries.drafts_of(work.session, poll.id):
        try:
            locked = charter.lock(work, row.draft_id)
        except Conflict as refused:
            raise Invalid({"drafts": refused.reason}) from refused
        row.digest, row.twins = locked.digest, locked.twins
    work.session.flush()


def give_drafts_back(work: Work, poll: Poll) -> None:
    """The drafts of a vote that was taken back are where they were before it."""
    for row in queries.drafts_of(work.session, poll.id):
        charter.unlock(work, row.draft_id)
