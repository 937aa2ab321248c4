"""From what was added up to what may be seen: every number goes through ``kit.disclosure`` here, once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

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
    show_question,
    show_rounds,
)
from pyramid_app.kit.disclosure.agreement import AT_LEAST
from pyramid_app.polls.kinds import NOT_SURE, QuestionKind, QuestionLike, Stance
from pyramid_app.polls.results.adding import Adding, first_choices, in_rounds
from pyramid_app.polls.results.views import Document, QuestionSeen, Statement, Table

UNIT = 100_000
"""The counter counts in hundred-thousandths of a vote; with one seat every vote stays whole."""


WHOLE = Limits(question_answers=0, option=0, dissent=0, group=0)
"""A vote on the charter is shown as it is (``DESIGN.md`` 8): it tells nothing about a family but yes or no to words."""


def document_of(added: Adding, on_roll: int, answered: int, joined: int, *, whole: bool = False) -> Document:
    limits = WHOLE if whole else DEFAULTS
    questions = tuple(_seen(question, added, limits) for question in added.asked.questions)
    asked, voted, came = (show(Count(number), limits) for number in (on_roll, answered, joined))
    return Document(asked, voted, came, questions)


def _seen(question: QuestionLike, added: Adding, limits: Limits) -> QuestionSeen:
    labels = {option.id.hex: option.name for option in added.asked.options.get(question.id, ())}
    plain = QuestionSeen(question.id.hex, question.text, question.kind, labels)
    if question.kind is QuestionKind.TEXT:
        return replace(plain, wrote=show(Count(added.people[question.id])))
    if question.kind is QuestionKind.STATEMENTS:
        return replace(plain, statements=_statements(question, added, labels))
    shown = _question(question, added, limits)
    rounds = _rounds(question, added, shown) if question.kind is QuestionKind.RANKING else None
    return replace(plain, shown=shown, rounds=rounds, tables=_tables(question, added, shown))


def _chosen(question: QuestionLike, added: Adding) -> dict[str, Count]:
    """How many chose each option, in the paper's order, "not sure" last; of a ranking, who put it first."""
    tally = added.tallies[question.id]
    if question.kind is QuestionKind.RANKING:
        tally = first_choices(tally)
    names = [option.id.hex for option in added.asked.options[question.id]]
    return {name: Count(tally[name]) for name in (*names, NOT_SURE)}


def _question(question: QuestionLike, added: Adding, limits: Limits) -> QuestionShown:
    people = Count(added.people[question.id])
    return show_question(people, _chosen(question, added), limits, ordered=question.kind is QuestionKind.SCALE)


def _tables(question: QuestionLike, added: Adding, shown: QuestionShown) -> tuple[Table, ...]:
    """One table for each shared fact; never two facts at once."""
    people, whole = Count(added.people[question.id]), _chosen(question, added)
    once = question.kind is not QuestionKind.SEVERAL
    tables = []
    for fact, names in added.asked.facts.items():
        parts = [(name, added.groups.get((fact, name), Adding(added.asked))) for name in names]
        groups = [(name, Count(part.people[question.id]), _chosen(question, part)) for name, part in parts]
        tables.append(Table(fact, show_breakdown(shown, people, whole, groups, once_each=once)))
    return tuple(tables)


def _rounds(question: QuestionLike, added: Adding, shown: QuestionShown) -> RoundsShown:
    counted = in_rounds(question, added.asked, added.tallies[question.id])
    names = [option.id.hex for option in added.asked.options[question.id]]
    rounds = [
        (
            None if stage.candidate is None else names[stage.candidate],
            tuple(Count(total // UNIT) for total in stage.totals),
            Count(stage.non_transferable // UNIT),
        )
        for stage in counted.stages
    ]
    first = {name: count for name, count in _chosen(question, added).items() if name != NOT_SURE}
    return show_rounds(Count(counted.valid), first, shown, rounds)


def _statements(question: QuestionLike, added: Adding, options: Iterable[str]) -> tuple[Statement, ...]:
    """What families agree about first, by the shared groups; statements without numbers last, as on the paper."""
    found = [(_statement(question, one, added), consensus(_by_group(question, one, added))) for one in options]
    found.sort(key=lambda pair: (pair[0].shown.words is not None, -pair[1] if pair[0].shown.words is None else 0))
    return tuple(statement for statement, _ in found)


def _by_group(question: QuestionLike, option: str, added: Adding) -> list[Sides]:
    large = [sides for part in added.groups.values() if (sides := _sides(question, option, part)).all >= AT_LEAST]
    return large or [_sides(question, option, added)]


def _statement(question: QuestionLike, option: str, added: Adding) -> Statement:
    tally = added.tallies[question.id]
    stances = {str(stance): Count(tally[f"{option}:{stance}"]) for stance in Stance}
    shown = show_question(sum(stances.values(), Count(0)), stances, ordered=True)
    shared = [_sides(question, option, part) for part in added.groups.values()]
    return Statement(option, shown, agreement(shared, _sides(question, option, added)))


def _sides(question: QuestionLike, option: str, added: Adding) -> Sides:
    tally: Mapping[str, int] = added.tallies[question.id]
    agree, disagree, passed = (Count(tally.get(f"{option}:{stance}", 0)) for stance in Stance)
    return Sides(agree, disagree, passed)
