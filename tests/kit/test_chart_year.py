"""The strip of a year: well-formed, escaped, true to its days, and inside the picture."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pyramid_app.kit.charts.svg import WIDTH
from pyramid_app.kit.charts.year import Lane, Span, year

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"\'><script>alert(1)</script>&amp;</text></svg>\x00\ud800 onload="x"'
MONTHS = [(date(2027 + at // 12, at % 12 + 1, 1), letter) for at, letter in enumerate("MAMJJASONDJF", start=2)]
UNTIL = date(2028, 3, 1)
DAYS = 366

texts = st.text(max_size=60)
days = st.dates(date(2026, 6, 1), date(2028, 12, 31))
spans = st.builds(
    lambda first, length, words: Span(first, first + timedelta(days=length), words), days, st.integers(0, 400), texts
)
lanes = st.lists(st.builds(Lane, texts, st.lists(spans, max_size=8)), max_size=5)


def drawn(lanes, title="The year", ident="year"):
    svg = year(MONTHS, lanes, until=UNTIL, title=title, ident=ident)
    svg.encode("utf-8")
    return ElementTree.fromstring(svg)  # noqa: S314  our own text, and that it can be read is the test


def marks(root):
    return [each for each in root.iter(SVG + "rect") if each.get("class") == "year-mark"]


def place(mark):
    return [float(mark.attrib[name]) for name in ("x", "y", "width", "height")]


def one_day(words="Eid", on=date(2027, 3, 10)):
    return Span(on, on, words)


@given(lanes, texts)
@example([Lane(HOSTILE, [Span(date(2027, 4, 1), date(2027, 4, 2), HOSTILE)])], HOSTILE)
@example([], "")
def test_it_holds_any_words_and_days(lanes, title):
    root = drawn(lanes, title)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "text",
        "tspan",
        "rect",
    }
    names = {name for each in root.iter() for name in each.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert ids == ["year-title", "year-desc"]
    assert [root.get("aria-labelledby"), root.get("aria-describedby"), root.get("role")] == [*ids, "img"]
    assert re.fullmatch(rf"0 0 {WIDTH} [\d.]+", root.attrib["viewBox"])
    shown = [s for lane in lanes for s in lane.spans if s.last >= MONTHS[0][0] and s.first < UNTIL]
    assert len(marks(root)) == len(shown)


@given(lanes)
def test_every_mark_is_inside_and_none_covers_another(lanes):
    root = drawn(lanes)
    height = float(root.attrib["viewBox"].split()[-1])
    boxes = [place(mark) for mark in marks(root)]
    for x, y, wide, high in boxes:
        assert x >= 0
        assert x + wide <= WIDTH + 0.02
        assert y + high <= height + 0.02
    for at, (x, y, wide, high) in enumerate(boxes):
        for other_x, other_y, other_wide, _ in boxes[at + 1 :]:
            apart = x + wide <= other_x + 0.03 or other_x + other_wide <= x + 0.03 or abs(y - other_y) >= high
            assert apart


def test_a_mark_is_as_long_as_its_days_and_stands_at_them():
    term = Span(date(2027, 4, 12), date(2027, 5, 21), "Summer term")
    x, _, wide, _ = place(marks(drawn([Lane("Terms", [term])]))[0])
    assert x == pytest.approx(42 / DAYS * WIDTH, abs=0.01)
    assert wide == pytest.approx(40 / DAYS * WIDTH, abs=0.01)


def test_a_single_day_can_be_seen_even_on_the_last_day():
    root = drawn([Lane("Days", [one_day(), one_day(on=UNTIL - timedelta(days=1))])])
    assert [place(mark)[2] for mark in marks(root)] == [5, 5]
    assert place(marks(root)[1])[0] == WIDTH - 5


def test_what_goes_beyond_the_year_is_cut_and_what_is_outside_left_out():
    long = Span(date(2026, 1, 1), date(2029, 1, 1), "Long")
    out = [one_day(on=date(2027, 2, 28)), one_day(on=UNTIL)]
    assert [place(mark)[::2] for mark in marks(drawn([Lane("All", [long, *out])]))] == [[0, WIDTH]]


def test_two_things_at_once_stand_under_each_other():
    root = drawn([Lane("Questions", [one_day("One"), one_day("Two")])])
    first, second = (place(mark) for mark in marks(root))
    assert first[0] == second[0]
    assert second[1] >= first[1] + first[3]


def test_it_is_read_aloud_lane_by_lane_and_pointing_at_a_mark_says_what_it_is():
    root = drawn([Lane("Terms", [one_day("Spring")]), Lane("Questions", [])])
    desc = root.find(f"{SVG}desc")
    assert desc is not None
    assert desc.text == "Terms: Spring; Questions: "
    assert [mark.findtext(f"{SVG}title") for mark in marks(root)] == ["Spring"]


def test_months_stand_above_at_their_days():
    letters = list(drawn([]).iter(SVG + "text"))
    assert "".join(each.text for each in letters) == "MAMJJASONDJF"
    assert float(letters[0].attrib["x"]) == 4
    assert float(letters[1].attrib["x"]) == pytest.approx(31 / DAYS * WIDTH + 4, abs=0.01)
    gaps = [float(b.attrib["x"]) - float(a.attrib["x"]) for a, b in pairwise(letters)]
    assert min(gaps) > 20  # a letter of 16 has room on the narrowest phone


def test_no_time_is_no_picture():
    with pytest.raises(ValueError, match="at least one month"):
        year([], [], until=UNTIL, title="t", ident="y")
    with pytest.raises(ValueError, match="at least one month"):
        year([(UNTIL, "M")], [], until=UNTIL, title="t", ident="y")
