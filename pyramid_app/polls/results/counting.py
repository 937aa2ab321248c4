"""Counting a poll: open the box, check every answer against the paper again, add up, store once."""

from pathlib import Path
from random import SystemRandom
from uuid import UUID

import structlog

from pyramid_app.ballots import counting as ballots
from pyramid_app.ballots.queries import get_ballot, person_of
from pyramid_app.base.errors import Conflict
from pyramid_app.base.ledger import progress
from pyramid_app.base.work import Begin, Work
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.rules import About, Channel, Speaker
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.kinds import still_fits
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import Paper, digest_of
from pyramid_app.polls.results import stored
from pyramid_app.polls.results.adding import Adding, Written
from pyramid_app.polls.results.document import document_of
from pyramid_app.polls.results.models import PollResult
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
        box = ballots.OpenBox(session, ballot_id, keys_folder)
        added, spoilt = _add_up(begin, paper, box)
    log.info("box opened", poll=str(poll_id))
    with begin() as work:
        _finish(work, paper, added, box, spoilt)
    with begin.looking() as session:
        ballots.destroy_key(session, ballot_id, keys_folder)
    log.info("count finished", poll=str(poll_id))


def progress_of(poll_id: UUID) -> str:
    """Under which name the ledger says how far this count is."""
    return f"count:{poll_id}"


def _add_up(begin: Begin, paper: Paper, box: ballots.OpenBox) -> tuple[Adding, int]:
    """What was put into the database by hand is not counted: every answer must still fit the paper."""
    added, spoilt = Adding(paper.asked), 0
    for opened in progress.told(begin.database, progress_of(paper.poll.id), box, box.total):
        if opened.answers is not None and still_fits(paper.asked, opened.answers):
            added.add(opened.answers, opened.roll)
        else:
            spoilt += 1
    return added, spoilt


def _finish(work: Work, paper: Paper, added: Adding, box: ballots.OpenBox, spoilt: int) -> None:
    poll = work.session.get_one(Poll, paper.poll.id)
    counted = ballots.finish(work, box, spoilt)
    if counted is None:
        return
    document = document_of(added, counted.on_roll, counted.answered, counted.joined_while_open)
    work.session.add(PollResult(poll_id=poll.id, document=stored.write(document), **vars(counted)))
    _hand_over(work, poll, paper, added.written)
    progress.over(work.session, progress_of(poll.id))
    poll.counted_at = work.now
    work.record(Did.COUNTED, f"poll:{poll.id}", topic=poll.topic_id)
    keep_word(work, poll, Say("Families have answered: {title}", title=poll.title))


def _hand_over(work: Work, poll: Poll, paper: Paper, written: list[Written]) -> None:
    """Own words become voices, one by one in no order; whose they are is kept only where the writer asked for it."""
    asked = {question.id: question.text for question in paper.questions}
    SystemRandom().shuffle(written)
    for one in written:
        feedback.receive(
            work,
            about=About.SYSTEM,
            speaker=Speaker.YOUNG_PERSON if poll.for_young_people else Speaker.PARENT_CARER,
            text=one.words,
            tell=one.roll is not None,
            person_id=person_of(work.session, one.roll) if one.roll else None,
            channel=Channel.POLL,
            asked=asked[one.question],
            topic_id=poll.topic_id,
        )
