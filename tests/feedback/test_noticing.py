"""The second net: it finds who somebody is, and leaves ordinary sentences alone."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.noticing import Kind, clear, find_who, may_be_urgent, notice, pieces

QUIET = [
    "The bus is late on Monday.",
    "Happy with the Local Offer.",
    "The EHCP and the SENCO were fine. CAMHS was not.",
    "In September nobody rang. In May they did.",
    "The School was good. Our Primary School is great, but Special School places are few.",
    "Any Islington school does this better, said an Islington school too.",
    "Sometimes Parents wait. Others Do Not. Why?",
    "My child needs help. The bus does not come.",
    "My son\nThe bus is late.",
    "My daughter I think is happy at school on Tuesday.",
    "He is 7 and goes at 8.30. Year 9 starts in 2027, for the 2026-27 year.",
    "It costs £100000 and 1 2 3 4 5 6 7 of us pay.",
    "The meeting on 12/03/2027 was good, and the one on 3 March 2027 too.",
    "The bus on Holloway Road is late.",
    "Thank you. The team was kind.",
    "Thanks\nThe bus is better now",
    "We like Makaton, British Sign Language and Makaton Mondays.",
    "Transport to College is a worry. High School was easier.",
    "His Teacher is kind. Her Head listens. The Driver Is Late.",
    "No Sixth Form takes him. Which Nursery would?",
    "Our Parent Charter says so. The Council agreed.",
    "I am British and Somali. We are Muslim.",
]


@pytest.mark.parametrize("said", QUIET)
def test_ordinary_sentences_stay_unmarked(said):
    found = notice(said)
    assert not found, [said[span.start : span.end] for span in found.all]
    assert clear(said) == said


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        ("My son Adam is happy. Adam goes by bus.", "My son [name] is happy. [name] goes by bus."),
        ("my daughter, Leila, waits", "my daughter, [name], waits"),
        ("Our twins are called Adam and Leila Yusuf.", "Our twins are called [name] and [name]."),
        ("My child is called Zoë-Mae.", "My child is called [name]."),
        ("her name is Amina", "her name is [name]"),
        ("his teacher Anna left", "his teacher [name] left"),
        ("Mrs Smith and Mr. O'Brien rang Dr McDonald", "[name] and [name] rang [name]"),
        ("Mr and Mrs Khan came. Khan again.", "[name] came. [name] again."),
        ("The bus is late.\n\nKind regards\nAmina Yusuf", "The bus is late.\n\nKind regards\n[name]"),
        ("He goes to Ashmount Primary School.", "He goes to [school]."),
        ("Central Foundation Boys' School and The Bridge School", "[school] and [school]"),
        ("He was at St Mary's before", "He was at [school] before"),
        ("She is at Ambler Primary now", "She is at [school] now"),
        ("Write to amina@example.org please", "Write to [address] please"),
        ("We live at Flat 3, 12 Elthorne Road, N19 4AB", "We live at [address], [address]"),
        ("postcode n19 4ab", "postcode [address]"),
        ("Ring 07700 900123 or +44 7700 900 123 or (020) 7946-0000", "Ring [number] or [number] or [number]"),
        ("NHS number 943 476 5919, NI QQ 12 34 56 C", "NHS number [number], NI [number]"),
        ("born 3 March 2015, DOB: 12/03/2015, born in 2015", "born [date], DOB: [date], born in [date]"),
    ],
)
def test_what_tells_who_somebody_is_goes(said, cleared):
    assert clear(said) == cleared


@pytest.mark.parametrize(
    "said",
    [
        "My son's plan was refused.",
        "my daughter's EHCP is late",
        "His EHC plan was turned down again.",
        "We are going to tribunal.",
        "He has been permanently excluded.",
        "They refused to assess her.",
        "We want to appeal.",
    ],
)
def test_signs_that_it_is_about_one_child(said):
    assert notice(said).one_child


@pytest.mark.parametrize(
    "said",
    [
        "She wants to die.",
        "He hurts himself every night.",
        "I think there is self-harm.",
        "self harm again",
        "The escort hits him.",
        "He does not want to live.",
        "There is abuse at home.",
        "It is not safe for her there.",
        "I have to appeal by Friday.",
        "The deadline for the tribunal is tomorrow.",
        "Tomorrow is the last day.",
        "Safeguarding was never told.",
    ],
)
def test_what_may_be_urgent(said):
    assert may_be_urgent(said)
    assert notice(said).urgent


@pytest.mark.parametrize(
    "said",
    [
        "The bus is late and I am tired of it.",
        "Appeals take a year.",
        "We heard today that the bus has changed.",
        "The car park is full on Friday. The hall is cold.",
        "He cut his hair.",
        "I want to live near the school.",
    ],
)
def test_what_is_not_urgent(said):
    assert not may_be_urgent(said)


WORDS = st.sampled_from(
    ["my son", "Adam", "Mrs", "Smith", "is called", "School", "Primary", "St", "N19 4AB", "07700 900123", "a@b.org",
     "born", "3 March 2015", "Monday", "the", "bus", ",", ".", "\n", "and", "Kind regards\n", "12", "Road", "self-harm",
     "my son's plan", "today", "appeal", "é", "اسم"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=25).map(" ".join))


@given(TEXTS)
def test_cleared_words_hold_nothing_that_was_found_and_all_else_untouched(said):
    spans = find_who(said)
    cleared = clear(said)
    left = re.sub(r"\[(?:name|school|address|number|date)\]", "\0", cleared)
    for span in spans:
        whole = re.escape(said[span.start : span.end])
        if span.kind is Kind.NAME:
            assert not re.search(rf"(?<!\w){whole}(?!\w)", left)
    kept = [text for text, found in pieces(said, spans) if not found]
    assert "".join(text if not found else f"[{found.kind}]" for text, found in pieces(said, spans)) == cleared
    assert all(text in cleared for text in kept)


@given(TEXTS)
def test_marked_pieces_are_the_words_and_never_overlap(said):
    found = notice(said)
    assert "".join(text for text, _ in pieces(said, found.all)) == said
    assert all(before.end <= after.start for before, after in zip(found.all, found.all[1:], strict=False))


@pytest.mark.parametrize("nasty", ["Aa ", "my son Aa, ", "St St ", "0", "a@", "appeal ", "Flat 1 ", "Aa-Aa", "he is "])
def test_no_text_makes_it_slow(nasty):
    began = time.process_time()
    notice((nasty * 20_000)[:20_000])
    assert time.process_time() - began < 3
