"""Counting a poll: open the box, check every answer against the paper again, add up, store once."""

from pathlib import Path
from uuid import UUID

import structlog
from uuid6 import uuid7

from pyramid_app.ballots import counting as ballots
from pyramid_app.ballots.queries import get_ballot
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Begin, Work
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.kinds import Answers, check_answers, tally
from pyramid_app.polls.models import Poll, Tally, Turnout
from pyramid_app.polls.paper import Paper, digest_of
from pyramid_app.polls.rules import Did
from pyramid_app.polls.service import keep_word

log = structlog.get_logger()


def count(begin: Begin, poll_id: UUID, keys_folder: Path) -> None:
    """Count one closed poll. Killed anywhere, the next run starts again and comes to the same result.

    Raises ``Conflict`` where the key is missing or the paper is not the one that was frozen.
    """
    with begin.looking() as session:
        ballot_id = session.get_one(Poll, poll_id).ballot_id or b""
    with begin() as work:
        ballots.begin_counting(work, ballot_id)
    log.info("count begun", poll=str(poll_id))
    with begin.looking() as session:
        paper = queries.paper_of(session, session.get_one(Poll, poll_id))
        if digest_of(paper) != get_ballot(session, ballot_id).rules_digest:
            raise Conflict(Say("The paper of this poll is not the one that was frozen. It is not counted."))
        opened = ballots.open_box(session, ballot_id, keys_folder)
    log.info("box opened", poll=str(poll_id))
    good = [answers for one in opened.answers if (answers := _still_good(paper, one))]
    with begin() as work:
        _finish(work, paper, good, opened.spoilt + len(opened.answers) - len(good))
    with begin.looking() as session:
        ballots.destroy_key(session, ballot_id, keys_folder)
    log.info("count finished", poll=str(poll_id))


def _still_good(paper: Paper, answers: Answers) -> Answers:
    """The answers, checked once more: what was put into the database by hand is not counted."""
    try:
        return check_answers(paper.questions, paper.options, answers).answers
    except (TypeError, AttributeError):
        return {}


def _finish(work: Work, paper: Paper, good: list[Answers], spoilt: int) -> None:
    poll = work.session.get_one(Poll, paper.poll.id)
    counted = ballots.finish(work, poll.ballot_id or b"", spoilt)
    if counted is None:
        return
    for question_id, options in tally(paper.questions, paper.options, good).items():
        for option_id, chosen in options.items():
            work.session.add(Tally(id=uuid7(), question_id=question_id, option_id=option_id, chosen=chosen))
    work.session.add(Turnout(poll_id=poll.id, **vars(counted)))
    poll.counted_at = work.now
    work.record(Did.COUNTED, f"poll:{poll.id}", topic=poll.topic_id)
    keep_word(work, poll, Say("Families have answered: {title}", title=poll.title))
