"""Changes in sentences: whole words, nothing that only the eye meets, and never silent about a difference."""

from unicodedata import category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pyramid_app.kit.texts import sentence
from pyramid_app.kit.texts.changes import MOST, NOTHING, changes
from pyramid_app.kit.texts.redline import compare

ODD = [
    "\n\n",
    "\0",
    "\u200b",
    "\u200d",
    "\u202e",
    "\ufeff",
    "\ud83d",
    "<ins>",
    "{",
    "“",
    "שלום",
    "ক্ষ",
    "10.5",
    ", ",
    ". ",
]
TEXT = st.lists(st.one_of(st.sampled_from(["we ", "answer ", " ", "late", *ODD]), st.text(max_size=3))).map("".join)


def said(old, new):
    return [sentence(one) for one in changes(compare(old, new))]


LONG = "We write to every family that waits, " * 8
ONLY_LINES = ["We changed only how the lines are set."]
UNSEEN = ["We changed signs that nobody can see."]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We answer.", "We answer within 10 working days.", ["We added: “within 10 working days”"]),
        ("We answer within 10 days.", "We answer.", ["We took out: “within 10 days”"]),
        ("by Monday, in writing", "by Friday, in writing", ["We changed “Monday” to “Friday”"]),
        ("The bus is late.", "The bus, we hear, is late.", ["We added: “we hear”"]),
        ("We pay £10.50 a day.", "We pay £10.75 a day.", ["We changed “£10.50” to “£10.75”"]),
        ("We pay 1,000.", "We pay 1.000.", ["We changed “1,000” to “1.000”"]),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", ["We took out: “Two.”"]),
        ("", "New.", ["We added: “New.”"]),
        ("Gone.", "", ["We took out: “Gone.”"]),
        ("Same.", "Same.", ["Nothing changed."]),
        ("", "", ["Nothing changed."]),
        ("One two\nthree", "One\ntwo three", ONLY_LINES),
        ("", "\n", ONLY_LINES),
        (
            "By Monday we\nwrite.",
            "By Friday we write.",
            ["We changed “Monday” to “Friday”", "We also changed how the lines are set."],
        ),
        ("Late, again", "Late; again", ["We changed signs between words, such as commas."]),
        ("by Monday", "by Mon\u200bday", UNSEEN),
        ("by Monday", "by \u202eMonday", UNSEEN),
        ("by Monday", "by Monday \u200b", UNSEEN),
        ("by Monday", "by \u202eFriday", ["We changed “Monday” to “Friday”"]),
        ("by", "by <b>{noon}</b>", ["We added: “<b>{noon}</b>”"]),
        ("It is שלום.", "It is עולם.", ["We changed “\u2068שלום\u2069” to “\u2068עולם\u2069”"]),
        ("a small red car", "a large blue car", ["We changed “small red” to “large blue”"]),
        ("Yes.", f"Yes. {LONG}", [f"We added: “{'We write to every family that waits, ' * 4}We write to …”"]),
        ("", "x" * 200, [f"We added: “{'x' * MOST} …”"]),
    ],
)
def test_a_change_is_said_as_people_say_it(old, new, expected):
    assert said(old, new) == expected


def test_changes_are_said_in_the_order_of_the_text():
    old = "We call you on Monday. A bus comes at nine. We write to the school."
    new = "We call you on Friday. A bus comes. We write to the school in June."
    assert said(old, new) == ["We changed “Monday” to “Friday”", "We took out: “at nine”", "We added: “in June”"]


def test_two_long_words_that_begin_alike_are_not_said_to_be_changed_to_the_same():
    assert said("x" * 200, "x" * 201) == [f"We changed a long passage that begins: “{'x' * MOST} …”"]


@given(TEXT, TEXT)
@settings(deadline=None)
@example("“", "”")
@example("a.b", "a x.b")
def test_no_difference_is_silent_and_what_is_said_is_short_and_seen(old, new):
    found = changes(compare(old, new))
    assert (found == [NOTHING]) is (old == new)
    for one in found:
        for words in one.facts.values():
            quoted = words.strip("\u2068\u2069")
            assert quoted.strip() == quoted != ""
            assert len(quoted) <= MOST + 2
            assert not [sign for sign in quoted if category(sign) in {"Cc", "Cs"}]


WORDS = st.lists(st.sampled_from(["we", "answer", "every", "family", "by", "Monday", "or", "Friday"]), max_size=12).map(
    " ".join
)


@given(WORDS, WORDS)
@settings(deadline=None)
def test_every_word_that_went_or_came_is_said_in_order(old, new):
    found = changes(compare(old, new))
    for kind, in_change, alone in (("removed", "old", "took out"), ("added", "new", "added")):
        told = [
            one.facts.get(in_change) or (one.facts["words"] if alone in one.message else "")
            for one in found
            if one.facts
        ]
        assert " ".join(told).split() == [
            word for piece in compare(old, new) if piece.kind == kind for word in piece.text.split()
        ]
