"""Telling us on the web: who may know the name, the language, the check step, ten a day, mending, taking back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from pyramid_app.area import service as area
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.budgets.models import Spending
from pyramid_app.feedback import queries
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Naming, Sorting, Speaker

BUS = "The bus is late most days."
NAMED = "My son Adam waits for the bus at Ashmount School.\nEvery day!"
ADDRESS = "new@example.org"

pytestmark = pytest.mark.usefixtures("sam")


def voices(database):
    with database.reading() as session:
        return session.exec(select(Voice).order_by(Voice.received_at)).all()


def words_of(database, voice):
    with database.reading() as session:
        return queries.own_words(session, voice.id)


def tell(browser, words=BUS, **fields):
    return browser.get("/feedback/new/families").press("Send it", words=words, **fields)


def box(browser):
    return "".join(next(browser.tree.iter("textarea")).itertext()).removeprefix("\n")


# Who may know the name -----------------------------------------------------------------------------------------------


def test_a_member_is_known_to_the_team_alone_unless_she_says_more(browser, amina, database):
    tell(browser.sign_in(amina), may_quote="y")
    tell(browser, words="The driver is kind.", may_quote="y", naming="named")
    assert [voice.naming for voice in voices(database)] == [Naming.KNOWN_TO_US, Naming.NAMED]


def test_a_member_who_leaves_her_name_out_is_nobody_also_in_the_log(browser, amina, database):
    tell(browser.sign_in(amina), naming="unnamed")
    (voice,) = voices(database)
    assert (voice.person_id, voice.naming) == (None, Naming.UNNAMED)
    with database.reading() as session:
        noted = session.exec(select(AuditEntry).where(AuditEntry.subject == f"voice:{voice.id}")).all()
    assert noted
    assert {entry.actor_id for entry in noted} == {None}


def test_a_name_is_shown_only_after_the_address_has_proved_to_be_theirs(browser, post, act, team, topic, database):
    tell(browser, naming="named", name="Ben")
    assert (browser.status, "To show your name we need a way to reach you." in browser.text) == (422, True)
    browser.press("Send it", address=ADDRESS, may_quote="y")
    (voice,) = voices(database)
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
        assert [quote.name for quote in queries.public_voices(work.session, topic.id)] == [""]
    post.deliver()
    browser.press("Tell me what happens", code=post.code_to(ADDRESS))
    with act() as work:
        assert [quote.name for quote in queries.public_voices(work.session, topic.id)] == ["Ben"]


def test_a_name_nobody_knows_has_to_be_written(browser):
    tell(browser, naming="named", address=ADDRESS)
    assert (browser.status, "Write the first name that we may show." in browser.text) == (422, True)


def test_being_quoted_and_being_told_are_two_ticks(browser, amina, database):
    tell(browser.sign_in(amina), tell=None)
    tell(browser, words="The driver is kind.", may_quote="y")
    assert [(voice.may_quote, voice.tell) for voice in voices(database)] == [(False, False), (True, True)]


# Languages -----------------------------------------------------------------------------------------------------------


def test_words_in_somali_wait_for_a_translation_and_are_kept(browser, sam, database):
    somali = "Basku waa daahay maalin kasta."
    browser.get("/feedback/new/families")
    assert {"Soomaali", "العربية", "বাংলা"} <= {option.text for option in browser.tree.iter("option")}
    browser.press("Send it", words=somali, language="so")
    (voice,) = voices(database)
    assert voice.language == "so"
    browser.sign_in(sam, staff=True).get("/desk")
    assert "Needs translating" in browser.text
    browser.get(f"/desk/voices/{voice.ref}")
    assert somali in browser.text


def test_what_is_urgent_in_another_language_shows_when_it_is_translated(act, team, database):
    with act() as work:
        voice = feedback.receive(
            work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="Wuu is dhaawacaa.", language="so"
        )
    assert voice.urgent_at is None
    with act(team) as work:
        filing.translate(work, voice.id, "He hurts himself.", "Hodan rang her")
    assert voices(database)[0].urgent_at


def test_a_language_that_is_none_is_refused(browser):
    tell(browser, language="klingon")
    assert (browser.status, "Choose a language from the list." in browser.text) == (422, True)


# The check step ------------------------------------------------------------------------------------------------------


def test_nothing_found_means_no_extra_page(browser, database):
    tell(browser)
    assert browser.path.endswith("/thanks")
    assert len(voices(database)) == 1


def test_what_tells_who_somebody_is_is_shown_before_it_is_sent(browser, database):
    tell(browser, words=NAMED, may_quote="y", language="en", address=ADDRESS)
    assert (browser.status, browser.path) == (200, "/feedback/new/families")
    assert [mark.text for mark in browser.tree.iter("mark")] == ["Adam", "Ashmount School"]
    assert voices(database) == []
    browser.press("Send it as it is")
    (voice,) = voices(database)
    assert voice.may_quote
    assert words_of(database, voice) == NAMED
    assert "A message is on its way to" in browser.text, "her address came along"


def test_changing_it_brings_all_she_typed_back(browser, database):
    tell(browser, words=NAMED, may_quote="y", speaker="young person", language="tr", naming="named", name="Ben",
         address=ADDRESS)  # fmt: skip
    browser.press("Change it")
    assert browser.status == 200
    assert box(browser).replace("\r\n", "\n") == NAMED
    browser.press("Send it", words=BUS)
    (voice,) = voices(database)
    assert (voice.may_quote, voice.speaker, voice.language) == (True, Speaker.YOUNG_PERSON, "tr")
    assert voice.naming is Naming.NAMED


def test_it_can_go_on_as_my_own_child_with_every_word(browser, database):
    tell(browser, words="My son's plan was refused. Adam cries.", may_quote="y")
    browser.press("It is about my own child")
    assert (browser.status, browser.path) == (200, "/feedback/new/my-child")
    assert box(browser) == "My son's plan was refused. Adam cries."
    assert voices(database) == []
    browser.press("Send it")
    (voice,) = voices(database)
    assert (voice.about, voice.may_quote) == (About.OWN_CHILD, False)


def test_what_may_be_urgent_says_999_and_heads_the_desk(browser, sam, database):
    tell(browser, words="He hurts himself every night.")
    assert "call 999" in browser.text
    browser.press("Send it as it is")
    assert voices(database)[0].urgent_at
    browser.sign_in(sam, staff=True).get("/desk")
    assert browser.text.index("May be urgent") < browser.text.index("He hurts himself")


def test_about_my_own_child_there_is_no_check_step(browser, database):
    browser.get("/feedback/new/my-child").press("Send it", words=NAMED)
    assert browser.path.endswith("/thanks")
    assert len(voices(database)) == 1


# Machines, and a button pressed twice ---------------------------------------------------------------------------------


def test_ten_a_day_from_one_network_and_the_eleventh_keeps_her_words(browser, new_browser, database, clock):
    for number in range(10):
        tell(new_browser(), words=f"{BUS} {number}")
    tell(browser, words="The eleventh, in my own words.")
    assert browser.status == 429
    assert box(browser) == "The eleventh, in my own words."
    assert "020 7946 0000" in browser.text
    assert len(voices(database)) == 10
    clock.shift(timedelta(days=1))
    tell(browser, words="The eleventh, in my own words.")
    assert len(voices(database)) == 11


def test_members_and_other_networks_are_not_counted(browser, new_browser, amina, act, database, team):
    with act() as work:
        area.change_settings(work, {"voices_a_day": 1}, "to try")
    tell(new_browser())
    tell(new_browser(), words="Another one")
    assert len(voices(database)) == 1
    tell(new_browser().sign_in(amina), words="A member")
    tell(new_browser().sign_in(amina), words="A member without a name", naming="unnamed")
    page = browser.get("/feedback/new/families")
    answer = browser.client.post(
        page.path, data={"csrf_token": page.csrf(), "words": "From afar", "speaker": "parent carer", "language": "en",
                         "naming": "known to us", "form_id": str(uuid4())},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )  # fmt: skip
    assert answer.status_code == 303
    assert len(voices(database)) == 4


def test_the_table_tells_nobody_which_network_it_was(browser, database):
    tell(browser)
    with database.reading() as session:
        (tally,) = session.exec(select(Spending)).all()
    assert tally.spent == 1
    assert "127.0.0" not in tally.whose
    assert len(tally.whose) == 64


def test_a_box_that_no_person_sees_is_left_empty(browser, database):
    tell(browser, more="http://buy.example")
    assert browser.status == 422
    assert "Please send it again: your words are here." in browser.text
    assert box(browser) == BUS
    assert voices(database) == []
    browser.press("Send it")
    assert len(voices(database)) == 1


def test_the_same_press_twice_is_one_voice_one_code_and_one_of_ten(browser, database, post):
    page = browser.get("/feedback/new/families")
    data = {"csrf_token": page.csrf(), "words": BUS, "speaker": "parent carer", "language": "en",
            "naming": "known to us", "address": ADDRESS, "form_id": str(uuid4())}  # fmt: skip
    first, second = (browser.client.post(page.path, data=data).location for _ in range(2))
    assert first == second
    assert len(voices(database)) == 1
    post.deliver()
    assert len(post.to(ADDRESS)) == 1
    browser.get(second).press("Tell me what happens", code=post.code_to(ADDRESS))
    assert "You hear from us by" in browser.text
    with database.reading() as session:
        assert [tally.spent for tally in session.exec(select(Spending)) if tally.what == "unsigned voice"] == [1]


def test_going_back_and_writing_something_else_is_heard_too(browser, database):
    page = browser.get("/feedback/new/families")
    page.press("Send it", words=BUS, form_id=(known := str(uuid4())))
    browser.get("/feedback/new/families").press("Send it", words="And the taxi.", form_id=known)
    assert len(voices(database)) == 2


@pytest.mark.parametrize("made_up", ["", "nonsense", "0" * 500])
def test_a_page_whose_name_is_made_up_is_heard_all_the_same(browser, database, made_up):
    tell(browser, form_id=made_up)
    (voice,) = voices(database)
    assert voice.form_id is None


# One's own words -----------------------------------------------------------------------------------------------------


def test_within_the_hour_words_can_be_mended_by_whoever_sent_them(browser, new_browser, database, clock):
    tell(browser)
    (voice,) = voices(database)
    browser.follow(f"Change it {voice.ref}")
    assert box(browser) == BUS
    browser.press("Keep the new words", words="")
    assert (browser.status, len(voices(database))) == (422, 1)
    browser.press("Keep the new words", words="He hurts himself.")
    (voice,) = voices(database)
    assert (words_of(database, voice), bool(voice.urgent_at)) == ("He hurts himself.", True)
    assert voice.mended_at
    for stranger in ("mend", "take-back"):
        assert new_browser().get(f"/feedback/{voice.ref}/{stranger}").status == 404
    clock.shift(timedelta(hours=1))
    assert browser.get(f"/feedback/{voice.ref}/mend").status == 403
    assert "The hour in which you could change your words is over." in browser.text


def test_a_member_mends_from_her_page_on_any_device(browser, new_browser, amina, database):
    tell(browser.sign_in(amina))
    (voice,) = voices(database)
    other = new_browser().sign_in(amina).get("/me").follow(f"Change it {voice.ref}")
    other.press("Keep the new words", words="The bus is early.")
    assert words_of(database, voice) == "The bus is early."


def test_words_that_are_mended_need_a_new_translation(act, amina, team):
    with act() as work:
        voice = feedback.receive(work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="Bas", language="so",
                                 person_id=amina.id)  # fmt: skip
    with act(team) as work:
        filing.translate(work, voice.id, "Bus", "Hodan")
    with act() as work:
        feedback.mend(work, voice.id, "Taksi")
        text = work.session.exec(select(VoiceText)).one()
        assert (text.text, text.original) == ("Taksi", "")
        assert queries.needs_translating(voice, text)


def test_words_are_taken_back_after_a_page_that_says_what_that_means(browser, database, act, team, topic):
    tell(browser, may_quote="y")
    (voice,) = voices(database)
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    browser.get(f"/feedback/{voice.ref}").follow(f"Take it back {voice.ref}")
    assert "This can't be undone." in browser.text
    assert words_of(database, voice) == BUS
    browser.press("Take them back")
    assert "These words were taken back." in browser.text
    (voice,) = voices(database)
    assert (voice.sorted_as, words_of(database, voice)) == (Sorting.TAKEN_BACK, "")
    assert browser.get(f"/feedback/{voice.ref}/take-back").status == 403


def test_a_member_has_a_day_too_with_or_without_her_name_and_keeps_her_words(browser, amina, act, database, clock):
    with act() as work:
        area.change_settings(work, {"voices_a_day": 1}, "to try")
    browser.sign_in(amina)
    for number in range(5):
        tell(browser, words=f"Bus number {number} is late.", naming="unnamed" if number % 2 else "known to us")
        assert "We have it. Thank you." in browser.text
    tell(browser, words="And the taxi.")
    assert (browser.status, "You have sent us 5 messages today." in browser.text) == (429, True)
    assert "And the taxi." in browser.text
    assert "Sign in" not in browser.text
    with database.reading() as session:
        marks = {one.whose for one in session.exec(select(Spending)) if one.what == "signed voice"}
    assert len(marks) == 1
    assert str(amina.id) not in marks.pop(), "no row ties a message without a name to her"
    clock.shift(timedelta(days=1))
    browser.sign_in(amina)
    tell(browser, words="And the taxi.")
    assert "We have it. Thank you." in browser.text


def test_whoever_tries_many_references_is_asked_to_come_back(new_browser, act, clock, sam):
    with act() as work:
        voice = feedback.receive(work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="The bus is late.")
    stranger = new_browser()
    for number in range(30):
        assert stranger.get(f"/feedback/XX{number:04d}").status == 404
    assert stranger.get(f"/feedback/{voice.ref}").status == 403
    assert "in an hour" in stranger.text
    assert stranger.get("/feedback/XXXXXX").status == 403
    assert new_browser().sign_in(sam).get(f"/feedback/{voice.ref}").status == 200
    clock.shift(3600)
    assert stranger.get(f"/feedback/{voice.ref}").status == 200
