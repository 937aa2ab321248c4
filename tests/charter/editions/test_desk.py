"""The desk's pages about the charter, as an officer and a lead use them."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from tests.builders import an_officer, the_area
from tests.charter.editions.builders import two_editions

OWN = "# Our charter\n\nParents wrote it.\n\n## We listen\n- We <b>answer</b>.\n  - Made by: The Council; the ICB\n"


@pytest.fixture
def lea(act):
    with act() as work:
        the_area(work)
        return an_officer(work, "Lea", lead=True)


@pytest.fixture
def desk(browser, lea):
    return browser.sign_in(lea, staff=True)


def test_a_signature_is_written_down_and_stands_on_the_charter(act, desk, clock):
    with act() as work:
        two_editions(work)
    desk.get("/desk").follow("The charter: who signs, other languages")
    desk.press("It signed", partner="council", role="")
    assert desk.status == 422
    assert "Write who signed, by the role." in desk.text
    assert "Write the day on which it was signed." in desk.text
    desk.press("It signed", partner="council", role="", **{"signed_on-day": "1", "signed_on-month": "3"})
    assert "This must be a real date" in desk.text
    desk.press("It signed", partner="council", role="Director", **{"signed_on-year": "2027"})
    assert desk.status == 200
    desk.press("It signed", partner="council", role="Director", **{
        "signed_on-day": "1", "signed_on-month": "3", "signed_on-year": "2027",
    })  # fmt: skip
    assert "The council has signed this edition already." in desk.text
    assert "Director, Monday 1 March 2027" in desk.get("/charter").text


def test_a_signature_meant_for_an_older_edition_waits_for_a_look(act, desk):
    with act() as work:
        two_editions(work)
    desk.get("/desk/charter")
    with act() as work:
        two_editions(work)
    desk.press("It signed", partner="council", role="Head", **{
        "signed_on-day": "1", "signed_on-month": "3", "signed_on-year": "2027",
    })  # fmt: skip
    assert (desk.status, "A newer edition has been published" in desk.text) == (422, True)
    desk.press("It signed")
    assert desk.status == 200


def test_a_promise_is_written_in_another_language(act, desk, new_browser):
    with act() as work:
        _old, _new, numbers = two_editions(work)
    desk.get("/desk/charter")
    assert "(of older words)" in desk.text
    desk.get(f"/desk/charter/words/{numbers[0]}")
    assert "made from older words" in desk.text
    assert "We tell you early." in desk.text
    desk.press("Save", text="We tell you very early.")
    assert "made from older words" not in desk.text
    desk.press("Choose", language="ar").press("Save", text="")
    assert (desk.status, "Write the promise in these words." in desk.text) == (422, True)
    desk.press("Save", text="نخبركم")
    family = new_browser().get("/charter").follow("العربية")
    assert 'lang="ar" dir="rtl">نخبركم' in family.html
    assert desk.get(f"/desk/charter/words/{numbers[1]}").status == 404, "it is in no edition now"


def test_a_charter_is_looked_at_and_then_published_as_it_was_seen(act, desk):
    desk.get("/desk/charter").follow("Bring in our charter")
    desk.press("Look at it")
    assert (desk.status, "Paste a charter, or choose a file." in desk.text) == (422, True)
    desk.press("Look at it", file=FileStorage(BytesIO(OWN.encode()), "charter.md"))
    assert "Principles: 1. Promises: 1." in desk.text
    assert "We <b>answer</b>." in desk.text
    assert "We know no partner “the ICB”" in desk.text
    assert "Publish this charter" not in desk.buttons()
    desk.press("Look at it again", who="nhs")
    assert "We know no partner" not in desk.text
    desk.press("Publish this charter", source=OWN.replace("answer", "reply"))
    assert "We <b>reply</b>." in desk.text, "changed words are shown first"
    desk.press("Publish this charter")
    assert desk.path == "/charter"
    assert "We <b>reply</b>." in desk.text
    assert "<b>" not in desk.html
    assert "Made by: The council, The NHS." in desk.text
    desk.get("/desk/charter/import")
    assert "From now on it changes by drafts" in desk.text
    assert "Look at it" not in desk.buttons()
    assert "Bring in our charter" not in desk.get("/desk/charter").text


def test_lines_that_have_to_be_mended_are_named_and_the_words_stay(desk):
    desk.get("/desk/charter/import")
    desk.press("Look at it", source="- Too early.\n\n## We listen\n- One.\n  - Made by: The council\n- One.\n")
    assert "Line 1: This promise stands before any heading" in desk.text
    assert "Line 6: This promise stands in line 4 already." in desk.text
    assert "- Too early." in desk.text
    assert "Publish this charter" not in desk.buttons()
    desk.press("Look at it again", file=FileStorage(BytesIO(b"\xff\xfe\x00"), "charter.md"))
    assert (desk.status, "Save it as plain text in UTF-8." in desk.text) == (422, True)


def test_an_officer_who_is_no_lead_finds_no_door_to_bring_one_in(act, new_browser, lea):
    with act() as work:
        sam = an_officer(work, "Sam", "sam2@council.example.org")
    officer = new_browser().sign_in(sam, staff=True)
    assert "Bring in" not in officer.get("/desk/charter").text
    assert officer.get("/desk/charter/import").status == 404
