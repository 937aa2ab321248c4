"""Own words after the count: from the envelopes to the desk, some in each act, each once, in no order.

Which come in one act, and after which others, is drawn by the box's own key: a killed run goes on in the same order,
and once the key is destroyed nobody can find out from when a voice was written whose envelope it lay in.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import Session

from pyramid_app.ballots.counting import OpenBox
from pyramid_app.ballots.queries import person_of
from pyramid_app.ballots.service import lock
from pyramid_app.base.ledger import progress
from pyramid_app.base.work import Begin, Work
from pyramid_app.feedback.rules import Speaker
from pyramid_app.feedback.service import Heard, receive_all
from pyramid_app.polls.kinds import TELL_ME, still_fits
from pyramid_app.polls.paper import Paper
from pyramid_app.polls.progress import handing_over
from pyramid_app.polls.results.adding import Wrote

AT_ONCE = 50
"""Voices in one act."""


def begin_handing_over(work: Work, poll_id: UUID, number: int) -> None:
    """In the act that stores the result: so many are still to come."""
    if number:
        progress.say(work.session, handing_over(poll_id), 0, number, work.now)


def done(session: Session, poll_id: UUID) -> int | None:
    """How many are on the desk; ``None`` where all are, or none was written, or nothing is counted yet."""
    return progress.done_of(session, handing_over(poll_id))


def hand_over(begin: Begin, paper: Paper, box: OpenBox, wrote: Sequence[Wrote]) -> None:
    """Go on where the ledger says. What is said there and the voices are one act, so that none comes twice."""
    left = sorted(wrote, key=lambda one: box.lot(one[0] + one[1].bytes))
    with begin.looking() as session:
        at = done(session, paper.poll.id)
    while at is not None:
        some = left[at : at + AT_ONCE]
        with begin.looking() as session:
            heard = list(_heard(session, paper, box, some))
        with begin() as work:
            at = _receive(work, paper, heard, range(at, at + len(some)), len(left))


def _receive(work: Work, paper: Paper, heard: Sequence[Heard], places: range, total: int) -> int | None:
    """Returns the next place; ``None`` after the last. Somebody else may have handed these over meanwhile."""
    name, ballot_id = handing_over(paper.poll.id), paper.poll.ballot_id or b""
    lock(work.session, ballot_id)
    reached = done(work.session, paper.poll.id)
    if reached != places.start:
        return reached
    speaker = Speaker.YOUNG_PERSON if paper.poll.for_young_people else Speaker.PARENT_CARER
    receive_all(work, heard, speaker, paper.poll.topic_id)
    if places.stop >= total:
        progress.over(work.session, name)
        return None
    progress.say(work.session, name, places.stop, total, work.now)
    return places.stop


def _heard(session: Session, paper: Paper, box: OpenBox, some: Sequence[Wrote]) -> Iterator[Heard]:
    """Whose words they are is kept only where the writer asked for it."""
    asked = {question.id: question.text for question in paper.questions}
    opened = box.open_some(session, {roll for roll, _ in some})
    for roll, question in some:
        answers = opened.get(roll)
        if answers is None or not still_fits(paper.asked, answers):
            continue
        words, *tell = answers[question.hex]
        yield Heard(words, asked[question], person_of(session, roll) if TELL_ME in tell else None)
