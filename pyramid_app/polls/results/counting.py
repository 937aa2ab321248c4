"""Counting a poll: open the box, check every answer against the paper again, add up, store once, empty the box."""

from pathlib import Path
from uuid import UUID

import structlog

from pyramid_app.ballots import counting as ballots
from pyramid_app.ballots.queries import get_ballot
from pyramid_app.base.errors import Conflict
from pyramid_app.base.ledger import progress
from pyramid_app.base.work import Begin, Work
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.kinds import still_fits
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import Paper, circle_of, digest_of
from pyramid_app.polls.progress import adding_up
from pyramid_app.polls.ratifying.service import keep_votes
from pyramid_app.polls.results import own_words, stored
from pyramid_app.polls.results.adding import Adding
from pyramid_app.polls.results.document import document_of
from pyramid_app.polls.results.models import PollResult
from pyramid_app.polls.rules import Did
from pyramid_app.polls.service import keep_word

log = structlog.get_logger()


def count(begin: Begin, poll_id: UUID, keys_folder: Path) -> None:
    """Count one closed poll, or end what a killed run has begun. Killed anywhere, the next run comes to the same.

    The result is stored in one act; then the own words go to the desk, then the box is emptied, both bit by bit.
    Raises ``Conflict`` where the key is missing or the paper is not the one that was frozen.
    """
    with begin.looking() as session:
        poll = session.get_one(Poll, poll_id)
        ballot_id, stored_before = poll.ballot_id or b"", poll.counted_at is not None
        waiting = own_words.done(session, poll_id) is not None
    if waiting or not stored_before:
        _open_and_store(begin, poll_id, ballot_id, keys_folder)
    ballots.empty(begin, ballot_id, keys_folder)
    log.info("count finished", poll=str(poll_id))


def _open_and_store(begin: Begin, poll_id: UUID, ballot_id: bytes, keys_folder: Path) -> None:
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
    ballots.note_who_took_part(begin, ballot_id)
    with begin() as work:
        _finish(work, paper, added, box, spoilt)
    own_words.hand_over(begin, paper, box, added.wrote)


def _add_up(begin: Begin, paper: Paper, box: ballots.OpenBox) -> tuple[Adding, int]:
    """What was put into the database by hand is not counted: every answer must still fit the paper."""
    added, spoilt = Adding(paper.asked), 0
    for opened in progress.told(begin.database, adding_up(paper.poll.id), box, box.total):
        if opened.answers is not None and still_fits(paper.asked, opened.answers):
            added.add(opened.answers, opened.roll, late=opened.late)
        else:
            spoilt += 1
    return added, spoilt


def _finish(work: Work, paper: Paper, added: Adding, box: ballots.OpenBox, spoilt: int) -> None:
    poll = work.session.get_one(Poll, paper.poll.id)
    progress.over(work.session, adding_up(poll.id))
    counted = ballots.finish(work, box, spoilt)
    if counted is None:
        return
    document = document_of(added, counted, for_some=circle_of(poll).for_some, whole=poll.ratifies)
    kept = ("on_roll", "answered", "joined_while_open", "spoilt", "set_aside")
    numbers = {name: getattr(counted, name) for name in kept}
    work.session.add(PollResult(poll_id=poll.id, document=stored.write(document), **numbers))
    own_words.begin_handing_over(work, poll.id, len(added.wrote))
    poll.counted_at = work.now
    if poll.ratifies:
        keep_votes(work, paper, added.tallies, counted.answered, counted.on_roll)
    work.record(Did.COUNTED, f"poll:{poll.id}", topic=poll.topic_id)
    keep_word(work, poll, Say("Families have answered: {title}", title=poll.title))
