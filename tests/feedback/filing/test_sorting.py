"""One key an act: thanks, machines, blocks, notes and questions to colleagues; translations keep what was said."""

from datetime import timedelta

import pytest

from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.feedback import forgetting, queries, service
from pyramid_app.feedback.filing import queries as desk
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Naming, Sorting, Speaker
from pyramid_app.kit.texts import london_date
from tests.builders import a_member, acting_as, an_officer

BUS = "The bus comes at a new time each day."


def said(work, person=None, words=BUS, **facts):
    values = {"about": About.SYSTEM, "speaker": Speaker.PARENT_CARER, "text": words, "may_quote": True}
    return service.receive(work, **{**values, "person_id": person.id if person else None, **facts})


@pytest.fixture
def kim(act, sam):
    with act() as work:
        return an_officer(work, "Kim", "kim@council.example.org")


def test_thanks_are_answered_with_thanks_and_undone_with_one_key(browser, act, sam, amina, post, clock):
    with act() as work:
        voice = said(work, amina, "Thank you for the text about the bus!")
    browser.sign_in(sam, staff=True).get("/desk").press("T Only thank them")
    assert "Nothing to file. Well done." in browser.text
    browser.press(f"Z Take back {voice.ref}")
    clock.shift(timedelta(minutes=11))
    post.deliver()
    assert post.letters == []
    browser.get("/desk").press("T Only thank them")
    clock.shift(timedelta(minutes=11))
    post.deliver()
    (letter,) = post.to("amina@example.org")
    assert "You said: “Thank you for the text about the bus!”" in letter.words.text
    assert "no other letter comes about this" in letter.words.text


def test_what_a_machine_wrote_is_answered_by_nobody(act, team, amina, post, run_jobs, clock):
    with act() as work:
        voice = said(work, amina, "I am out of the office until Monday.")
    with act(team) as work:
        filing.set_aside(work, voice.id)
    clock.shift(timedelta(days=30))
    run_jobs()
    post.deliver()
    assert post.letters == []


def test_a_block_is_filed_in_one_act_or_not_at_all(act, team, topic, amina):
    with act() as work:
        voices = [said(work, a_member(work, f"p{n}@example.org")) for n in range(3)]
    with act(team) as work:
        filing.file_voice(work, voices[2].id, topic.id, cleared=BUS)
    with pytest.raises(Conflict), act(team) as work:
        filing.file_block(work, {voice.id: BUS for voice in voices}, topic.id)
    with act(team) as work:
        assert len(desk.waiting(work.session, london_date(work.now))) == 2
        filing.file_block(work, {voice.id: BUS for voice in voices[:2]}, topic.id)
        assert desk.waiting(work.session, london_date(work.now)) == []


def test_one_key_files_under_the_topic_used_last(browser, act, sam, team, topic, amina):
    with act() as work:
        first = said(work, amina)
    with act(team) as work:
        filing.file_voice(work, first.id, topic.id, cleared=BUS)
    with act() as work:
        said(work, amina, "The bus again.")
    browser.sign_in(sam, staff=True).get("/desk").press("1 School buses")
    assert browser.path == "/desk"
    assert "Nothing to file. Well done." in browser.text


def test_a_question_to_a_colleague_reaches_her_without_a_familys_words(act, team, kim, amina, post, browser):
    with act() as work:
        voice = said(work, amina)
    with act(team) as work:
        filing.ask_colleague(work, voice.id, kim.id, "Is this about route 4?", "http://localhost")
    post.deliver()
    (letter,) = post.to("kim@council.example.org")
    assert "Is this about route 4?" in letter.words.text
    assert BUS not in letter.words.text
    browser.sign_in(kim, staff=True).get("/desk")
    assert f"Sam asks about {voice.ref}:" in browser.text
    browser.get(f"/desk/voices/{voice.ref}").press("Write it", line="Yes, route 4.")
    assert "Sam asks about" not in browser.get("/desk").text
    assert "Yes, route 4." in browser.get(f"/desk/voices/{voice.ref}").text


def test_an_empty_note_is_refused_with_a_sentence(browser, act, sam, amina):
    with act() as work:
        voice = said(work, amina)
    browser.sign_in(sam, staff=True).get(f"/desk/voices/{voice.ref}").press("Write it", line="")
    assert browser.status == 422
    assert "Write a line for your colleagues." in browser.text


