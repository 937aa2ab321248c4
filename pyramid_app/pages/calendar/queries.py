"""The coming year in one list: what the area wrote into its calendar, England's bank holidays, and what is booked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from babel.dates import format_date
from holidays.countries.united_kingdom import UnitedKingdom
from markupsafe import Markup
from sqlmodel import Session

from pyramid_app.area import queries as area
from pyramid_app.area.calendar_rules import KINDS, LOOK_BACK, DayKind, Period, what_speaks_against
from pyramid_app.kit.charts.year import Lane, Span, year
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date, long_date, sentence
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.exercises import queries as exercises
from pyramid_app.meetings.models import Occasion
from pyramid_app.notices import queries as notices
from pyramid_app.polls import queries as polls

MONTHS = 12
BANK_HOLIDAY = Say("Bank holiday")
QUESTION = Say("Question to families")
NOTICE = Say("Notice: of use until this day")
MEETING = Say("Meeting of the Group")
EXERCISE = Say("Workshop, coffee morning or visit")
COLOURS: Mapping[Say, str] = {
    KINDS[DayKind.TERM]: "#5b6f82",
    KINDS[DayKind.RELIGIOUS]: "#7b3f9d",
    KINDS[DayKind.PRE_ELECTION]: "#a3261e",
    KINDS[DayKind.OTHER]: "#7a5c00",
    BANK_HOLIDAY: "#2f6b45",
    NOTICE: "#4c6272",
    MEETING: "#8a3b12",
    EXERCISE: "#1f6f78",
}


@dataclass(frozen=True)
class Entry:
    """A line of the calendar; ``last`` belongs to it. ``remove`` is set where the area wrote it, ``ref`` and the
    ``door`` that it opens where it has a page. ``against``: why a question that has not opened yet stands badly there.
    """

    kind: Say
    name: str
    first: date
    last: date
    ref: str = ""
    door: str = ""
    remove: UUID | None = None
    against: tuple[Say, ...] = ()


class Month(NamedTuple):
    """``begin`` are the entries that begin here (in the first month also what is under way), ``go_on`` older ones."""

    name: str
    begin: list[Entry]
    go_on: list[Entry]


@dataclass(frozen=True)
class Year:
    """``later``: what the area wrote down for the time after these months."""

    months: list[Month]
    later: list[Entry]
    has_terms: bool
    drawing: Markup


def the_year(session: Session, now: datetime, term_days: int) -> Year:
    """From the first of this month, twelve months. Five questions to the database."""
    starts = _months(london_date(now))
    first, until = starts[0], starts[-1]
    periods = area.list_periods(session, first - LOOK_BACK)
    own = [
        Entry(KINDS[each.kind], each.name, each.from_on, each.until_on, remove=each.id)
        for each in periods
        if each.until_on >= first
    ]
    booked = [_judged(each, periods, now, term_days) for each in _booked(session, now) if each.last >= first]
    entries = sorted(
        [*own, *_bank_holidays(first, until), *booked, *_gatherings(session, now), *_notices(session, now, first)],
        key=lambda each: (each.first, each.last),
    )
    return Year(
        months=[_month(entries, begin, end, begin == first) for begin, end in pairwise(starts)],
        later=[each for each in entries if each.first >= until],
        has_terms=any(each.kind is DayKind.TERM for each in periods),
        drawing=_drawing(entries, starts),
    )


def _months(today: date) -> list[date]:
    """The first day of this month and of each after it; the last one is the day after the end."""
    months = range(today.year * 12 + today.month - 1, today.year * 12 + today.month + MONTHS)
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _booked(session: Session, now: datetime) -> Iterable[Entry]:
    for poll in polls.list_polls(session, now):
        if poll.opens_at and poll.closes_at and poll.withdrawn_at is None:
            days = london_date(poll.opens_at), london_date(poll.closes_at)
            yield Entry(QUESTION, poll.title, *days, poll.ref, "polls.show")


def _gatherings(session: Session, now: datetime) -> Iterable[Entry]:
    """Where people come together."""
    together: list[tuple[Say, str, Occasion]] = [
        (MEETING, "meetings.show", one) for one in meetings.coming(session, now)
    ]
    together += [(EXERCISE, "meetings.exercise", one) for one in exercises.coming(session, now)]
    for kind, door, one in together:
        yield Entry(kind, one.title, london_date(one.starts_at), london_date(one.ends_at), one.ref, door)


def _notices(session: Session, now: datetime, first: date) -> Iterable[Entry]:
    for notice in notices.of_use_since(session, now, first):
        if notice.until_on:
            yield Entry(NOTICE, notice.title, notice.until_on, notice.until_on)


def _judged(question: Entry, periods: Sequence[Period], now: datetime, term_days: int) -> Entry:
    """The calendar may have changed since it was booked; what is open already stays as it is."""
    if question.first <= london_date(now):
        return question
    return replace(question, against=tuple(what_speaks_against(periods, question.first, question.last, term_days)))


def _bank_holidays(first: date, until: date) -> Iterable[Entry]:
    for on, name in UnitedKingdom(subdiv="ENG", years=[first.year, until.year]).items():
        if first <= on < until:
            yield Entry(BANK_HOLIDAY, name, on, on)


def _month(entries: Sequence[Entry], begin: date, end: date, is_first: bool) -> Month:
    here = [each for each in entries if each.first < end and each.last >= begin]
    return Month(
        _name(begin),
        begin=[each for each in here if is_first or each.first >= begin],
        go_on=[each for each in here if not is_first and each.first < begin],
    )


def _drawing(entries: Sequence[Entry], starts: Sequence[date]) -> Markup:
    spans: dict[Say, list[Span]] = {kind: [] for kind in (*COLOURS, QUESTION)}
    for each in entries:
        spans[each.kind].append(Span(each.first, each.last, _words(each)))
    lanes = [Lane(sentence(kind), spans[kind], colour) for kind, colour in COLOURS.items() if spans[kind]]
    asked = Lane(sentence(QUESTION), spans[QUESTION], class_="chart-bar")
    title = sentence("The calendar from {first} to {last}", first=_name(starts[0]), last=_name(starts[-2]))
    letters = [(start, _letter(start)) for start in starts[:-1]]
    return year(letters, [*lanes, asked], until=starts[-1], title=title, ident="calendar")


def _words(entry: Entry) -> str:
    if entry.first == entry.last:
        return sentence("{name}, {on}", name=entry.name, on=long_date(entry.first))
    return sentence("{name}, {first} to {last}", name=entry.name, first=entry.first, last=entry.last)


def _name(month: date) -> str:
    return str(format_date(month, "LLLL y", locale="en_GB"))


def _letter(month: date) -> str:
    return str(format_date(month, "LLLLL", locale="en_GB"))
