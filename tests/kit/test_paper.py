"""A poster is one page of A4 that a screen reader can read, whatever people wrote, and says exactly that."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from pyramid_app.base.paths import folder
from pyramid_app.kit.charts import qr_svg
from pyramid_app.kit.paper import Poster, poster
from pyramid_app.kit.paper.fonts import FAMILIES, fonts_in, held
from pyramid_app.kit.paper.poster import SHEET
from tests.support import pdf

FONTS = folder("static") / "vendor" / "fonts"
LINK = "https://voice.example.org/q/school-buses-1a2b"
BUSES = Poster(
    language="en",
    colour="#3d3a8c",
    area="Sampleborough",
    greeting="We want to hear from you",
    title="School buses",
    otherwise="A question for you",
    lines=("It takes 2 minutes.",),
    until="You have until Sunday 21 March 2027, 10 pm.",
    code=qr_svg(LINK),
    code_words=f"A code that leads to {LINK}",
    scan="Point your phone's camera at this code.",
    type_it="Or type this address into your phone:",
    link="voice.example.org/q/school-buses-1a2b",
    address=LINK,
    promises=("No one in the SEND team can see your answer.", "We will tell you what happens by Friday 30 April 2027."),
    host="Run by the Sampleborough SEND partnership.",
)
HOSTILE = (
    '#import "/etc/passwd": *', "#read(\"poster.typ\")", "$x^2$ and $", "*bold* _not_", "\\ \\u{41} \\n", "]#panic()[",
    "= Title", "<b>&amp;</b>", "`raw` ~ @ref <label>", '"; #eval("1") //', "/* - 1. + x", "{title}", "%s ' \"",
)  # fmt: skip


def made(**changes):
    return poster(replace(BUSES, **changes), FONTS)


def fits(sheet):
    """One page of A4, and no word nearer to its edges than a printer reaches."""
    assert len(pdf.reader(sheet).pages) == 1
    assert [round(float(side)) for side in pdf.reader(sheet).pages[0].mediabox] == [0, 0, 595, 842]
    left, bottom, right, top = pdf.edges(sheet)
    return min(left, right) > 19 and min(bottom, top) > 3


def test_it_says_everything_in_the_order_of_reading():
    assert pdf.text(made()) == " ".join(
        (BUSES.area, BUSES.greeting, BUSES.title, *BUSES.lines, BUSES.until, BUSES.scan, BUSES.type_it, BUSES.link,
         *BUSES.promises, BUSES.host)
    )  # fmt: skip


def test_it_is_tagged_for_screen_readers():
    sheet = made()
    root = pdf.root(sheet)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader(sheet).metadata.title == BUSES.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    kinds = [kind for kind, _words in pdf.tags(sheet)]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1"]
    assert [words for kind, words in pdf.tags(sheet) if kind == "/Figure"] == [BUSES.code_words]
    assert kinds.count("/P") == 10
    assert "/Link" in kinds


def test_a_camera_reads_exactly_the_link():
    assert pdf.codes(made()) == [LINK]


def test_the_language_is_in_the_document():
    assert pdf.root(made(language="so"))["/Lang"] == "so"


@pytest.mark.parametrize("title", HOSTILE)
def test_what_people_wrote_is_only_ever_words(title):
    sheet = made(title=title, area=title, host=title)
    assert pdf.reader(sheet).metadata.title == title
    assert pdf.text(sheet).replace(" ", "").count(title.replace(" ", "")) == 3
    assert fits(sheet)


@pytest.mark.parametrize("letters", ["W", "i", "W" * 7 + " ", "Wi ", "and so on, "])
def test_every_length_of_a_title_fits_on_one_page(letters):
    for length in range(1, 121, 7):
        title = (letters * 120)[:length].strip()
        sheet = made(title=title, lines=(*BUSES.lines, "It opens on Wednesday 24 February 2027, 10.30 am."))
        assert fits(sheet), length
        assert title.replace(" ", "") in pdf.text(sheet).replace(" ", "")


@pytest.mark.parametrize("words", ["W" * 300, "Wm " * 100, "-" * 300, "م" * 300])
def test_every_name_an_area_may_have_fits(words):
    sheet = made(area=words, host=words, promises=(words, BUSES.promises[1]), title="Wm " * 40)
    assert fits(sheet)
    assert pdf.codes(sheet) == [LINK]


@pytest.mark.parametrize(
    "link",
    [f"parents.a-long-name-of-a-place.example.org/q/{'w' * 60}-1a2b", f"voice.example.org/q/{'a-' * 30}1a2b",
     "x.org/q/a-1a2b"],
)  # fmt: skip
def test_a_long_link_is_whole_and_never_parted_behind_a_hyphen(link):
    sheet = made(link=link, address=f"https://{link}", code=qr_svg(f"https://{link}"), title="Wm " * 40)
    assert fits(sheet)
    assert link in pdf.text(sheet).replace(" ", "")
    assert "- " not in pdf.text(sheet)
    assert pdf.codes(sheet) == [f"https://{link}"]


@pytest.mark.parametrize(
    "title", ["حافلات المدرسة", "স্কুল বাস", "स्कूल बसें", "Школьные автобусы", "Σχολικά", "Baska dugsiga"]
)
def test_scripts_of_families_here_are_on_paper(title):
    sheet = made(title=title)
    assert pdf.reader(sheet).metadata.title == title
    assert fits(sheet)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (
            "Buses \N{BUS} and \N{ADULT}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{MANUAL WHEELCHAIR} taxis",
            "Buses and taxis",
        ),
        ("1\ufe0f\u20e3 bus", "1 bus"),
        ("a\x00b", "a b"),
        ("校车", "A question for you"),
        ("Bus 校车", "A question for you"),
        ("\N{BUS}", "A question for you"),
        ("\ue000", "A question for you"),
    ],
)
def test_no_empty_box_stands_for_a_sign_that_no_font_holds(title, shown):
    sheet = made(title=title, area=f"{title} Sampleborough 🚌", promises=("🚌",))
    assert pdf.reader(sheet).metadata.title == shown
    assert shown in pdf.text(sheet)


@given(st.text(min_size=1, max_size=120), st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_words_make_one_page(title, name):
    sheet = made(title=title, area=name, host=name)
    assert len(pdf.reader(sheet).pages) == 1
    assert pdf.reader(sheet).metadata.title


def test_equal_facts_give_equal_bytes_in_many_threads_at_once():
    with ThreadPoolExecutor(4) as crowd:
        sheets = set(crowd.map(lambda _n: poster.__wrapped__(BUSES, FONTS), range(12)))
    assert sheets == {made()}


def test_without_its_fonts_there_is_no_poster(tmp_path):
    with pytest.raises(FileNotFoundError, match="Noto Sans Bengali"):
        poster(BUSES, tmp_path)


def test_the_sheet_asks_for_the_fonts_we_have_and_for_no_words_of_its_own():
    sheet = SHEET.read_text()
    assert all(f'"{family}"' in sheet for family in FAMILIES)
    assert held("Buses 🚌", fonts_in(FONTS)) == "Buses"


def test_a_sentence_of_ours_that_cannot_be_set_is_said_aloud():
    with pytest.raises(typst.TypstError):
        made(until="校")
