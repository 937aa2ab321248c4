"""From what was added up to what may be seen: every number goes through ``kit.disclosure`` here, once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyramid_app.ballots.counting import Counted
from pyramid_app.kit.disclosure import (
    DEFAULTS,
    Count,
    Limits,
    QuestionShown,
    RoundsShown,
    Sides,
    agreement,
    consensus,
    show,
    show_breakdown,
    show_live,
    show_question,
    show_rounds,
)
from pyramid_app.kit.disclosure.agreement import AT_LEAST
from pyramid_app.kit.disclosure.ranking import Round
from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds import NOT_SURE, QuestionKind, QuestionLike, Stance
from pyramid_app.polls.results.adding import Adding, first_choices, in_rounds, where_they_stand
from pyramid_app.polls.results.rules import newcomers_count
from pyramid_app.polls.results.views import Document, QuestionSeen, Statement, Table

UNIT = 100_000
"""The counter counts in hundred-thousandths of a vote; with one seat every vote stays whole."""


WHOLE = Limits(question_answers=0, option=0, dissent=0, group=0)
"""A vote on the charter is shown as it is (``DESIGN.md`` 8): it tells nothing about a family but yes or no to words."""


@dataclass(frozen=True)
class _Answers:
    """``late``: those of ``all`` that do not help to reach a limit. Every count of this module is made here."""

    all: Adding
    late: Adding

    def people(self, question: QuestionLike) -> Count:
        return Count(self.all.people[question.id], self.late.people[question.id])

    def chose(self, question: QuestionLike, names: Sequence[str]) -> dict[str, Count]:
        """How many chose each of these; of a ranking, who put it first."""
        tallies = (one.tallies[question.id] for one in (self.all, self.late))
        ranking = question.kind is QuestionKind.RANKING
        everybody, late = (first_choices(tally) if ranking else tally for tally in tallies)
        return {name: Count(everybody[name], late[name]) for name in names}

    def group(self, fact: str, name: str) -> "_Answers":
        nobody = Adding(self.all.asked)
        return _Answers(self.all.groups.get((fact, name), nobody), self.late.groups.get((fact, name), nobody))

    def groups(self) -> "list[_Answers]":
        return [self.group(*key) for key in self.all.groups]

    def rounds(self, question: QuestionLike) -> list[Round]:
        """Of a ranking, from the first round to the last."""
        asked, names = self.all.asked, [option.id.hex for option in self.all.asked.options[question.id]]
        counted = in_rounds(question, asked, self.all.tallies[question.id])
        late = where_they_stand(question, asked, self.late.tallies[question.id], counted)
        return [
            (
                None if stage.candidate is None else names[stage.candidate],
                [Count(total // UNIT, some) for total, some in zip(stage.totals, held, strict=True)],
                Count(stage.non_transferable // UNIT, lost),
            )
            for stage, (held, lost) in zip(counted.stages, late, strict=True)
        ]


def document_of(added: Adding, counted: Counted, *, for_some: bool = False, whole: bool = False) -> Document:
    """``for_some``: not everybody was asked. ``whole``: a vote on the charter."""
    limits = WHOLE if whole else DEFAULTS
    alike = whole or newcomers_count(counted.stood, counted.joined_while_open, rang=counted.rang, for_some=for_some)
    answers = _Answers(added, Adding(added.asked) if alike or added.late is None else added.late)
    questions = tuple(_seen(question, answers, limits) for question in added.asked.questions)
    on_roll, answered, joined = counted.on_roll, counted.answered, counted.joined_while_open
    aside = show(Count(counted.set_aside)) if counted.set_aside else None
    if alike:
        asked, voted, came = (show(Count(number), limits) for number in (on_roll, answered, joined))
        return Document(asked, voted, came, questions, set_aside=aside)
    asked, voted = show(Count(on_roll, on_roll - counted.stood)), show(Count(answered, joined))
    note = _why_fewer(counted.rang) if joined else None
    return Document(asked, voted, show_live(Count(joined)), questions, note, aside)


def _why_fewer(rang: bool) -> Say:
    if rang:
        return Say("Many people joined while this question was open, more than usual."
                   " So we show fewer details than we could.")  # fmt: skip
    return Say("Some people joined while this question was open. Their answers count like all others."
               " How much detail we show depends on those who had joined before.")  # fmt: skip


def _seen(question: QuestionLike, answers: _Answers, limits: Limits) -> QuestionSeen:
    options = answers.all.asked.options.get(question.id, ())
    labels = {option.id.hex: option.name for option in options}
    plain = QuestionSeen(question.id.hex, question.text, question.kind, labels)
    if question.kind is QuestionKind.TEXT:
        return replace(plain, wrote=show(answers.people(question)))
    if question.kind is QuestionKind.STATEMENTS:
        return replace(plain, statements=_statements(question, answers, labels))
    ordered = question.kind is QuestionKind.SCALE
    shown = show_question(answers.people(question), _chosen(question, answers), limits, ordered=ordered)
    rounds = _rounds(question, answers, shown) if question.kind is QuestionKind.RANKING else None
    return replace(plain, shown=shown, rounds=rounds, tables=_tables(question, answers, shown))


def _chosen(question: QuestionLike, answers: _Answers) -> dict[str, Count]:
    """How many chose each option, in the paper's order, "not sure" last."""
    names = [option.id.hex for option in answers.all.asked.options[question.id]]
    return answers.chose(question, (*names, NOT_SURE))


