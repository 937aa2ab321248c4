"""The questions of the sample area: one that was counted, and one that is open."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from pyramid_app.base.actor import Actor
from pyramid_app.base.work import Work
from pyramid_app.kit.texts import LONDON
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.answering.places import Came
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.asking.drafts import Content, OptionDraft, QuestionDraft
from pyramid_app.polls.asking.rules import usual_close
from pyramid_app.polls.fairness import service as fairness
from pyramid_app.polls.fairness.queries import looks_of
from pyramid_app.polls.kinds import NOT_SURE, Boxes, QuestionKind, Stance, box_of
from pyramid_app.polls.models import Option, Poll, Question
from pyramid_app.polls.paper import Paper
from pyramid_app.sample import words
from pyramid_app.sample.teller import Teller

FACTS = ("age", "setting")


def ask_and_count(teller: Teller) -> None:
    """A question seven weeks ago: everybody is invited, most answer, it is counted, everyone is told."""
    teller.jobs(51)
    choice = QuestionDraft(
        words.ASKED_QUESTION, tuple(OptionDraft(name, meaning) for name, meaning, _ in words.ASKED_OPTIONS)
    )
    ranking = QuestionDraft(words.ASKED_RANKING, _options(words.ASKED_RANKED), QuestionKind.RANKING, shuffled=True)
    views = QuestionDraft(
        words.ASKED_VIEWS, tuple(OptionDraft(text) for text in words.ASKED_STATEMENTS), QuestionKind.STATEMENTS
    )
    with teller.ago(54, teller.officer) as work:
        poll = _write(teller, work, words.ASKED, (choice, ranking, views), decided_in=-10, next_in=5, facts=FACTS)
        fairness.ask_to_look(work, poll.id, teller.settings.address)
    _look_at(teller, poll, 53)
    with teller.ago(50, teller.officer) as work:
        asking.schedule(work, poll.id, poll.version, None, usual_close(work.now, 10), words.ASKED_SHORTER)
    teller.jobs(49.9)
    with teller.database.reading() as session:
        paper = queries.paper_of(session, poll)
    chosen = [number for number, (_, _, often) in enumerate(words.ASKED_OPTIONS) for _ in range(often)]
    for number, pick in enumerate([*chosen, *[None] * words.ASKED_NOT_SURE], start=1):
        who = Actor(person_id=teller.families[number])
        with teller.ago(45 - number / 10, who) as work:
            answering.answer_signed_in(work, poll.id, _answer(paper, number, pick), _came(teller))
    teller.jobs(30)


def _came(teller: Teller) -> Came:
    return Came(teller.settings.secret.get_secret_value(), "sample")


def _look_at(teller: Teller, poll: Poll, days: float) -> None:
    """Two representatives say what they think of the wording."""
    with teller.database.reading() as session:
        asked = [look.person_id for look in looks_of(session, poll)]
    for person_id, (fair, because) in zip(asked, words.LOOKS, strict=False):
        with teller.ago(days, Actor(person_id=person_id)) as work:
            fairness.mark(work, poll.id, fair, because)


def _answer(paper: Paper, number: int, pick: int | None) -> Boxes:
    """What family ``number`` sends: made up, and the same in every sample."""
    choice, ranking, views = paper.questions
    boxes = {choice.id.hex: [NOT_SURE if pick is None else paper.options[choice.id][pick].id.hex]}
    wanted = paper.options[ranking.id]
    turn = 0 if number % 5 < 2 else 1 if number % 5 < 4 else 2
    for place in range(len(wanted)):
        boxes[box_of(ranking, wanted[(place + turn) % len(wanted)])] = [str(place + 1)]
    for at, statement in enumerate(paper.options[views.id]):
        boxes[box_of(views, statement)] = [_stance(at, number)]
    for fact, groups in paper.poll.facts.items():
        if number % 6:
            boxes[f"share-{fact}"] = [groups[number % 3]]
    return boxes


def _stance(at: int, number: int) -> Stance:
    """Nearly all agree with the first statement; the second divides them; the third leaves many without a view."""
    if at == 0:
        return Stance.DISAGREE if number % 7 == 0 else Stance.AGREE
    if at == 1:
        return Stance.AGREE if number % 2 else Stance.DISAGREE
    return (Stance.PASS, Stance.AGREE, Stance.DISAGREE)[number % 3]


def ask_now(teller: Teller) -> None:
    """A question that has been open for two weeks, and closes in twenty minutes."""
    when, whom, more = words.OPEN_QUESTIONS
    questions = (
        QuestionDraft(when[0], _options(when[1])),
        QuestionDraft(whom[0], _options(whom[1]), QuestionKind.SEVERAL, 2),
        QuestionDraft(more[0], kind=QuestionKind.TEXT, at_most=1000),
    )
    teller.jobs(18.1)
    with teller.ago(18, teller.officer) as work:
        poll = _write(teller, work, words.OPEN, questions, decided_in=10, next_in=21, facts=("age",))
        fairness.ask_to_look(work, poll.id, teller.settings.address)
    _look_at(teller, poll, 17)
    with teller.ago(14, teller.officer) as work:
        asking.schedule(work, poll.id, poll.version, None, soon(teller.today))
    with teller.database.reading() as session:
        paper = queries.paper_of(session, poll)
    for number in range(20, 41):
        raw = {q.id.hex: _pick(q, paper.options[q.id], number) for q in paper.questions}
        with teller.ago(13 - number / 10, Actor(person_id=teller.families[number])) as work:
            answering.answer_signed_in(work, poll.id, raw, _came(teller))
    teller.jobs(8)


def _pick(question: Question, options: Sequence[Option], number: int) -> list[str]:
    if question.kind is QuestionKind.TEXT:
        return [words.OPEN_WORDS[number % len(words.OPEN_WORDS)]] if number % 4 == 0 else []
    return [options[number % len(options)].id.hex]


def soon(today: datetime) -> datetime:
    """Twenty minutes later; but nothing closes between midnight and 4 am, so at night it is 4 am."""
    wanted = today + timedelta(minutes=20)
    local = wanted.astimezone(LONDON)
    return wanted if local.hour >= 4 else datetime.combine(local.date(), time(4), LONDON)


def _options(pairs: Sequence[tuple[str, str]]) -> tuple[OptionDraft, ...]:
    return tuple(OptionDraft(name, meaning) for name, meaning in pairs)


def _write(
    teller: Teller,
    work: Work,
    said: dict[str, Any],
    questions: tuple[QuestionDraft, ...],
    *,
    decided_in: int,
    next_in: int,
    facts: tuple[str, ...],
) -> Poll:
    poll = asking.write(work, teller.topics[words.BUSES.title], said["title"])
    decided_on, next_by = teller.day(decided_in), teller.day(next_in)
    content = Content(questions=questions, facts=facts, decided_on=decided_on, next_by=next_by, **said)
    return asking.change(work, poll.id, poll.version, content)
