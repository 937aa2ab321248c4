"""The figures as a page and a file say them: one plain sentence, a small table, and how it is computed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyramid_app.kit.disclosure import Shown
from pyramid_app.kit.say import Say
from pyramid_app.outcomes.figures.queries import ENOUGH, Figures, Part
from pyramid_app.outcomes.figures.rules import TOPIC_WAITS, percent
from pyramid_app.outcomes.verdicts.pulse import NAMES

Cell = Say | int


@dataclass(frozen=True)
class Table:
    """One figure. ``words`` stand instead of the rows where there is nothing to show; ``name`` is its place."""

    name: str
    title: Say
    sentence: Say
    header: tuple[Say, ...]
    rows: tuple[tuple[Cell, ...], ...]
    how: Say
    words: Say | None = None
    note: Say | None = None


def tables_of(found: Figures) -> list[Table]:
    """In the order in which they matter to a family."""
    return [
        _told(found), _pulse(found), _first_answer(found), _waiting(found), _topics(found), _late(found),
        _evidence(found), _linked(found), _hidden(found),
    ]  # fmt: skip


def _told(found: Figures) -> Table:
    number = found.told.number
    sentence = Say("Of 100 people who spoke, {n} got a real answer within 90 days.", n=number)
    return _one(
        "told", Say("Told what happened"), sentence if number is not None else found.told.words,
        Say("In 100 people"), found.told.number,
        Say(
            "We look at everyone who told us something 15 to 3 months ago and can hear from us. We count those whose"
            " topic’s answer left us within 90 days. “We have read it” is not an answer. Under ten people we show no"
            " number."
        ),
    )  # fmt: skip


def _pulse(found: Figures) -> Table:
    how = Say(
        "At the end of each school term we ask everyone who told us something in a year: did we tell you what"
        " happened? Numbers are in steps of five, and only from ten answers on, so that no one can be known."
    )
    title, header = Say("What families say about that"), (Say("Did we tell you what happened?"), Say("Families"))
    if found.pulse is None:
        sentence = Say("We ask at the end of each term. We have not asked yet.")
        return Table("pulse", title, sentence, header, (), how)
    term_on, shown = found.pulse
    rows = tuple((NAMES[told], line.words) for told, (_, line) in zip(NAMES, shown.lines, strict=False))
    sentence = Say("We asked about the term that ended on {on}.", on=term_on)
    return Table("pulse", title, sentence, header, rows, how, words=shown.words)


def _first_answer(found: Figures) -> Table:
    days = found.median_days
    sentence = (
        Say("We show this from {n} messages on.", n=ENOUGH)
        if days is None
        else Say("Working days until half of all messages had a first answer: {days}.", days=days)
    )
    return _one(
        "first-answer", Say("Days to a first answer"), sentence, Say("Working days, the middle of all"), days,
        Say(
            "Messages of the last year that a person has read and answered. We count working days from the day a"
            " message came; weekends and England’s bank holidays do not count. Messages that still wait are not in"
            " it: they are in the next table."
        ),
    )  # fmt: skip


def _waiting(found: Figures) -> Table:
    names = Say("Under 2 weeks"), Say("2 to 4 weeks"), Say("Over 4 weeks")
    old = found.waiting[-1]
    sentence = (
        Say("No message has waited for over four weeks.")
        if old.number == 0
        else Say("Messages that have waited for over four weeks: {n}.", n=old.words)
    )
    return Table(
        "waiting", Say("Messages that wait"), sentence, (Say("How long"), Say("Messages")),
        tuple((name, _cell(shown)) for name, shown in zip(names, found.waiting, strict=True)),
        Say("Messages that nobody has sorted yet, by the time since they came. Numbers are in steps of five."),
    )  # fmt: skip


def _topics(found: Figures) -> Table:
    by_age, (heard, working) = found.topics.by_age, TOPIC_WAITS
    ages = Say("Under 1 month"), Say("1 to 3 months"), Say("3 to 6 months"), Say("Over 6 months")
    old = by_age[heard][-1] + by_age[working][-1]
    sentence = (
        Say("No topic has waited for over six months.")
        if old == 0
        else Say("Topics that have waited for over six months: {n}.", n=old)
    )
    rows = tuple((age, by_age[heard][at], by_age[working][at]) for at, age in enumerate(ages))
    header = Say("How old"), Say("Heard"), Say("Working on it")
    how = Say("Topics without a final answer, by the time since they began. A month is 30 days.")
    return Table("topics", Say("Topics that wait"), sentence, header, rows, how)


def _late(found: Figures) -> Table:
    late = found.topics.late
    sentence = Say("We owe no word now.") if late == 0 else Say("Topics about which we owe a word now: {n}.", n=late)
    how = Say("Topics whose promised day has passed, and that have no new date with a reason.")
    return _one("late", Say("Late now"), sentence, Say("Topics"), late, how)


def _evidence(found: Figures) -> Table:
    sentence = Say("Of our answers “done”, {n} in 100 have something you can check.", n=_percent(found.evidence))
    none = Say("We have not called anything done yet.")
    how = Say("All public answers that say “done”. Counted are those with a link or a file that shows it.")
    return _part("evidence", Say("“Done” that you can check"), sentence, none, found.evidence, Say("Answers"), how)


def _linked(found: Figures) -> Table:
    number = found.linked.number
    sentence = Say("Of 100 messages, {n} lead to a promise, or we say where they went.", n=number)
    return _one(
        "linked", Say("Messages that lead somewhere"),
        sentence if number is not None else Say("We show this from {n} messages on.", n=ENOUGH),
        Say("In 100 messages"), number,
        Say(
            "Of all messages that were sorted: those whose topic touches a promise of our charter, or says why it is"
            " about none and where it went."
        ),
    )  # fmt: skip


def _hidden(found: Figures) -> Table:
    sentence = Say("Of all figures in our results, {n} in 100 are hidden.", n=_percent(found.hidden))
    none = Say("We have no result with figures yet.")
    how = Say(
        "Answers to our questions, and cells of their tables. Some are hidden, or counted together with others, so"
        " that no one can be known in a small group. A table that is not shown at all counts as one line."
    )
    title = Say("Hidden because groups are small")
    return _part("hidden", title, sentence, none, found.hidden, Say("Figures"), how)


def _part(name: str, title: Say, sentence: Say, none: Say, found: Part, what: Say, how: Say) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = ((title, found.part), (Say("All"), found.whole)) if found.whole else ()
    return Table(name, title, sentence if found.whole else none, (Say("What"), what), rows, how)


def _one(name: str, title: Say, sentence: Say, what: Say, number: int | None, how: Say) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = () if number is None else ((title, number),)
    return Table(name, title, sentence, (Say("What"), what), rows, how)


def _percent(found: Part) -> int:
    return percent(found.part, found.whole)


def _cell(shown: Shown) -> Cell:
    return shown.words


def lines_of(tables: Sequence[Table]) -> list[tuple[Cell, ...]]:
    """For a file: title, what, column, value; a figure that may not be shown has its sentence instead."""
    lines: list[tuple[Cell, ...]] = []
    for table in tables:
        if not table.rows:
            lines.append((table.title, table.words or table.sentence))
        for row in table.rows:
            cells = zip(table.header[1:], row[1:], strict=True)
            lines += [(table.title, row[0], column, cell) for column, cell in cells]
    return lines
