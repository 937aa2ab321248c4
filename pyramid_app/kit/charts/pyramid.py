"""The pyramid of participation: steps, the base the widest, every step a link with its words inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pyramid_app.kit.charts.svg import BLUE, LINE, TEXT, WIDTH, picture, tag
from pyramid_app.kit.charts.words import wrap

_TOP = 168  # how wide the top step stands: as narrow as long words allow
_LEAN = 10  # how far each side of a step leans in
_GAP = 3  # between steps
_PADDING = 12  # above and below a step's words
_MARGIN = 6  # beside them
_SHADE = 0.36  # how much darker the base is than the top; white words stay readable on any dark brand colour


@dataclass(frozen=True)
class Level:
    """``figure`` is ready to be read ("412 parents", "fewer than 5"); ``href`` is where the step leads."""

    name: str
    figure: str
    href: str


@dataclass(frozen=True)
class _Step:
    """A level with its words in lines, and ``width`` where it stands."""

    level: Level
    name: list[str]
    figure: list[str]
    width: float

    @property
    def height(self) -> float:
        return (len(self.name) + len(self.figure)) * LINE + 2 * _PADDING


def pyramid(levels: Sequence[Level], *, title: str, description: str, ident: str) -> Markup:
    """3 to 5 ``levels``, the base first, as they are also read aloud; else ``ValueError``.

    ``ident`` begins every id. Its role is a group with a list in it, for in an image the links would be lost.
    """
    if not 3 <= len(levels) <= 5:
        raise ValueError("A pyramid has 3 to 5 levels.")
    steps = [_step(level, at / (len(levels) - 1)) for at, level in enumerate(levels)]
    height = sum(step.height + _GAP for step in steps) - _GAP
    drawn, foot = [], height
    for at, step in enumerate(steps):
        shade = _SHADE * (1 - at / (len(steps) - 1))
        drawn.append(tag("g", _link(step, foot, shade), role="listitem"))
        foot -= step.height + _GAP
    listed = tag("g", *drawn, role="list")
    return picture(height, listed, title=title, desc=description, ident=ident, kind="pyramid", role="group")


def _step(level: Level, rise: float) -> _Step:
    """``rise`` is 0 for the base and 1 for the top."""
    width = WIDTH - (WIDTH - _TOP) * rise
    room = width - 2 * (_LEAN + _MARGIN)
    return _Step(level, wrap(level.name, room, TEXT, bold=True), wrap(level.figure, room, TEXT), width)


def _link(step: _Step, foot: float, shade: float) -> Markup:
    top, left, right = foot - step.height, (WIDTH - step.width) / 2, (WIDTH + step.width) / 2
    corners = [(left + _LEAN, top), (right - _LEAN, top), (right, foot), (left, foot)]
    shape = " ".join(f"{x:.2f},{y:.2f}" for x, y in corners)
    return tag(
        "a",
        tag("polygon", points=shape, fill=BLUE, class_="pyramid-band"),
        tag("polygon", points=shape, fill="#000000", fill_opacity=shade, class_="pyramid-shade"),
        _words(step, top + _PADDING),
        href=step.level.href,
        aria_label=f"{step.level.name}: {step.level.figure}",
        class_="pyramid-link",
    )


def _words(step: _Step, top: float) -> Markup:
    name = {"font_weight": "bold", "text_decoration": "underline"}
    lines = [(line, name) for line in step.name] + [(line, {}) for line in step.figure]
    first = top + TEXT * 0.95
    spans = [tag("tspan", line, x=WIDTH / 2, y=first + at * LINE, **how) for at, (line, how) in enumerate(lines)]
    return tag("text", *spans, text_anchor="middle", fill="#ffffff", class_="pyramid-words")
