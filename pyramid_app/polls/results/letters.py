"""The letter that says what families said."""

from collections.abc import Sequence
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.disclosure import Line
from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds import NOT_SURE
from pyramid_app.polls.results.views import QuestionResult, Result


def told(area: AreaSettings, result: Result, by_name: str, person_id: UUID, address: str) -> Draft:
    """What families said, to somebody who answered."""
    poll = result.poll
    link = f"{address}/polls/{poll.ref}/results"
    said = [(one.question.text, said_in_words(one)) for one in result.questions]
    words = render_letter("poll_result", area=area, poll=poll, said=said, by_name=by_name, link=link)
    return Draft(
        kind="poll result", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", link=link,
    )  # fmt: skip


def said_in_words(result: QuestionResult) -> list[Say]:
    """One question's result as sentences: exactly what the result page shows, never more."""
    if result.shown.words is not None:
        return [result.shown.words]
    lines = [_line(line, result) for line in result.shown.lines]
    return [*lines, result.shown.note] if result.shown.note else lines


def _line(line: Line, result: QuestionResult) -> Say:
    if line.merged:
        return Say("Other answers, counted together: {number}", number=line.number)
    return Say("{answer}: {number}", answer=_label(line.options, result), number=line.number)


def _label(options: Sequence[str], result: QuestionResult) -> Say | str:
    return Say("I am not sure") if options[0] == NOT_SURE else result.labels[options[0]]
