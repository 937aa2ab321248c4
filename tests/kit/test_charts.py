"""Charts are well-formed, escaped, proportional, and fit a phone whatever the words are."""

import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pyramid_app.kit.charts import Level, bars, pyramid
from pyramid_app.kit.charts.svg import TEXT, WIDTH
from pyramid_app.kit.charts.words import measure, wrap

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"\'><script>alert(1)</script><style>*{}</style>&amp;</text></svg>\x00\x0b\ud800 onload="x"'
LEVELS = [
    Level("Just tell me", "1,240 people", "/join"),
    Level("Parent Parliament", "412 parents", "/join/parliament"),
    Level("Consultative group", "36 parents", "/join/group?a=1&b=2"),
    Level("Co-production Group", "fewer than 5", "/reps"),
]

texts = st.text(max_size=200)
rows = st.lists(st.tuples(texts, st.integers(0, 5_000)), max_size=12)
levels = st.lists(st.builds(Level, texts, texts, texts), min_size=3, max_size=5)


def read(svg: str) -> ElementTree.Element:
    svg.encode("utf-8")
    return ElementTree.fromstring(svg)  # noqa: S314  our own text, and that it can be read is the test


def a_chart(lines: list[tuple[str, int]], title: str = "What matters?", ident: str = "q1") -> str:
    return bars(lines, title=title, unit="families", ident=ident)


def a_pyramid(levels: list[Level], title: str = "Our pyramid", ident: str = "home") -> str:
    return pyramid(levels, title=title, description="Who takes part, and how.", ident=ident)


def found(root: ElementTree.Element, name: str, class_: str = "") -> list[ElementTree.Element]:
    return [each for each in root.iter(SVG + name) if not class_ or each.get("class") == class_]


