"""Telling us something: open to anybody, stored at once, heard back by those who show that an address is theirs."""

import pytest
from sqlmodel import select

from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About
from pyramid_app.participation import queries as participation
from tests.support.pages import words as seen

BUS = "The bus is late most days."
ADDRESS = "new@example.org"

pytestmark = pytest.mark.usefixtures("sam")


def voices(database):
    with database.reading() as session:
        return session.exec(select(Voice)).all(), session.exec(select(VoiceText)).all()


def tell(browser, **fields):
    return browser.get("/feedback/new/families").press("Send it", words=BUS, **fields)


def test_the_fork_comes_before_the_box(browser):
    browser.get("/feedback/new")
    assert "How things work for families" in browser.text
    assert not list(browser.tree.iter("textarea"))
    browser.get(
        browser.link(
            "My own child We will not put it on the website. We will help you reach someone who can act on it."
        )
    )
    assert "Talking to us does not stop the clock." in browser.text


def test_a_stranger_who_says_nothing_of_themselves_is_heard(browser, database):
    tell(browser)
    ((voice,), (text,)) = voices(database)
    assert (voice.person_id, text.text) == (None, BUS)
    assert voice.ref in browser.text
    assert "Monday 15 March 2027" in browser.text, "ten working days"


def test_whoever_leaves_an_address_hears_back_once_they_show_it_is_theirs(browser, post, database, clock):
    tell(browser, address=ADDRESS)
    ((voice,), _texts) = voices(database)
    assert voice.person_id is None, "an address typed by anybody proves nothing"
    post.deliver()
    assert "/link/" not in post.last_to(ADDRESS).words.text, "this code signs nobody in"
    browser.press("Tell me what happens", code=post.code_to(ADDRESS))
    assert "You hear from us by" in browser.text
    ((voice,), _texts) = voices(database)
    with database.reading() as session:
        assert participation.find_level_of(session, voice.person_id, voice.received_at) == "ground"
    assert browser.get("/me").path == "/sign-in", "telling us is no sign-in"


def test_a_wrong_code_is_said_and_the_voice_stays(browser, post, database):
    tell(browser, address=ADDRESS)
    post.deliver()
    code = post.code_to(ADDRESS)
    browser.press("Tell me what happens", code="000000" if code != "000000" else "111111")
    assert browser.status == 422
    assert "This code does not work." in browser.text
    assert len(voices(database)[0]) == 1


def test_a_member_is_known(browser, amina, database):
    tell(browser.sign_in(amina))
    ((voice,), _texts) = voices(database)
    assert voice.person_id == amina.id
    assert BUS in browser.get("/me").text


def test_the_reference_shows_where_it_stands_and_never_the_words(browser, new_browser, database):
    tell(browser)
    ((voice,), _texts) = voices(database)
    stranger = new_browser().get(f"/feedback/{voice.ref}")
    assert "Heard" in stranger.text
    assert BUS not in stranger.html
    assert stranger.get("/feedback/XXXXXX").status == 404


def test_words_about_my_own_child_are_marked_and_can_never_be_quoted(browser, database):
    browser.get("/feedback/new/my-child").press("Send it", words=BUS, may_quote="y")
    ((voice,), _texts) = voices(database)
    assert voice.about is About.OWN_CHILD
    assert not voice.may_quote


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": ""}, "Write what you want to tell us."),
        ({"words": "x" * 5001}, "Please make this shorter"),
        ({"words": "x" * 200_000}, "Please make this shorter"),
        ({"address": "no address"}, "We can't read this address."),
        ({"address": "a@example.org\nBcc: b@example.org"}, "We can't read this address."),
        ({"speaker": "the king"}, "Choose who is speaking."),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(browser, database, fields, sentence):
    browser.get("/feedback/new/families").press("Send it", **{"words": BUS, **fields})
    assert browser.status == 422
    assert sentence in browser.text
    box = next(browser.tree.iter("textarea"))
    assert "".join(box.itertext()).strip() == fields.get("words", BUS)
    assert voices(database) == ([], [])


def test_a_million_characters_are_refused_with_a_way_back(browser, database):
    browser.get("/feedback/new/families").press("Send it", words="x" * 1_100_000)
    assert browser.status == 413
    assert "too large" in browser.text
    assert voices(database) == ([], [])


@pytest.mark.parametrize(
    "nasty", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "<img src=x onerror=alert(1)>", "a\x00b\x1b[31m"]
)
def test_html_and_control_characters_stay_harmless_words(browser, act, sam, database, nasty):
    browser.get("/feedback/new/families").press("Send it", words=nasty)
    ((voice,), (text,)) = voices(database)
    browser.sign_in(sam, staff=True).get(f"/desk/voices/{voice.ref}")
    assert "<script>alert" not in browser.html
    assert "<img src" not in browser.html
    assert text.text.isprintable()
    assert text.text in seen(browser.tree.find("body"))
