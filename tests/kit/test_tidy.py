"""What is pasted from other programs loses what nobody sees, and nothing that anybody reads."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyramid_app.base.web.forms import clean
from pyramid_app.kit.texts.tidy import tidy, without_unseen


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("a\u00a0b\u2003c\td", "a b c d"),
        ("we\u200b lis\u00adten\ufeff", "we listen"),
        ("pay \u202e001\u202c now", "pay 001 now"),
        ("\u2066left\u2069 \u200eright\u200f", "left right"),
        ("cafe\u0301", "caf\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\n \n\n\n  two  ", "one\n\ntwo"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("half \ud83d a sign", "half a sign"),
        ("", ""),
        ("\u200b\u2060 \n", ""),
    ],
)
def test_what_nobody_sees_goes(pasted, meant):
    assert tidy(pasted) == meant


@pytest.mark.parametrize("word", ["می‌خواهم", "ක්‍ය", "র‍্য", "क्‍ष", "ന്‍", "नमस्ते", "سلام \u200fABC", "Việt Nam", "ትግርኛ"])
def test_joiners_and_marks_stay_where_they_are_spelling(word):
    assert tidy(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize("word", ["a\u200db", "\u200cالف", "الف\u200c", "\u0627\u200ca"])
def test_joiners_go_where_they_hide(word):
    assert "\u200c" not in tidy(word)
    assert "\u200d" not in tidy(word)


@settings(deadline=None)
@given(st.text(st.characters() | st.sampled_from(" \n\t\u200b\u200c\u200d\u200f\u202e\u0301\u0627\u094d\u0915")))
def test_it_is_done_once_and_can_be_stored(text):
    once = tidy(text)
    assert tidy(once) == once
    assert without_unseen(once) == once
    once.encode()
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in once if sign != "\n")


def test_without_unseen_leaves_the_indent_that_markdown_reads():
    assert without_unseen("- a\r\n\t- b") == "- a\n    - b"


@pytest.mark.parametrize(
    "unseen", ["\u200b\u200b", "\u2800", "\u3164", "\u202e", "\ue000", "\U000f0000", "\u0378", "\u061c", "\ufdd0", "\0"]
)
def test_signs_that_nobody_sees_are_no_text(unseen):
    assert clean(unseen) == ""
    assert clean(f"Amina{unseen}") == "Amina"


@pytest.mark.parametrize("whole", ["می‌خواهم", "क्‍ष", "👩‍👧", "🏳️‍🌈", "❤️", "☎️ 020", "שלום", "\u0600١", "é", "a\n\nb"])
def test_signs_that_a_script_or_a_picture_needs_stay(whole):
    assert clean(whole) == whole
