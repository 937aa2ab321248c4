"""A list as a file: whatever its encoding, each row is taken, left out for a reason, or said to be here already."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pyramid_app.feedback.intake.lists import COLUMNS, LIST_AT_MOST, read_row, read_table, read_text, same_words
from pyramid_app.feedback.intake.rules import Occasion
from pyramid_app.feedback.rules import About, Channel, Naming, Speaker
from pyramid_app.kit.say import Say

TODAY = date(2027, 3, 1)
WORDS = "The café – it’s closed; “really”, 5 €."


def table(text, encoding="utf-8"):
    return read_table(text.encode(encoding))


def row(header, *cells, **more):
    facts = {
        "today": TODAY,
        "characters": 5000,
        "consent": "ticked a box",
        "reach": lambda typed: typed if "@" in typed else None,
    }
    return read_row(header, cells, **{**facts, **more})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_any_usual_encoding_and_delimiter_is_read(encoding, delimiter, newline):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows([["Words", "Channel"], [WORDS, "phone"]])
    found = table(out.getvalue(), encoding)
    assert found.header == ("words", "channel")
    assert [one.cells for one in found.rows] == [(WORDS, "phone")]


def test_a_file_of_two_encodings_is_read_line_by_line():
    data = "words\nCafé one\n".encode() + "Café two\n".encode("cp1252") + b"Odd \x81\n"
    assert [one.cells[0] for one in read_table(data).rows] == ["Café one", "Café two", "Odd"]


def test_lines_are_counted_as_an_editor_counts_them():
    found = table('words,channel\n"one\ntwo",phone\n\n,\nthree,phone,more\n')
    assert [(one.line, one.problem is None) for one in found.rows] == [(2, True), (6, False)]
    assert found.rows[1].problem.facts == {"n": 3, "width": 2}


def test_a_missing_quotation_mark_does_not_swallow_the_list_in_silence():
    found = table('words\n"one\n' + "a row\n" * 100)
    (swallowed,) = found.rows
    assert "A quotation mark may be missing." in swallowed.problem.message
    huge = table('words\n"' + "x" * 200_000)
    assert "A quotation mark is missing here." in huge.rows[0].problem.message


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "one of them must be: words."),
        ("text\nThe bus", "one of them must be: words."),
        ("words\n", "nothing in this list but its first row"),
        ("words,words\na,b", "Two columns have the same name."),
        ("words\n" + "a\n" * 20_001, "too long"),
        ("x" * (LIST_AT_MOST + 1), "too large"),
    ],
)
def test_a_list_that_can_not_be_read_says_why(text, sentence):
    found = table(text)
    assert isinstance(found, Say)
    assert sentence in found.message


def test_a_row_with_all_columns():
    read = row(
        COLUMNS,
        "The bus",
        "E-mail",
        "27/2/2027",
        "Soomaali",
        "Young person",
        "Hodan",
        "h@example.org",
        "Yes",
        "y",
        "system",
    )
    assert read.occasion == Occasion(Channel.EMAIL, "ticked a box", date(2027, 2, 27))
    entry = read.entry
    assert (entry.language, entry.speaker, entry.about) == ("so", Speaker.YOUNG_PERSON, About.SYSTEM)
    assert (entry.may_quote, entry.is_told, entry.naming) == (True, True, Naming.KNOWN_TO_US)


def test_a_row_with_words_alone_is_unnamed_untold_and_unquoted():
    read = row(["words"], "The bus")
    assert (read.entry.may_quote, read.entry.tell, read.entry.naming) == (False, False, Naming.UNNAMED)
    assert read.occasion.channel is Channel.LIST


@pytest.mark.parametrize("words", ["=1+1", "+44", "@SUM(A1)", "-2", '=HYPERLINK("http://x")', "\t=1"])
def test_a_formula_is_just_words(words):
    assert row(["words"], words).entry.words == words


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"words": ""}, "There are no words in this row."),
        ({"words": "x" * 5001}, "Please make this shorter"),
        ({"channel": "pigeon"}, "We don't know what"),
        ({"channel": "web"}, "We don't know what"),
        ({"speaker": "king"}, "We don't know what"),
        ({"language": "klingon"}, "We don't know what"),
        ({"about": "cats"}, "We don't know what"),
        ({"may_quote": "perhaps"}, "We don't know what"),
        ({"tell": "perhaps"}, "We don't know what"),
        ({"said_on": "31/2/2027"}, "is no day that has been"),
        ({"said_on": "2/3/2027"}, "is no day that has been"),
        ({"said_on": "yesterday"}, "is no day that has been"),
        ({"address": "nonsense"}, "We can't read the address"),
    ],
)
def test_a_broken_row_says_what_is_wrong(cells, sentence):
    read = row(["words", *cells], cells.get("words", "The bus"), *[cell for name, cell in cells.items()]) if (
        "words" not in cells
    ) else row(["words"], cells["words"])  # fmt: skip
    assert read.entry is None
    assert sentence in read.problem.message


def test_the_same_words_are_the_same_however_they_are_written():
    assert same_words("The  BUS is late!") == same_words("the bus is late.")
    assert same_words("কি") != same_words("কে"), "signs that carry meaning stay"
    assert same_words("???") != same_words("!!!")


CELLS = st.text("ab é=+\"',;\t\n", max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8)


@given(st.binary(max_size=600))
@example(b"words\n\x81\x8d\x00")
@example(b"\xff\xfew")
@example(b'words\n"""\n')
def test_no_bytes_break_it(data):
    read_text(data)
    found = read_table(b"words,channel\n" + data)
    if not isinstance(found, Say):
        for one in found.rows:
            assert one.problem or row(found.header, *one.cells)


@given(ROWS, st.sampled_from(",;\t"))
def test_every_row_of_a_well_made_file_is_read_as_it_was_written(rows, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["words", "a", "b", "c"], *rows])
    found = table(out.getvalue())
    plain = [tuple(cell.replace("\t", "    ").strip() for cell in one) for one in rows]
    written = [one for one in plain if any(one)]
    assert [one.cells for one in getattr(found, "rows", ())] == written
    assert isinstance(found, Say) is not bool(written)
