"""From what was said to what came of it: layers from top to bottom, joined by a line with an arrow between them.

Top to bottom and not left to right: on a phone there is room for words only that way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pyramid_app.kit.charts.svg import BLUE, LINE, TEXT, WIDTH, picture, tag
from pyramid_app.kit.charts.words import wrap

_SPINE = 12  # where the line stands
_LEFT = 32  # where boxes begin
_PADDING = 10  # inside a box
_GAP = 8  # between boxes
_BETWEEN = 26  # between layers, with the arrow in it
_ROUND = 6


@dataclass(frozen=True)
class Box:
    """One thing on the way; ``href`` is where it leads, or empty."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Layer:
    """A stage of the way under its name: what was said, what it is about, what came of it."""

    name: str
    boxes: Sequence[Box]


def flow(layers: Sequence[Layer], *, title: str, description: str, ident: str) -> Markup:
    """At least one layer; a layer without boxes shows its name alone. ``ident`` begins every id."""
    drawn: list[Markup] = []
    y = 0.0
    for at, layer in enumerate(layers):
        if at:
            drawn.append(_arrow(y - _BETWEEN, y))
        piece, bottom = _layer(layer, y)
        drawn.append(piece)
        y = bottom + _BETWEEN
    listed = tag("g", *drawn, role="list")
    return picture(max(y - _BETWEEN, 1), listed, title=title, desc=description, ident=ident, kind="flow", role="group")


def _layer(layer: Layer, y: float) -> tuple[Markup, float]:
    """The layer from ``y`` down, and where it ends."""
    names = wrap(layer.name, WIDTH - _LEFT, TEXT, bold=True)
    parts = [
        tag("circle", cx=_SPINE, cy=y + TEXT * 0.7, r=7, fill=BLUE, class_="flow-dot"),
        _words(names, y, font_weight="bold"),
    ]
    y += len(names) * LINE + _GAP
    top = y
    for box in layer.boxes:
        piece, height = _box(box, y)
        parts.append(piece)
        y += height + _GAP
    bottom = max(y - _GAP, top - _GAP)
    line = tag("line", x1=_SPINE, y1=top - LINE, x2=_SPINE, y2=bottom, stroke=BLUE, stroke_width=3, class_="flow-line")
    return tag("g", line, *parts, role="listitem"), bottom


def _box(box: Box, y: float) -> tuple[Markup, float]:
    lines = wrap(box.words, WIDTH - _LEFT - 2 * _PADDING, TEXT)
    height = len(lines) * LINE + 2 * _PADDING
    shape = tag(
        "rect", x=_LEFT, y=y, width=WIDTH - _LEFT - 1, height=height, rx=_ROUND, fill="none", stroke="currentColor",
        class_="flow-box",
    )  # fmt: skip
    how = {"text_decoration": "underline"} if box.href else {}
    words = _words(lines, y + _PADDING, x=_LEFT + _PADDING, **how)
    if not box.href:
        return tag("g", shape, words), height
    return tag("a", shape, words, href=box.href, aria_label=box.words, class_="flow-link"), height


def _words(lines: Sequence[str], y: float, *, x: float = _LEFT, **how: str) -> Markup:
    spans = [tag("tspan", line, x=x, y=y + at * LINE + TEXT * 0.95) for at, line in enumerate(lines)]
    return tag("text", *spans, fill="currentColor", class_="flow-words", **how) if spans else Markup()


def _arrow(top: float, bottom: float) -> Markup:
    tip = bottom - 3
    line = tag("line", x1=_SPINE, y1=top, x2=_SPINE, y2=tip - 6, stroke=BLUE, stroke_width=3, class_="flow-line")
    head = f"{_SPINE - 6},{tip - 9} {_SPINE + 6},{tip - 9} {_SPINE},{tip}"
    return tag("g", line, tag("polygon", points=head, fill=BLUE, class_="flow-dot"))
