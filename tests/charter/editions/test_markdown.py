"""A charter goes out as Markdown and comes back with the same words; what cannot be read is named by its line."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyramid_app.charter.editions.importing import check
from pyramid_app.charter.editions.markdown import LABELS, Named, read
from pyramid_app.charter.editions.writing import write
from pyramid_app.charter.rules import Says, Words
from pyramid_app.kit.texts.tidy import tidy

TODAY = date(2027, 3, 1)


@dataclass(frozen=True)
class Partner:
    slug: str
    name: str


@dataclass(frozen=True)
class Maker:
    slug: str
    name: str
    says: Says = Says.KEEPS
    condition: str = ""


@dataclass(frozen=True)
class Promise:
    words: Words
    makers: tuple[Maker, ...] = ()
    number: int = 1


@dataclass(frozen=True)
class Principle:
    name: str
    meaning: str


PARTNERS = (
    Partner("council", "The council"), Partner("nhs", "The NHS"), Partner("health", "Health, care & you: *all*"),
    Partner("schools", "Schools"),
)  # fmt: skip

SIGNS = st.sampled_from([*"ab 1.-+*_`#>[]()<&;:!~=|\\\n\"'", "&amp;", "<b>", "](x)", "\u202e", "\u200d", "\u0301", "א"])
TEXTS = st.one_of(
    st.lists(SIGNS, max_size=24).map("".join),
    st.text(max_size=30),
    st.sampled_from(
        [f"{label}: x" for label in LABELS] + ["[a]: http://b", "***", "1) one", "    code", "~~~", "a\n---"]
    ),
).map(tidy)
SOME = TEXTS.filter(bool)
LINES = TEXTS.map(lambda text: " ".join(text.split()))


@st.composite
def promises(draw, number):
    asks = draw(st.booleans())
    named = [] if asks else draw(st.lists(st.sampled_from(PARTNERS), min_size=1, max_size=3, unique=True))
    makers = []
    for one in named:
        says = draw(st.sampled_from(Says))
        condition = draw(TEXTS) if says in {Says.IF, Says.CANNOT} else ""
        makers.append(Maker(one.slug, one.name, says, condition))
    words = Words(
        1, draw(SOME), draw(TEXTS), draw(LINES), draw(LINES), draw(st.none() | st.dates()),
        tuple(sorted(maker.slug for maker in makers)), asks,
    )  # fmt: skip
    return Promise(words, tuple(makers), number)


@st.composite
def charters(draw):
    return [
        (Principle(draw(LINES.filter(bool)), draw(TEXTS)), [draw(promises(n)) for n in range(draw(st.integers(1, 3)))])
        for _ in range(draw(st.integers(1, 3)))
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES.filter(bool), TEXTS, charters())
def test_what_is_written_is_read_back_to_the_same_words(title, introduction, principles):
    found = read(write(title, introduction, principles))
    assert found.problems == ()
    assert found.introduction == introduction
    assert [(one.name, one.meaning) for one in found.principles] == [(one.name, one.meaning) for one, _ in principles]
    checked = check(found, PARTNERS, {}, TODAY)
    assert checked.unknown == ()
    for (_read, ready), (_principle, meant) in zip(checked.principles, principles, strict=True):
        assert [one.words(1) for one in ready] == [one.words for one in meant]
        assert [one.said for one in ready] == [
            {maker.slug: (maker.says, maker.condition) for maker in one.makers} for one in meant
        ]


SOURCE = """\
# Our charter

Parents wrote it.

## We listen

You know your **child** best.

- We answer within 10 working days.
  - How we will know: we count the days
  - Made by: The council, Schools
  - By when: from April
  - **Looked after by:** Head of SEND
  - Look at it again on: 2027-09-01
- We ask that you: tell us when
  something changes.

## We keep to time
1. Letters say when.
   Made by: nhs
   Cannot keep it: Schools: no staff