def said(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def check_it_is_safe_and_named(svg: str, ident: str) -> ElementTree.Element:
    root = read(svg)
    used = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert used <= {"svg", "title", "desc", "g", "a", "text", "tspan", "rect", "polygon"}
    names = {name for each in root.iter() for name in each.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert ids == [f"{ident}-title", f"{ident}-desc"]
    assert [root.get("aria-labelledby"), root.get("aria-describedby")] == ids
    assert root.get("width") == "100%"
    assert re.fullmatch(rf"0 0 {WIDTH} [\d.]+", root.attrib["viewBox"])
    return root


@given(rows, texts)
@example([(HOSTILE, 7)], HOSTILE)
@example([], "")
def test_bars_hold_any_words(lines: list[tuple[str, int]], title: str) -> None:
    root = check_it_is_safe_and_named(a_chart(lines, title), "q1")
    assert root.get("role") == "img"
    assert len(found(root, "rect", "chart-bar")) == len(lines)


@given(levels, texts)
@example([Level(HOSTILE, HOSTILE, HOSTILE)] * 4, HOSTILE)
def test_the_pyramid_holds_any_words(levels: list[Level], title: str) -> None:
    root = check_it_is_safe_and_named(a_pyramid(levels, title), "home")
    assert len(found(root, "a")) == len(levels)


@pytest.mark.parametrize(
    "draw", [lambda word: a_chart([(word, 7)], word), lambda word: a_pyramid([Level(word, word, word)] * 3, word)]
)
def test_hostile_words_are_shown_not_obeyed(draw: Callable[[str], str]) -> None:
    svg = draw("<b>&</b> \"a' onclick=x")
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in svg
    assert "<b>" not in svg
    assert "<b>&</b>" in said(read(svg))


def test_every_chart_on_a_page_has_its_own_ids() -> None:
    page = a_chart([("Yes", 7)], ident="q1") + a_chart([("Yes", 7)], ident="q2") + a_pyramid(LEVELS)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 6


def test_bars_say_every_label_number_and_the_unit() -> None:
    root = read(a_chart([("Buses", 84), ("Not sure", 9)]))
    assert said(found(root, "title")[0]) == "What matters?"
    assert said(found(root, "desc")[0]) == "Buses: 84 families; Not sure: 9 families"
    assert [said(each) for each in found(root, "text", "chart-label")] == ["Buses", "Not sure"]
    assert [said(each) for each in found(root, "text", "chart-number")] == ["84 families", "9"]


def test_a_long_unit_stands_above_the_bars() -> None:
    unit = "people who have been waiting for longer than they were promised"
    root = read(bars([("Yes", 9)], title="t", unit=unit, ident="q"))
    assert " ".join(said(each) for each in found(root, "tspan")) == f"{' '.join(wrap(unit, WIDTH, TEXT))} Yes 9"


def test_what_stands_at_a_bar_can_say_less_than_its_number() -> None:
    says = ["5 or more", "fewer than 5"]
    root = read(bars([("May", 5), ("June", 0)], title="t", unit="messages", ident="q", says=says))
    assert said(found(root, "desc")[0]) == "May: 5 or more messages; June: fewer than 5 messages"
    assert [said(each) for each in found(root, "text", "chart-number")] == ["5 or more messages", "fewer than 5"]


@given(st.lists(st.tuples(texts, st.integers(0, 100_000)), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_numbers_and_leave_room_for_them(lines: list[tuple[str, int]]) -> None:
    root = read(a_chart(lines))
    lengths = [float(bar.attrib["width"]) for bar in found(root, "rect", "chart-bar")]
    most = max(number for _, number in lines)
    for (_, number), length in zip(lines, lengths, strict=True):
        assert abs(length * most - max(lengths) * number) <= 0.02 * max(most, 1)
    assert (max(lengths) > WIDTH / 3) is (most > 0)
    for text, length in zip(found(root, "text", "chart-number"), lengths, strict=True):
        assert float(text.attrib["x"]) >= length
        assert float(text.attrib["x"]) + measure(said(text), TEXT) <= WIDTH + 1


@given(rows.filter(len))
@example([("A label of many words " * 9, 7), ("Not sure", 0)])
def test_nothing_in_a_chart_overlaps_or_leaves_the_picture(lines: list[tuple[str, int]]) -> None:
    root = read(a_chart(lines))
    height = float(root.attrib["viewBox"].split()[-1])
    edges = [0.0]
    for row in found(root, "g"):
        baselines = [float(each.attrib["y"]) for text in found(row, "text", "chart-label") for each in text]
        bar = found(row, "rect")[0]
        top = float(bar.attrib["y"])
        edges += [*(y - TEXT * 0.2 for y in baselines), top, top + float(bar.attrib["height"])]
    assert edges == sorted(edges)
    assert abs(edges[-1] - height) < 0.02


@given(texts, st.floats(40, 320), st.booleans())
@example("W" * 200, 40, True)
@example("Co-production " * 9, 110, True)
@example("\u0995\u09cd\u09b7\u09bf" * 40, 60, False)
def test_wrapped_words_fit_and_none_is_lost(words: str, width: float, bold: bool) -> None:
    lines = wrap(words, width, TEXT, bold)
    assert all(measure(line, TEXT, bold) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_words_break_where_a_reader_would() -> None:
    assert wrap("Buses that come on time", 120, TEXT) == ["Buses that", "come on time"]
    assert wrap("Co-production Group", 130, TEXT, bold=True) == ["Co-production", "Group"]
    assert wrap("Kooxda wada-soo-saarka", 130, TEXT, bold=True) == ["Kooxda wada-", "soo-saarka"]
    assert wrap("", 100, TEXT) == []


def corners(svg: ElementTree.Element) -> list[list[tuple[float, float]]]:
    bands = found(svg, "polygon", "pyramid-band")
    return [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in band.attrib["points"].split())] for band in bands
    ]


@pytest.mark.parametrize("count", [3, 4, 5])
def test_the_base_comes_first_is_the_widest_and_stands_at_the_bottom(count: int) -> None:
    svg = read(a_pyramid([*LEVELS, Level("Chair", "1 parent", "/chair")][:count]))
    shapes = corners(svg)
    assert shapes[0][2] == (WIDTH, float(svg.attrib["viewBox"].split()[-1]))
    assert min(y for _, y in shapes[-1]) == 0
    assert all(a + b == c + d == WIDTH for (a, _), (b, _), (c, _), (d, _) in shapes)
    assert all(d < a < b < c for (a, _), (b, _), (c, _), (d, _) in shapes[1:])
    for lower, upper in pairwise(shapes):
        assert max(y for _, y in upper) < min(y for _, y in lower)
        assert upper[2][0] < lower[1][0]  # the foot of a step stands on the top of the one below


def test_every_band_is_a_link_with_its_name_and_figure() -> None:
    root = read(a_pyramid(LEVELS))
    links = found(root, "a")
    assert [link.attrib["href"] for link in links] == [level.href for level in LEVELS]
    assert [link.attrib["aria-label"] for link in links] == [f"{each.name}: {each.figure}" for each in LEVELS]
    for link, level in zip(links, LEVELS, strict=True):
        assert " ".join(said(each) for each in found(link, "tspan")) == f"{level.name} {level.figure}"
    # An image hides what is in it from those who cannot see it: links live in a group, as a list.
    assert root.get("role") == "group"
    assert [each.get("role") for each in found(root, "g")] == ["list"] + ["listitem"] * 4


@given(levels)
@example(LEVELS)
def test_words_stay_inside_their_step(levels: list[Level]) -> None:
    root = read(a_pyramid(levels))
    for link, shape in zip(found(root, "a"), corners(root), strict=True):
        (left, top), (right, _), (_, bottom), _ = shape
        for line in found(link, "tspan"):
            bold = line.get("font-weight") == "bold"
            assert measure("".join(line.itertext()), TEXT, bold) <= right - left
            assert top + TEXT * 0.7 < float(line.attrib["y"]) < bottom - TEXT * 0.2


def test_words_are_large_and_stand_out_on_a_phone() -> None:
    for svg in (a_chart([("Yes", 7)]), a_pyramid(LEVELS)):
        assert float(read(svg).attrib["font-size"]) >= 14
    bands = found(read(a_pyramid(LEVELS)), "polygon", "pyramid-band")
    words = found(read(a_pyramid(LEVELS)), "text", "pyramid-words")
    assert all(contrast(band.attrib["fill"], text.attrib["fill"]) >= 4.5 for band in bands for text in words)
    bar = found(read(a_chart([("Yes", 7)])), "rect")[0]
    assert contrast(bar.attrib["fill"], "#ffffff") >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours such as ``#1d70b8``."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("count", [0, 2, 6])
def test_a_pyramid_has_three_to_five_levels(count: int) -> None:
    with pytest.raises(ValueError, match="3 to 5"):
        a_pyramid([LEVELS[0]] * count)
