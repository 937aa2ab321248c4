"""With one tick the words go to the place a family picks; it stays open until that place says that it has them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from pyramid_app.area import service as area
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.errors import Invalid
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import working
from pyramid_app.feedback import forgetting
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child import queries, service
from pyramid_app.feedback.own_child.models import HandOver
from pyramid_app.feedback.own_child.rules import Link, Place
from pyramid_app.feedback.rules import Sorting
from tests.builders import a_member, acting_as, the_area
from tests.conftest import TESTS
from tests.feedback.own_child.conftest import ADVICE, PHONE, WORDS, tell, tell_and_pass_on

AMINA = "amina@example.org"
FORM = {"who": "Jo, advice line", "ring_on-day": "4", "ring_on-month": "3", "ring_on-year": "2027"}


def the_voice(database):
    with database.reading() as session:
        return session.exec(select(Voice)).one()


def test_without_the_tick_it_is_as_before(browser, places, database, post):
    browser.get("/feedback/new/my-child")
    assert "Talking to us does not stop the clock." in browser.text
    browser.press("Send it", words=WORDS, place="advice", phone=PHONE)
    assert the_voice(database).handed_at is None
    assert post.deliver() == 0


def test_one_tick_passes_the_words_on_and_every_page_of_hers_says_who_has_them(browser, amina, places, post, database):
    browser.sign_in(amina).get("/feedback/new/my-child")
    browser.press("Send it", words=WORDS, pass_on="y", place="advice", phone=PHONE)
    said = "We passed your words on to Family Advice on Monday 1 March 2027."
    assert said in browser.text
    assert "You hear from us by Thursday 4 March 2027." in browser.text, "three working days"
    voice = the_voice(database)
    for path in (f"/feedback/{voice.ref}", "/me"):
        assert said in browser.get(path).text
    post.deliver()
    (letter,) = post.to(ADVICE)
    for part in (f"They said: “{WORDS}”", f"You can ring them: {PHONE}.", f"Reference: {voice.ref}", "/received/"):
        assert part in letter.words.text
    assert voice.ref in letter.words.subject
    assert WORDS not in letter.words.subject + letter.words.one_line


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"place": ""}, "Choose who should get the words."),
        ({"place": "complaints"}, "Choose who should get the words."),
        ({"place": "the king"}, "Choose who should get the words."),
        ({"place": "advice", "phone": "ask my mum"}, "Write a phone number, or leave this empty."),
    ],
)
def test_what_does_not_fit_is_said_and_no_word_is_lost_or_sent(browser, places, database, fields, sentence):
    browser.get("/feedback/new/my-child").press("Send it", words=WORDS, pass_on="y", **fields)
    assert (browser.status, sentence in browser.text) == (422, True)
    assert WORDS in "".join(next(browser.tree.iter("textarea")).itertext())
    with database.reading() as session:
        assert session.exec(select(Voice)).all() == session.exec(select(HandOver)).all() == []


def test_where_no_place_has_a_mailbox_nothing_is_promised(browser, sam):
    assert "Pass my words on" not in browser.get("/feedback/new/my-child").text


def test_no_stored_letter_holds_a_word_of_it(handed, act, post):
    post.deliver()
    with act() as work:
        (letter,) = work.session.exec(select(Letter).where(Letter.kind == "hand over")).all()
    assert (letter.text, letter.one_line, letter.subject, letter.address) == ("", "", "", ADVICE)
    assert "Canarychild" not in str(letter.model_dump())
    assert PHONE not in str(letter.model_dump())


def test_a_scanner_that_opens_the_link_says_nothing(handed, browser, post, database):
    post.deliver()
    link = post.link_to(ADVICE, "received")
    for _ in range(3):
        browser.get(link)
        assert (browser.status, WORDS in browser.text, PHONE in browser.text) == (200, True, True)
    assert browser.client.head(link).status_code == 200
    assert browser.answer.headers["Referrer-Policy"] == "no-referrer"
    assert the_voice(database).sorted_at is None


def test_the_place_says_that_it_has_them_and_the_family_is_told_once(handed, browser, new_browser, amina, post, clock):
    post.deliver()
    link = post.link_to(ADVICE, "received")
    browser.get(link).press("We have received it", **FORM)
    assert "Thank you. You have told us that you have it." in browser.text
    assert "Canarychild" not in browser.html, "its words are in their letter, and not here any more"
    post.deliver()
    (letter,) = post.to(AMINA)
    text = letter.words.text
    assert text.index(f"You said: “{WORDS}”") < text.index("It has arrived: Family Advice.")
    assert "This is who has it now: Jo, advice line." in text
    assert "They ring you by Thursday 4 March 2027." in text
    mine = new_browser().sign_in(amina)
    for path in ("/me", f"/feedback/{handed[0].ref}"):
        assert "They have them since Monday 1 March 2027: Jo, advice line." in mine.get(path).text
        assert "They ring you by Thursday 4 March 2027." in mine.text
    again = browser.post(link, {**FORM, "who": "Somebody else"})
    assert (again.status, "Somebody else" in again.text) == (200, False)
    assert post.deliver() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"who": ""}, "Write who has it now."),
        ({"ring_on-day": ""}, "This must be a real date"),
        ({"ring_on-day": "", "ring_on-month": "", "ring_on-year": ""}, "Say by which day you ring the family."),
        ({"ring_on-year": "2026"}, "This must be a day in the next two months."),
    ],
)
def test_a_receipt_that_does_not_fit_is_said(handed, browser, post, database, fields, sentence):
    post.deliver()
    browser.get(post.link_to(ADVICE, "received")).press("We have received it", **{**FORM, **fields})
    assert (browser.status, sentence in browser.text) == (422, True)
    assert the_voice(database).sorted_at is None


def test_without_a_number_no_day_is_asked(act, amina, places, browser, post):
    with act(acting_as(amina)) as work:
        voice = tell(work, amina)
        service.pass_on(work, voice.id, Place.ADVICE)
    post.deliver()
    assert "They left no phone number." in post.last_to(ADVICE).words.text
    browser.get(post.link_to(ADVICE, "received")).press("We have received it", who="Jo")
    assert "You have told us that you have it" in browser.text


def test_until_then_it_stays_on_the_desk_with_others(handed, browser, sam, database, clock):
    voice, _ = handed
    browser.sign_in(sam, staff=True).get("/desk")
    assert "with others: 1" in browser.text
    assert f"Message {voice.ref} With Family Advice since Monday 1 March 2027. They have not said yet" in browser.text
    assert "Nothing to file" in browser.text, "it is not to be sorted: somebody has it"
    browser.get(f"/desk/voices/{voice.ref}/hand-over").press("They have it", **FORM)
    assert "They have it since Monday 1 March 2027, 10 am: Jo, advice line." in browser.text
    assert the_voice(database).sorted_as is Sorting.HANDED_OVER
    assert "with others: 0" in browser.get("/desk").text


def test_nobody_there_says_yes_so_the_family_is_told_and_the_place_is_asked_again(
    handed, browser, post, clock, run_jobs, database
):
    post.deliver()
    first = post.link_to(ADVICE, "received")
    clock.shift(timedelta(days=3))
    assert run_jobs("late voices", "ask places again") == 0, "Thursday 4 March is not over"
    clock.shift(timedelta(days=1))
    assert run_jobs("late voices", "ask places again") == 2
    assert run_jobs("late voices", "ask places again") == 0
    post.deliver()
    (late,) = post.to(AMINA)
    assert "nobody there has told us yet that they arrived" in " ".join(late.words.text.split())
    assert len(post.to(ADVICE)) == 2
    assert "This letter takes the place of the earlier ones." in post.last_to(ADVICE).words.text
    browser.get(first)
    assert (browser.status, "There is a newer letter" in browser.text, WORDS in browser.text) == (410, True, False)
    assert browser.post(first, FORM).status == 410
    assert the_voice(database).sorted_at is None
    browser.get(post.link_to(ADVICE, "received")).press("We have received it", **{**FORM, "ring_on-day": "8"})
    assert the_voice(database).sorted_as is Sorting.HANDED_OVER
    assert "You have told us that you have it" in browser.get(first).text


def test_a_letter_that_waits_is_not_sent_once_a_newer_one_is_written(handed, act, post):
    with act() as work:
        assert service.ask_again(work, handed[1].id)
    post.deliver()
    assert len(post.to(ADVICE)) == 1


@pytest.mark.parametrize("token", ["nothing", "AAAA.BBBB"])
def test_a_link_that_we_did_not_sign_opens_nothing(handed, browser, post, token):
    post.deliver()
    good = post.link_to(ADVICE, "received").rsplit("/", 1)[1]
    for forged in (token, good[:-1] + ("A" if good[-1] != "A" else "B"), "B" + good[1:], good + "A"):
        assert browser.get(f"/received/{forged}").status == 404
    assert browser.get(f"/objection/{good}").status == 404, "each kind of link opens only its own door"


def test_what_is_taken_back_can_be_read_nowhere(handed, act, amina, browser, post, database):
    post.deliver()
    link = post.link_to(ADVICE, "received")
    with act(acting_as(amina)) as work:
        forgetting.take_back(work, handed[0].id)
    browser.get(link)
    assert (browser.status, "The family has taken these words back." in browser.text) == (410, True)
    assert browser.post(link, FORM).status == 410
    with database.reading() as session:
        assert session.exec(select(HandOver.phone)).one() == ""
        assert queries.with_others(session, handed[0].received_at) == []


def test_what_is_taken_back_before_it_left_is_not_sent(handed, act, amina, post):
    with act(acting_as(amina)) as work:
        forgetting.take_back(work, handed[0].id)
    assert post.deliver() == 0


def test_an_unsigned_family_is_rung_and_not_written_to(browser, places, post, database):
    browser.get("/feedback/new/my-child")
    browser.press("Send it", words=WORDS, pass_on="y", place="advice", phone=PHONE)
    post.deliver()
    browser.get(post.link_to(ADVICE, "received")).press("We have received it", **FORM)
    assert post.deliver() == 0
    assert "They ring you by Thursday 4 March 2027." in browser.get(f"/feedback/{the_voice(database).ref}").text


def test_the_service_refuses_what_the_form_would(act, amina, places):
    with pytest.raises(Invalid) as refused, act(acting_as(amina)) as work:
        voice = tell(work, amina)
        service.pass_on(work, voice.id, Place.COMPLAINTS)
    assert "place" in refused.value.fields
    with act() as work:
        assert work.session.exec(select(Voice).where(col(Voice.handed_at).is_not(None))).all() == []


def test_the_second_of_two_receipts_changes_nothing(handed, act):
    _, one = handed
    with act() as work:
        assert service.receive(work, one.id, 1, "Jo", date(2027, 3, 4)) is Link.OPEN
    with act() as work:
        assert service.receive(work, one.id, 1, "Kim", date(2027, 3, 5)) is Link.RECEIVED
        assert work.session.get_one(HandOver, one.id).received_by == "Jo"


def test_two_who_say_at_once_that_they_have_it_are_told_of_one(real_database, clock):
    with working(real_database, TESTS) as work:
        the_area(work)
        area.change_settings(work, {"advice_mailbox": ADVICE}, "for tests")
        amina = a_member(work)
        _, one = tell_and_pass_on(work, amina)

    def say(name):
        with working(real_database, NOBODY) as work:
            return service.receive(work, one.id, 1, name, date(2027, 3, 4))

    names = [f"Jo {number}" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        links = list(pool.map(say, names))
    assert sorted(links) == [Link.OPEN, *[Link.RECEIVED] * 5]
    with real_database.reading() as session:
        first = names[links.index(Link.OPEN)]
        assert session.exec(select(HandOver.received_by)).one() == first
        (letter,) = session.exec(select(Letter).where(Letter.kind == "received")).all()
        assert first in letter.text
