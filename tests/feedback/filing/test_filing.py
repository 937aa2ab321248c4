"""Filing is answering; it can be undone for ten minutes; an own child's words never leave the desk."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.feedback import queries, service
from pyramid_app.feedback.filing import queries as desk
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Speaker, Stage
from pyramid_app.kit.texts import london_date
from tests.builders import acting_as, an_officer

BUS = "The bus comes at a new time each day."
ADDRESS = "amina@example.org"


def say(work, person=None, **facts):
    values = {"about": About.SYSTEM, "speaker": Speaker.PARENT_CARER, "text": BUS, "may_quote": True}
    return service.receive(work, **{**values, "person_id": person.id if person else None, **facts})


@pytest.fixture
def voice(act, amina):
    with act() as work:
        return say(work, amina)


def test_filing_sends_the_first_answer_after_ten_minutes(act, team, topic, voice, post, clock):
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS, note="I have asked the bus team.")
    post.deliver()
    assert post.letters == []
    clock.shift(timedelta(minutes=10))
    post.deliver()
    (letter,) = post.to(ADDRESS)
    text = letter.words.text
    assert text.index("Hello Amina") < text.index(f"You said: “{BUS}”") < text.index("I have asked the bus team.")
    assert "School transport comes within ten minutes of its time." in text
    assert "Monday 12 April 2027, even if there is no news" in text
    assert "Sam, SEND team" in text
    assert "You can reply to this." in text
    assert letter.sender.reply_to


def test_it_can_be_taken_back_until_then_and_not_after(act, team, topic, voice, post, clock, database):
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    with act(team) as work:
        filing.undo(work, voice.id)
    clock.shift(timedelta(minutes=11))
    post.deliver()
    assert post.letters == []
    with act(team) as work:
        assert [one.voice.id for one in desk.waiting(work.session, london_date(work.now))] == [voice.id]
        assert queries.cleared_voices(work.session, topic.id) == []
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    clock.shift(timedelta(minutes=11))
    post.deliver()
    with pytest.raises(Conflict), act(team) as work:
        filing.undo(work, voice.id)
    assert len(post.to(ADDRESS)) == 1


def test_the_second_officer_is_told_who_was_first(act, team, topic, voice):
    with act() as work:
        kim = an_officer(work, "Kim", "kim@council.example.org")
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    with pytest.raises(Conflict) as refused, act(acting_as(kim, *team.roles)) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    assert refused.value.reason.facts["who"] == "Sam"


def test_three_texts_are_kept_apart(act, team, amina, topic, clock):
    with act() as work:
        quoted = say(work, amina)
    clock.shift(timedelta(minutes=1))
    with act() as work:
        quiet = say(work, amina, may_quote=False, text="Only for you.")
    with act(team) as work:
        filing.file_voice(work, quoted.id, topic.id, cleared="The bus is never on time.")
        filing.file_voice(work, quiet.id, topic.id, cleared="Quiet, cleared.")
    with act() as work:
        assert [quote.words for quote in queries.public_voices(work.session, topic.id)] == ["The bus is never on time."]
        assert queries.cleared_voices(work.session, topic.id) == ["The bus is never on time.", "Quiet, cleared."]


def test_my_own_childs_words_never_become_cleared_or_public(act, team, amina, topic, browser):
    with act() as work:
        voice = say(work, amina, about=About.OWN_CHILD, text="His name is a canary.", may_quote=True)
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="His name is a canary.")
    with act() as work:
        stages = work.session.exec(select(VoiceText.stage).where(VoiceText.voice_id == voice.id)).all()
    assert stages == [Stage.RAW]
    for path in ("/", f"/topics/{topic.ref}", "/outcomes", f"/feedback/{voice.ref}", "/charter/commitments/9"):
        assert "canary" not in browser.get(path).html


def test_an_unnamed_voice_gets_no_letter_and_counts(act, team, topic, post, clock):
    with act() as work:
        voice = say(work)
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
        assert queries.count_voices(work.session, topic.id) == 1
    clock.shift(timedelta(minutes=11))
    assert post.deliver() == 0


def test_only_the_team_files_and_cleared_words_are_needed(act, amina, team, topic, voice):
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    with pytest.raises(Invalid) as refused, act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="")
    assert "cleared" in refused.value.fields


def test_on_the_desk_from_message_to_new_topic(browser, sam, voice, database, act):
    browser.sign_in(sam, staff=True).get("/desk").follow(f"Message {voice.ref}")
    browser.press("File it and send the answer")
    assert browser.status == 422
    assert "Give the topic a short name." in browser.text
    assert BUS in browser.text
    browser.press("File it and send the answer", title="Buses", commitments=["9", "10"])
    assert browser.path == "/desk"
    assert f"Z Take back {voice.ref}" in browser.buttons()
    assert "Buses" in browser.get("/topics").text
    with database.reading() as session:
        assert session.exec(select(Voice.topic_id)).one() is not None


@pytest.mark.parametrize("topic_id", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_topic_that_is_none_is_not_found_and_nothing_is_filed(browser, sam, voice, database, topic_id):
    browser.sign_in(sam, staff=True).get(f"/desk/voices/{voice.ref}")
    browser.press("File it and send the answer", topic=topic_id)
    assert browser.status == 404
    with database.reading() as session:
        assert session.exec(select(Voice.topic_id)).one() is None


def test_when_nobody_files_it_in_time_we_say_so_by_ourselves_once(act, voice, post, run_jobs, clock, database):
    clock.shift(timedelta(days=15))
    assert run_jobs("late voices") == 1
    assert run_jobs("late voices") == 0
    post.deliver()
    (letter,) = post.to(ADDRESS)
    assert f"You said: “{BUS}”" in letter.words.text
    assert "We said you would hear by Monday 15 March 2027." in letter.words.text
    with database.reading() as session:
        late = session.exec(select(Voice)).one()
    assert late.word_owed
    assert f"We will write to you by {late.next_word_on:%A} {late.next_word_on.day}" in " ".join(
        letter.words.text.split()
    )
