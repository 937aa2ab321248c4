"""The way from what was said to what came of it: read in order, escaped, inside its frame."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.charts import Box, Layer, flow
from pyramid_app.kit.charts.svg import WIDTH

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\"'><script>alert(1)</script></text></svg>\x00"
WAY = [
    Layer("Families said", [Box("Messages about this: 12")]),
    Layer("It is about", [Box("Buses come on time", "/charter/commitments/9"), Box("Nobody waits alone", "/c/2")]),
    Layer("What happened", []),
]  # fmt: skip

texts = st.text(max_size=120)
layers = st.lists(st.builds(Layer, texts, st.lists(st.builds(Box, texts, texts), max_size=4)), min_size=1, max_size=5)


def drawn(way, ident="story"):
    svg = flow(way, title="The way", description="From top to bottom.", ident=ident)
    return ElementTree.fromstring(svg)  # noqa: S314  our own text, and that it can be read is the test


def words_of(root):
    return [" ".join(span.text or "" for span in text) for text in root.iter(f"{SVG}text")]


def test_it_reads_from_what_was_said_to_what_came_of_it():
    root = drawn(WAY)
    said = words_of(root)
    assert said.index("Families said") < said.index("It is about") < said.index("What happened")
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == ["/charter/commitments/9", "/c/2"]
    assert len(list(root.iter(f"{SVG}polygon"))) == len(WAY) - 1


def test_hostile_words_stay_words():
    root = drawn([Layer(HOSTILE, [Box(HOSTILE, HOSTILE)])])
    assert not [one for one in root.iter() if one.tag.endswith("script")]


@given(layers)
def test_every_box_is_inside_the_frame_and_below_the_one_before(way):
    root = drawn(way)
    _, _, width, height = (float(number) for number in root.get("viewBox").split())
    assert width == WIDTH
    below = 0.0
    for box in root.iter(f"{SVG}rect"):
        x, y, wide, high = (float(box.get(name)) for name in ("x", "y", "width", "height"))
        assert x + wide <= width
        assert below <= y + 0.01
        below = y + high
        assert below <= height + 0.01
