"""Horizontal bars: each label above its bar, however long, the number at the bar's end."""

from collections.abc import Sequence

from markupsafe import Markup

from pyramid_app.kit.charts.svg import BLUE, LINE, TEXT, WIDTH, picture, tag
from pyramid_app.kit.charts.words import measure, wrap

_BAR = 26  # how high a bar is
_ABOVE = 5  # between a label and its bar
_BETWEEN = 20  # between two rows
_BESIDE = 7  # between a bar and its number


def bars(
    lines: Sequence[tuple[str, int]], *, title: str, unit: str, ident: str, says: Sequence[str] | None = None
) -> Markup:
    """A bar for each label and number (0 or more), in the given order.

    ``title`` is for those who hear the picture; ``unit`` ("families") also stands beside the first number.
    ``ident`` begins every id, so that two charts can share a page. ``says``: what stands at the end of each bar where
    the number itself may not ("fewer than 5").
    """
    beside = [f" {unit}" if at == 0 and _fits(unit) else "" for at in range(len(lines))]
    numbers = [number for _, number in lines]
    ends = [str(number) for number in numbers] if says is None else says
    per_person = _scale(numbers, [_end_width(*both) for both in zip(ends, beside, strict=True)])
    caption = [] if _fits(unit) else wrap(unit, WIDTH, TEXT)
    drawn = [_words(caption, 0)]
    y = float(len(caption) and len(caption) * LINE + _BETWEEN / 2)
    for (label, number), end, unit_beside in zip(lines, ends, beside, strict=True):
        row, height = _row(label, end, unit_beside, number * per_person, y)
        drawn.append(row)
        y += height + _BETWEEN
    said = "; ".join(f"{label}: {end} {unit}" for (label, _), end in zip(lines, ends, strict=True))
    height = max(y - _BETWEEN, 1)
    return picture(height, *drawn, title=title, desc=said, ident=ident, kind="bars", role="img")


def _row(label: str, end: str, beside: str, length: float, y: float) -> tuple[Markup, float]:
    """One label, bar and what stands at its end from ``y`` down, and how high they are together."""
    words = wrap(label, WIDTH, TEXT)
    top = y + len(words) * LINE + _ABOVE
    count = tag(
        "text",
        tag("tspan", end, font_weight="bold"),
        beside,
        x=length + _BESIDE if length else 0,
        y=top + _BAR / 2 + TEXT * 0.36,
        fill="currentColor",
        class_="chart-number",
    )
    bar = tag("rect", x=0, y=top, width=length, height=_BAR, fill=BLUE, class_="chart-bar")
    return tag("g", _words(words, y), bar, count), top + _BAR - y


def _words(lines: Sequence[str], y: float) -> Markup:
    pieces = [tag("tspan", line, x=0, y=y + at * LINE + TEXT) for at, line in enumerate(lines)]
    return tag("text", *pieces, fill="currentColor", class_="chart-label") if pieces else Markup()


def _scale(numbers: Sequence[int], ends: Sequence[float]) -> float:
    """Units for one person, so that every bar leaves room for what stands at its end."""
    rooms = [(WIDTH - _BESIDE - end) / number for number, end in zip(numbers, ends, strict=True) if number]
    return min(rooms, default=0.0)


def _end_width(end: str, beside: str) -> float:
    return measure(end, TEXT, bold=True) + measure(beside, TEXT)


def _fits(unit: str) -> bool:
    """A long unit goes above the chart, or the bars would have no room."""
    return measure(unit, TEXT) < WIDTH / 3