"""


def test_headings_are_principles_and_items_are_promises():
    found = read(SOURCE)
    assert found.problems == ()
    assert found.introduction == "Parents wrote it."
    listen, time = found.principles
    assert (listen.name, listen.meaning, listen.line) == ("We listen", "You know your child best.", 5)
    answer, ask = listen.promises
    assert answer.text == "We answer within 10 working days."
    assert (answer.how_we_know, answer.timescale, answer.owner_role) == (
        "we count the days", "from April", "Head of SEND",
    )  # fmt: skip
    assert answer.review_on == date(2027, 9, 1)
    assert answer.makers == (Named("The council"), Named("Schools"))
    assert (ask.text, ask.asks) == ("tell us when something changes.", True)
    assert time.promises[0].makers == (Named("nhs"), Named("Schools", Says.CANNOT, "no staff"))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("", 0),
        ("Only words.", 0),
        ("- A promise.\n\n# We listen\n- Another.\n", 1),
        ("# We listen\n\nNo list.\n", 1),
        ("# We listen\n- One.\n\nStray words.\n", 4),
        ("# We listen\n- One.\n  - What is this?\n", 3),
        ("# We listen\n- One.\n  - Look at it again on: in spring\n", 3),
        ("# We listen\n- One.\n  - Look at it again on: 2027-02-30\n", 3),
        ("# We listen\n- One.\n  - By when: May\n  - By when: June\n", 4),
        ("# We listen\n-\n- One.\n", 2),
        ("# We listen\n- One.\n\n```\ncode\n```\n", 4),
        ("# We listen\n- One.\n\n> A quote.\n", 4),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(source, line):
    assert [problem.line for problem in read(source).problems] == [line]


def test_html_links_and_entities_stay_words():
    found = read('# <b>We</b>\n- See [us](https://x.org) <script>alert(1)</script> &amp; <!-- "so" -->\n')
    assert found.principles[0].name == "<b>We</b>"
    assert found.principles[0].promises[0].text == 'See [us](https://x.org) <script>alert(1)</script> & <!-- "so" -->'


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("x" * 501, 2),
        ("One.\n  - How we will know: " + "x" * 501, 2),
        ("One.\n  - By when: " + "x" * 121, 2),
        ("One.\n  - Looked after by: " + "x" * 121, 2),
        ("One.\n  - Look at it again on: 2027-03-01", 2),
        ("One.\n  - Can keep it if: nhs: " + "x" * 501, 2),
        ("One.\n- one.", 3),
        ("We ask that you: tell us\n  - Made by: nhs", 2),
    ],
)
def test_what_does_not_fit_is_named_by_its_line(item, line):
    checked = check(read(f"# We listen\n- {item}\n"), PARTNERS, {"": "nhs"}, TODAY)
    assert [problem.line for problem in checked.problems] == [line]
    assert not checked.fits


def test_a_name_that_no_partner_has_is_asked_for_and_a_choice_mends_it():
    found = read("# We listen\n- One.\n  - Made by: The Council; the ICB\n- Two.\n- Three.\n  - Made by: The icb\n")
    assert check(found, PARTNERS, {}, TODAY).unknown == ("the ICB", "")
    assert check(found, PARTNERS, {"": "council", "the ICB": "nobody"}, TODAY).unknown == ("the ICB",)
    mended = check(found, PARTNERS, {"": "council", "the ICB": "nhs"}, TODAY)
    assert mended.fits
    assert [set(one.said) for _principle, ready in mended.principles for one in ready] == [
        {"council", "nhs"}, {"council"}, {"nhs"},
    ]  # fmt: skip


def test_a_long_paste_from_a_word_processor_is_read_and_nothing_of_it_is_lost():
    markup = '<p class=MsoNormal style="mso-x:y"><ins cite="mailto:x" datetime="2026">Added</ins><del>gone</del></p>\n'
    source = "# We listen\n- We answer.\n  - Made by: nhs\n\n" + markup * 900
    assert len(source) > 90_000
    found = read(source)
    assert len(found.problems) == 1
    assert found.problems[0].line == 5
    assert [one.text for one in found.principles[0].promises] == ["We answer."]


@pytest.mark.parametrize("hard", ["[" * 20_000, "> " * 5_000, "*a " * 20_000, "`" * 30_000, "- " * 3_000, "&" * 30_000])
def test_hostile_text_is_read_too(hard):
    assert read(f"# We listen\n\n{hard}\n\n- One.\n").principles


def test_a_level_of_headings_above_all_others_is_the_title_only_without_promises():
    assert [one.name for one in read("# A\n- One.\n## B\n- Two.\n").principles] == ["A", "B"]
    assert [one.name for one in read("# A\nwords\n## B\n- Two.\n").principles] == ["B"]
