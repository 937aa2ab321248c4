"""Looking at results. Before the count there is none, for nobody."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.kit.disclosure import Count, show_question
from pyramid_app.polls.kinds import NOT_SURE
from pyramid_app.polls.models import Option, Poll, Question, Tally, Turnout
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.results.views import QuestionResult, Result


def find_result(session: Session, poll: Poll) -> Result | None:
    """The result by the small-number rules, or ``None`` before the count: then none exists."""
    turnout = session.get(Turnout, poll.id)
    if poll.counted_at is None or turnout is None:
        return None
    paper = paper_of(session, poll)
    chosen = _tallies(session, paper.questions)
    counted = Count(turnout.answered - turnout.spoilt)
    return Result(
        poll,
        [_question_result(question, paper.options[question.id], chosen, counted) for question in paper.questions],
        on_roll=Count(turnout.on_roll),
        answered=Count(turnout.answered),
        joined_while_open=Count(turnout.joined_while_open),
    )


def result_of(session: Session, poll: Poll, now: datetime) -> Result | None:
    """``find_result``, as seen at ``now``."""
    return find_result(session, poll) if poll.counted_at is not None and poll.counted_at <= now else None


def _question_result(
    question: Question, options: Sequence[Option], chosen: dict[UUID, dict[UUID | None, int]], answered: Count
) -> QuestionResult:
    tallies = [(option.id.hex, Count(chosen[question.id][option.id])) for option in options]
    tallies.append((NOT_SURE, Count(chosen[question.id][None])))
    labels = {option.id.hex: option.name for option in options}
    return QuestionResult(question, labels, show_question(answered, tallies))


def _tallies(session: Session, questions: Sequence[Question]) -> dict[UUID, dict[UUID | None, int]]:
    chosen: dict[UUID, dict[UUID | None, int]] = defaultdict(lambda: defaultdict(int))
    ids = [question.id for question in questions]
    for row in session.exec(select(Tally).where(col(Tally.question_id).in_(ids))):
        chosen[row.question_id][row.option_id] = row.chosen
    return chosen