def test_words_in_another_language_wait_for_a_translation_and_both_are_quoted(
    browser, act, team, sam, topic, amina, post, clock
):
    somali = "Basku waa soo daahaa maalin kasta."
    with act() as work:
        voice = said(work, amina, somali, language="so", naming=Naming.NAMED)
    with pytest.raises(Invalid), act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=somali)
    browser.sign_in(sam, staff=True).get("/desk")
    assert "Needs translating" in browser.text
    browser.get(f"/desk/voices/{voice.ref}").press("Keep the translation", translation="", how="")
    assert "Write what it says in English." in browser.text
    browser.press("Keep the translation", translation="The bus is late every day.", how="An interpreter, by phone")
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="The bus is late every day.")
        (quote,) = queries.public_voices(work.session, topic.id)
    assert (quote.words, quote.original, quote.name) == ("The bus is late every day.", somali, "Amina")
    clock.shift(timedelta(minutes=11))
    post.deliver()
    (letter,) = post.to("amina@example.org")
    assert f"You said: “{somali}”" in letter.words.text


def test_words_can_be_cleared_again_in_place_and_what_was_said_stays(act, team, topic, amina):
    with act() as work:
        voice = said(work, amina, "Mrs Canary drives too fast.")
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="Mrs Canary drives too fast.")
        filing.clear_again(work, voice.id, "The driver drives too fast.")
        assert [quote.words for quote in queries.public_voices(work.session, topic.id)] == [
            "The driver drives too fast."
        ]
        assert queries.raw_words(work.session, voice.id) == "Mrs Canary drives too fast."


def test_taken_back_it_is_read_counted_and_told_by_nobody(act, team, topic, amina, post, clock):
    with act() as work:
        voice = said(work, amina)
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    with act(acting_as(amina)) as work:
        forgetting.take_back(work, voice.id)
        assert queries.public_voices(work.session, topic.id) == []
        assert queries.words_of_speakers(work.session, topic.id) == {}
        assert queries.get_voice(work.session, voice.ref).sorted_as is Sorting.TAKEN_BACK
    clock.shift(timedelta(minutes=11))
    post.deliver()
    assert post.letters == []


def test_own_words_can_be_mended_for_an_hour_and_not_once_they_are_answered(act, team, topic, amina, clock):
    from pyramid_app.base.errors import NotAllowed

    with act() as work:
        first, second = said(work, amina), said(work, amina)
    with act(acting_as(amina)) as work:
        service.mend(work, first.id, "The bus comes late.")
        assert queries.raw_words(work.session, first.id) == "The bus comes late."
    with act(team) as work:
        filing.file_voice(work, second.id, topic.id, cleared=BUS)
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.mend(work, second.id, "Other words.")
    clock.shift(timedelta(hours=1))
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.mend(work, first.id, "Other words.")


def test_what_waits_for_one_colleague_is_handed_to_another(act, team, kim, sam, amina):
    with act() as work:
        voice = said(work, amina)
    with act(team) as work:
        filing.assign(work, voice.id, sam.id)
        assert service.pass_on_all(work, sam.id, kim.id) == 1
        today = london_date(work.now)
        assert [one.voice.id for one in desk.waiting(work.session, today, only_for=kim.id)] == [voice.id]
        assert desk.waiting(work.session, today, only_for=sam.id) == []


def test_messages_that_say_the_same_stand_as_one_block_and_one_key_files_them_all(
    browser, act, team, sam, topic, amina, post, clock
):
    with act() as work:
        for number in range(4):
            said(work, a_member(work, f"p{number}@example.org"), "The school bus is late every morning.")
        said(work, amina, "Nobody answers the phone about our plan.")
    browser.sign_in(sam, staff=True).get("/desk")
    assert "4 look alike" in browser.text
    browser.press("1 School buses")
    assert "Nobody answers the phone" in browser.text
    assert "4 look alike" not in browser.text
    clock.shift(timedelta(minutes=11))
    post.deliver()
    assert {f"p{number}@example.org" for number in range(4)} == {letter.address for letter in post.letters}
