"""Officers write down what others said: they count and hear like everybody, and nothing is kept without a yes."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts.models import ContactPoint, Person
from pyramid_app.base.errors import NotAllowed
from pyramid_app.feedback import queries
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.intake import service
from pyramid_app.feedback.intake.rules import Entry, Occasion
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Channel, Naming, Speaker
from pyramid_app.participation import queries as participation
from tests.builders import acting_as

BUS = "The bus is late most days."
PHONE = Occasion(Channel.PHONE, "said yes on the phone", date(2027, 2, 26))


@pytest.fixture
def desk(browser, sam):
    return browser.sign_in(sam, staff=True)


def voices(database):
    with database.reading() as session:
        return session.exec(select(Voice).order_by(Voice.received_at)).all()


def people(database):
    with database.reading() as session:
        return session.exec(select(Person).where(Person.kind != "staff")).all()


def keep(page, **fields):
    return page.press("Keep it", **{"consent": "said yes on the phone", "said-0-words": BUS, **fields})


def test_what_was_said_by_phone_is_kept_and_its_speaker_hears_like_everybody(
    desk, database, act, team, topic, post, clock
):
    page = desk.get("/desk").follow("Write down what somebody said")
    keep(page, channel="phone", **{"said_on-day": "26", "said_on-month": "2", "said_on-year": "2027"},
         **{"said-0-name": "Hodan", "said-0-address": "hodan@example.org", "said-0-tell": "y"})  # fmt: skip
    (voice,) = voices(database)
    assert f"your reference is {voice.ref}" in desk.text
    assert "Monday 15 March 2027" in desk.text, "the next word counts from now"
    assert (voice.channel, voice.said_on, voice.consent) == (Channel.PHONE, date(2027, 2, 26), "said yes on the phone")
    assert (voice.entered_by_id, voice.naming, voice.may_quote) == (team.person_id, Naming.KNOWN_TO_US, False)
    with act(team) as work:
        assert participation.find_level_of(work.session, voice.person_id, work.now) == "ground"
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    clock.shift(timedelta(minutes=11))
    post.deliver()
    assert f"You said: “{BUS}”" in post.last_to("hodan@example.org").words.text
    assert "By phone. Said on Friday 26 February 2027." in desk.get(f"/desk/voices/{voice.ref}").text


def test_many_from_a_meeting_in_one_go(desk, database):
    page = desk.get("/desk/enter").press(
        "Add another", channel="meeting", consent="raised hands", **{"said-0-words": BUS}
    )
    page.press("Add another", **{"said-1-words": "The hall was cold.", "said-1-speaker": "young person"})
    assert voices(database) == []
    page.press("Keep it")
    assert {voice.channel for voice in voices(database)} == {Channel.MEETING}
    assert sorted(voice.speaker for voice in voices(database)) == [Speaker.PARENT_CARER, Speaker.YOUNG_PERSON]
    assert desk.text.count("your reference is ") == 2


def test_one_that_does_not_fit_keeps_all_that_was_typed_and_nothing_is_stored(desk, database):
    page = desk.get("/desk/enter").press("Add another", consent="yes", **{"said-0-words": BUS})
    page.press("Keep it", **{"said-1-words": "x", "said-1-tell": "y", "said-1-address": ""})
    assert desk.status == 422
    assert 'href="#said-1-address"' in desk.html
    assert "Write how to reach them, or take away the tick." in desk.text
    assert BUS in desk.html
    assert voices(database) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"consent": ""}, "Write how they said yes"),
        ({"said-0-words": ""}, "Write what you want to tell us."),
        ({"said-0-words": "x" * 5001}, "Please make this shorter"),
        ({"said-0-address": "nonsense", "said-0-tell": "y"}, "We can't read this address."),
        ({"said-0-naming": "named"}, "Write the first name that we may show."),
        ({"said-0-naming": "king"}, "Choose from the list."),
        ({"said-0-language": "so", "said-0-translation": "Bus"}, "Say who translated it, or how."),
        ({"said-0-translation": "Bus", "said-0-how": "Hodan"}, "Which language is it translated from?"),
        ({"said-0-language": "klingon"}, "Choose a language from the list."),
        ({"channel": "pigeon"}, "Choose how they said it."),
        ({"said_on-day": "2", "said_on-month": "3", "said_on-year": "2027"}, "This day has not come yet."),
        ({"said_on-day": "31", "said_on-month": "2", "said_on-year": "2027"}, "This must be a real date"),
    ],
)
def test_what_does_not_fit_is_said(desk, database, fields, sentence):
    keep(desk.get("/desk/enter"), **fields)
    assert (desk.status, sentence in desk.text) == (422, True)
    assert voices(database) == []


@pytest.mark.parametrize("blocks", ["-1", "99999999", "x", "31"])
def test_a_made_up_number_of_blocks_breaks_nothing(desk, blocks):
    keep(desk.get("/desk/enter"), blocks=blocks)
    assert desk.status == 200


def test_a_translation_stands_beside_what_was_said(desk, database, act):
    keep(desk.get("/desk/enter"), **{"said-0-words": "Basku waa daahay.", "said-0-language": "so",
         "said-0-translation": "The bus is late.", "said-0-how": "Hodan, link worker"})  # fmt: skip
    with database.reading() as session:
        text = session.exec(select(VoiceText)).one()
        assert (text.text, text.original, text.translated_how) == (
            "The bus is late.", "Basku waa daahay.", "Hodan, link worker",
        )  # fmt: skip
        assert not queries.needs_translating(session.exec(select(Voice)).one(), text)


def test_name_and_address_are_kept_only_with_a_yes_to_hear_or_to_be_named(desk, database):
    keep(desk.get("/desk/enter"), **{"said-0-name": "Hodan", "said-0-address": "hodan@example.org"})
    assert people(database) == []
    assert voices(database)[0].person_id is None
    keep(desk.get("/desk/enter"), **{"said-0-words": "Two", "said-0-name": "Ben", "said-0-naming": "named",
                                     "said-0-may_quote": "y"})  # fmt: skip
    assert [person.name for person in people(database)] == ["Ben"]
    with database.reading() as session:
        assert session.exec(select(ContactPoint).where(ContactPoint.address == "hodan@example.org")).all() == []


def test_somebody_we_know_keeps_the_name_she_gave_herself(act, amina, team, database):
    told = Entry(BUS, name="A. Yusuf", address="amina@example.org", tell=True)
    with act(team) as work:
        (voice,) = service.enter(work, [told], PHONE, "")
        assert voice.person_id == amina.id
    assert [person.name for person in people(database)] == ["Amina"]


def test_words_about_their_own_child_are_never_quoted(act, team):
    with act(team) as work:
        (voice,) = service.enter(work, [Entry(BUS, about=About.OWN_CHILD, may_quote=True)], PHONE, "")
    assert (voice.about, voice.may_quote) == (About.OWN_CHILD, False)


def test_the_same_page_sent_twice_is_kept_once(desk, database):
    page = desk.get("/desk/enter")
    form_id = next(box.get("value") for box in page.tree.iter("input") if box.get("name") == "form_id")
    keep(page, form_id=form_id)
    keep(desk.get("/desk/enter"), form_id=form_id)
    assert len(voices(database)) == 1


def test_what_may_be_urgent_heads_the_desk_here_too(act, team):
    with act(team) as work:
        (voice,) = service.enter(work, [Entry("She wants to die.")], PHONE, "")
    assert voice.urgent_at


def test_families_may_not(act, amina):
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.enter(work, [Entry(BUS)], PHONE, "")
