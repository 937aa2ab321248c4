"""A result as plain tables: the page draws them and the files carry them, so that both hold exactly the same. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pyramid_app.kit.disclosure import REST, Agreement, BreakdownShown, QuestionShown, RoundsShown
from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds.facts import NAMES
from pyramid_app.polls.results.views import Document, QuestionSeen
from pyramid_app.polls.results.words import Word, joined

HIDDEN = Say("hidden")
AGREEMENTS = {
    Agreement.AGREE: Say("Nearly all agree"),
    Agreement.DISAGREE: Say("Nearly all disagree"),
    Agreement.DIVIDED: Say("Views divide"),
    Agreement.MIXED: Say("Mixed"),
}


@dataclass(frozen=True)
class PlainTable:
    """The first cell of each row is its heading. Either rows, or ``words`` that say why there are none."""

    title: Word
    header: tuple[Word, ...] = ()
    rows: tuple[tuple[Word | int, ...], ...] = ()
    words: Say | None = None
    note: Say | None = None


def turnout_of(document: Document) -> PlainTable:
    rows: tuple[tuple[Word | int, ...], ...] = (
        (Say("Asked"), document.asked.words),
        (Say("Answered"), document.answered.words),
        (Say("Joined while it was open"), document.joined.words),
    )
    return PlainTable(Say("Who took part"), (Say("Families"), Say("Number")), rows, note=document.note)


def tables_of(seen: QuestionSeen) -> Iterator[PlainTable]:
    """What is known about one question, from all families together."""
    if seen.wrote is not None:
        yield PlainTable(
            seen.text, (Say("Answer"), Say("Families")), ((Say("Wrote in their own words"), seen.wrote.words),)
        )
    if seen.shown is not None:
        title = Say("How many put it first") if seen.rounds else seen.text
        yield _lines(seen, seen.shown, title)
    if seen.rounds is not None:
        yield _full(seen, seen.rounds) if seen.rounds.full else _order(seen, seen.rounds)
    if seen.statements:
        yield _statements(seen)


@dataclass(frozen=True)
class Section:
    """All that is shown of one question; ``others``: what others said to the same one, side by side, never added."""

    seen: QuestionSeen
    tables: tuple[PlainTable, ...]
    by_fact: tuple[PlainTable, ...]
    others: tuple[PlainTable, ...]


def sections_of(document: Document, beside: Document | None) -> list[Section]:
    """In the paper's order; page and files are both made from these."""
    found = []
    for at, seen in enumerate(document.questions):
        same = beside.questions[at] if beside and at < len(beside.questions) else None
        others = tuple(tables_of(same)) if same and same.text == seen.text else ()
        found.append(Section(seen, tuple(tables_of(seen)), tuple(by_fact(seen)), others))
    return found


def who_else(for_young_people: bool) -> Say:
    """The heading over what others said."""
    if for_young_people:
        return Say("What families said to the same question")
    return Say("What young people said to the same question")


def for_files(document: Document, sections: Sequence[Section], others: Say) -> list[PlainTable]:
    """Every table of the page, one after the other; those of others say so in their title."""
    tables = [turnout_of(document)]
    for section in sections:
        tables += [*section.tables, *section.by_fact]
        tables += [replace(one, title=Say("{who}: {title}", who=others, title=one.title)) for one in section.others]
    return tables


def by_fact(seen: QuestionSeen) -> list[PlainTable]:
    """The same by what families shared, one thing at a time."""
    return [_breakdown(seen, table.shown, NAMES[table.fact]) for table in seen.tables]


def trend_table(checks: Sequence[tuple[date | None, QuestionSeen]]) -> PlainTable | None:
    """One row for each check of a promise. The answers are named as in the newest."""
    if not checks:
        return None
    names = list(checks[-1][1].labels.values())
    rows = []
    for closed_on, seen in checks:
        lines = seen.shown.lines if seen.shown else ()
        numbers = {seen.labels.get(line.options[0]): line.number for line in lines if not line.merged}
        rows.append((str(closed_on.year) if closed_on else "", *(_or_hidden(numbers.get(name)) for name in names)))
    return PlainTable(Say("Did this happen for families?"), (Say("Year"), *names), tuple(rows))


def _lines(seen: QuestionSeen, shown: QuestionShown, title: Word) -> PlainTable:
    header = (Say("Answer"), Say("Families"), Say("Share in percent"))
    rows = tuple((joined(seen, line.options), line.number, _or_dash(line.percent)) for line in shown.lines)
    return PlainTable(title, header, rows, shown.words, shown.note)


def _statements(seen: QuestionSeen) -> PlainTable:
    header = (Say("Statement"), Say("Agree"), Say("Disagree"), Say("Pass"), Say("Together"))
    rows = []
    for one in seen.statements:
        numbers = {key: line.number for line in one.shown.lines for key in line.options if not line.merged}
        cells = [numbers.get(stance, HIDDEN) for stance in ("agree", "disagree", "pass")]
        rows.append((seen.labels[one.option], *cells, AGREEMENTS[Agreement(one.agreement)]))
    return PlainTable(seen.text, header, tuple(rows))


def _breakdown(seen: QuestionSeen, shown: BreakdownShown, title: Word) -> PlainTable:
    header = (Say("Families"), Say("Number"), *(joined(seen, options) for options in shown.columns))
    rows = tuple(
        (_groups(row.groups), _or_hidden(row.number), *(_or_hidden(cell.number) for cell in row.cells))
        for row in shown.rows
    )
    return PlainTable(title, header, rows, shown.words, shown.note)


def _full(seen: QuestionSeen, shown: RoundsShown) -> PlainTable:
    """Every round: whoever has left has no number any more."""
    names: list[Word] = [seen.labels[name] for name in shown.options]
    header = (Say("Round"), *names, Say("No next choice"), Say("Left"))
    rows = tuple(
        (Say("{n}", n=number), *(_or_dash(votes) for votes in line.numbers), line.no_choice, _name(seen, line.left))
        for number, line in enumerate(shown.full, start=1)
    )
    return PlainTable(Say("How it was counted"), header, rows, note=_last(seen, shown))


def _order(seen: QuestionSeen, shown: RoundsShown) -> PlainTable:
    """Only who left when."""
    header = (Say("Round"), Say("Left"))
    rows = tuple((Say("{n}", n=at), joined(seen, names)) for at, names in enumerate(shown.order, start=1))
    note = shown.note and Say("{last} {why}", last=_last(seen, shown), why=shown.note)
    return PlainTable(Say("How it was counted"), header, rows, shown.words, note)


def _last(seen: QuestionSeen, shown: RoundsShown) -> Say:
    """Counted in rounds: the last leaves, and its papers go to their next choice, until one has more than half."""
    return Say("In each round the last one leaves, and those families count for their next choice."
               " At the end this is left: “{winner}”.",
               winner=_name(seen, shown.winner))  # fmt: skip


def _name(seen: QuestionSeen, key: str | None) -> Word:
    return seen.labels[key] if key else "–"


def _groups(names: tuple[str, ...]) -> Word:
    """The groups of one row; those who shared nothing have a name here."""
    first = Say("Did not say") if names[0] == REST else names[0]
    return first if len(names) == 1 else Say("{first} + {others}", first=first, others=_groups(names[1:]))


def _or_dash(number: int | None) -> Word | int:
    return "–" if number is None else number


def _or_hidden(number: int | None) -> Word | int:
    return HIDDEN if number is None else number
