"""The parts of a year by which families are told what happened. Pure."""

from dataclasses import dataclass
from datetime import date

from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class Term:
    """A part of the year in which families are told what happened; ``until_on`` is its last day."""

    name: Say
    from_on: date
    until_on: date


THIRDS = ((1, "January to April {year}"), (5, "May to August {year}"), (9, "September to December {year}"))


def thirds_of(first: date, last: date) -> list[Term]:
    """Where an area has no terms in its calendar: three parts of each year, from the one of ``first`` on."""
    begins = [(date(year, month, 1), name) for year in range(first.year, last.year + 1) for month, name in THIRDS]
    ends = [begin for begin, _ in begins[1:]] + [date(last.year + 1, 1, 1)]
    found = [
        Term(Say(name, year=begin.year), begin, date.fromordinal(end.toordinal() - 1))
        for (begin, name), end in zip(begins, ends, strict=True)
    ]
    return [term for term in found if term.until_on >= first and term.from_on <= last]
