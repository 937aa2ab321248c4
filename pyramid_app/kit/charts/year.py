"""A year as a strip: one lane for each kind of thing, one mark for each time, the months above and as thin lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from pyramid_app.kit.charts.svg import BLUE, LINE, TEXT, WIDTH, picture, tag
from pyramid_app.kit.charts.words import wrap

DAY = timedelta(days=1)
_MARK = 14  # how high a mark is
_BETWEEN_MARKS = 3  # where two things of one lane are at the same time
_ABOVE = 4  # between a lane's name and its marks
_BETWEEN = 14  # between two lanes
_NARROWEST = 5  # a single day must be seen
_TOP = LINE + 6  # the months' letters


@dataclass(frozen=True)
class Span:
    """One time. ``last`` belongs to it; ``words`` name it with its days, for those who hear or point at it."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Lane:
    """``colour`` as ``#rrggbb``, at least 3 : 1 against the page; the name says the same without colour."""

    name: str
    spans: Sequence[Span]
    colour: str = BLUE
    class_: str = "year-mark"


def year(months: Sequence[tuple[date, str]], lanes: Sequence[Lane], *, until: date, title: str, ident: str) -> Markup:
    """``months`` are the first day of each month and its letter, in order; ``until`` is the first day after them.

    What lies outside is cut off or left out. ``ident`` begins every id. ``ValueError`` where there is no time to show.
    """
    if not months or until <= months[0][0]:
        raise ValueError("A strip needs at least one month.")
    scale = _Scale(months[0][0], until)
    drawn, y = [], float(_TOP)
    for lane in lanes:
        marks, height = _lane(lane, scale, y)
        drawn.append(marks)
        y += height + _BETWEEN
    height = y - _BETWEEN if lanes else y
    said = "; ".join(f"{lane.name}: {', '.join(span.words for span in scale.inside(lane.spans))}" for lane in lanes)
    grid = [_month(scale.x(day), letter, height) for day, letter in months]
    return picture(height, *grid, *drawn, title=title, desc=said, ident=ident, kind="year", role="img")


@dataclass(frozen=True)
class _Scale:
    """``until`` is the first day that is not shown."""

    first: date
    until: date

    def x(self, day: date) -> float:
        return (day - self.first).days / (self.until - self.first).days * WIDTH

    def inside(self, spans: Sequence[Span]) -> list[Span]:
        shown = (span for span in spans if self.first <= span.last and span.first < self.until)
        return sorted(shown, key=lambda span: (span.first, span.last))

    def ends(self, span: Span) -> tuple[float, float]:
        """Where a mark begins and how wide it is, inside the picture."""
        left = self.x(max(span.first, self.first))
        # The end of its last day is the beginning of the next.
        right = WIDTH if span.last >= self.until else self.x(span.last) + self.x(self.first + DAY)
        width = max(right - left, _NARROWEST)
        return min(left, WIDTH - width), width


def _lane(lane: Lane, scale: _Scale, y: float) -> tuple[Markup, float]:
    """A lane's name, its track and its marks from ``y`` down, and how high they are together."""
    words = wrap(lane.name, WIDTH, TEXT)
    top = y + len(words) * LINE + _ABOVE
    spans = scale.inside(lane.spans)
    rows = _rows([scale.ends(span) for span in spans])
    marks = [
        _mark(lane, span, scale, top + row * (_MARK + _BETWEEN_MARKS)) for span, row in zip(spans, rows, strict=True)
    ]
    deep = (max(rows, default=0) + 1) * (_MARK + _BETWEEN_MARKS) - _BETWEEN_MARKS
    track = tag("rect", x=0, y=top, width=WIDTH, height=deep, fill="currentColor", fill_opacity=0.07)
    lines = [tag("tspan", line, x=0, y=y + at * LINE + TEXT) for at, line in enumerate(words)]
    name = tag("text", *lines, fill="currentColor", class_="chart-label")
    return tag("g", name, track, *marks), top + deep - y


def _mark(lane: Lane, span: Span, scale: _Scale, y: float) -> Markup:
    left, width = scale.ends(span)
    return tag(
        "rect",
        tag("title", span.words),
        x=left,
        y=y,
        width=width,
        height=_MARK,
        fill=lane.colour,
        class_=lane.class_,
    )


def _rows(places: Sequence[tuple[float, float]]) -> list[int]:
    """For each mark, in order of its beginning, the first row in which it stands beside the others."""
    free: list[float] = []
    rows = []
    for left, width in places:
        row = next((at for at, end in enumerate(free) if end <= left + 0.005), len(free))
        free[row : row + 1] = [left + width]
        rows.append(row)
    return rows


def _month(x: float, letter: str, height: float) -> Markup:
    line = tag("rect", x=x, y=0, width=0.75, height=height, fill="currentColor", fill_opacity=0.25)
    return tag("g", line, tag("text", letter, x=x + 4, y=TEXT, fill="currentColor", class_="chart-number"))