def _tables(question: QuestionLike, answers: _Answers, shown: QuestionShown) -> tuple[Table, ...]:
    """One table for each shared fact; never two facts at once."""
    people, whole = answers.people(question), _chosen(question, answers)
    once = question.kind is not QuestionKind.SEVERAL
    tables = []
    for fact, names in answers.all.asked.facts.items():
        parts = [(name, answers.group(fact, name)) for name in names]
        groups = [(name, part.people(question), _chosen(question, part)) for name, part in parts]
        tables.append(Table(fact, show_breakdown(shown, people, whole, groups, once_each=once)))
    return tuple(tables)


def _rounds(question: QuestionLike, answers: _Answers, shown: QuestionShown) -> RoundsShown:
    first = {name: count for name, count in _chosen(question, answers).items() if name != NOT_SURE}
    return show_rounds(sum(first.values(), Count(0)), first, shown, answers.rounds(question))


def _statements(question: QuestionLike, answers: _Answers, options: Iterable[str]) -> tuple[Statement, ...]:
    """What families agree about first, by the shared groups; statements without numbers last, as on the paper."""
    found = [(_statement(question, one, answers), consensus(_by_group(question, one, answers))) for one in options]
    found.sort(key=lambda pair: (pair[0].shown.words is not None, -pair[1] if pair[0].shown.words is None else 0))
    return tuple(statement for statement, _ in found)


def _by_group(question: QuestionLike, option: str, answers: _Answers) -> list[Sides]:
    large = [sides for part in answers.groups() if (sides := _sides(question, option, part)).all >= AT_LEAST]
    return large or [_sides(question, option, answers)]


def _statement(question: QuestionLike, option: str, answers: _Answers) -> Statement:
    counts = answers.chose(question, _views(option))
    stances = {str(stance): counts[name] for stance, name in zip(Stance, _views(option), strict=True)}
    shown = show_question(sum(stances.values(), Count(0)), stances, ordered=True)
    shared = [_sides(question, option, part) for part in answers.groups()]
    return Statement(option, shown, agreement(shared, _sides(question, option, answers)))


def _sides(question: QuestionLike, option: str, answers: _Answers) -> Sides:
    return Sides(*answers.chose(question, _views(option)).values())


def _views(option: str) -> list[str]:
    return [f"{option}:{stance}" for stance in Stance]
