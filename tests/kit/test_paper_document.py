"""Pages of text can be read by a screen reader, and say exactly what was written, whatever that was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyramid_app.base.paths import folder
from pyramid_app.kit.paper import Document, Heading, Items, Numbered, Para, Quote, Table, document
from tests.support import pdf

FONTS = folder("static") / "vendor" / "fonts"
PARTS = (
    Heading("What families told us in 2026", 1),
    Para("We asked, and we listened."),
    Heading("School buses"),
    Quote("The bus comes at a new time each day.\nNobody tells us."),
    Items(("We can't do this now.", "We send a text when the bus is late.")),
    Table(("Reason", "Messages"), (("It says who somebody is", "7"), ("The same twice", "fewer than 5"))),
)


def made(parts=PARTS, **changes):
    facts = {"language": "en", "colour": "#3d3a8c", "area": "Sampleborough", "title": "A year", "parts": parts}
    return document(Document(**{**facts, **changes}), FONTS)


def test_it_says_everything_in_the_order_of_reading():
    said = pdf.text(made())
    places = [said.index(words) for words in (
        "What families told us in 2026", "We asked, and we listened.", "School buses", "The bus comes at a new time",
        "Nobody tells us.", "We can't do this now.", "Reason", "The same twice",
    )]  # fmt: skip
    assert places == sorted(places)


def test_a_screen_reader_meets_headings_quotes_lists_and_a_table_with_its_header():
    kinds = [kind for kind, _ in pdf.tags(made())]
    assert [kind for kind in kinds if kind in {"/H1", "/H2", "/BlockQuote", "/L", "/Table"}] == [
        "/H1", "/H2", "/BlockQuote", "/L", "/Table",
    ]  # fmt: skip
    assert kinds.count("/TH") == 2
    assert kinds.count("/TD") == 4


def test_a_numbered_block_is_read_with_its_number_first_and_stays_on_one_page():
    blocks = [Numbered(str(n), f"Promise {n} of ours", ("Made by: us", "By when: May")) for n in range(60)]
    made_of = made((Heading("Promises", 1), *blocks))
    said = pdf.text(made_of)
    assert "7 Promise 7 of ours Made by: us By when: May 8 Promise 8 of ours" in said
    pages = [page.extract_text() for page in pdf.reader(made_of).pages]
    assert len(pages) > 1
    assert all(page.count("of ours") == page.count("Made by: us") == page.count("By when: May") for page in pages)


def test_many_pages_are_one_file_and_equal_facts_give_equal_bytes():
    long = (*PARTS, *(Para(f"Line {number}. " * 30) for number in range(60)))
    assert len(pdf.reader(made(long)).pages) >= 5
    assert made(long) == made(long)


@pytest.mark.parametrize(
    "words", ["#panic()[", "$x^2", "*bold*", "<b>&amp;</b>", "x" * 400, "مرحبا", "\u2603\U0001f68c", "a\x00b"]
)
def test_what_people_wrote_is_only_ever_text(words):
    assert made((Heading("Title", 1), Quote(words), Items((words,)), Table((words,), ((words,),)))).startswith(b"%PDF")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_words_can_be_set(words):
    assert made((Heading("Title", 1), Para(words))).startswith(b"%PDF")


def test_a_row_that_does_not_fit_its_table_is_refused():
    with pytest.raises(ValueError, match="as long as its header"):
        made((Heading("Title", 1), Table(("a", "b"), (("c",),))))
