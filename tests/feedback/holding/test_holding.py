"""Held back means: not published, for a reason that its author reads. Never lost, never secret from her."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.feedback import forgetting
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.filing import queries as desk
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.holding import queries, service
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Sorting, Stage
from pyramid_app.kit.disclosure import Count, show
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes import queries as outcomes
from tests.builders import acting_as
from tests.feedback.holding.conftest import BECAUSE, WORDS, say

AMINA = "amina@example.org"
TEN, MORE = timedelta(minutes=10), timedelta(minutes=11)


def hold(act, team, voice, reason=Reason.IDENTIFIES, because=BECAUSE):
    with act(team) as work:
        return service.hold_back(work, voice.id, reason, because)


def now_of(database, voice):
    with database.reading() as session:
        return session.get_one(Voice, voice.id)


def on_the_desk(act):
    with act() as work:
        return [one.voice.id for one in desk.waiting(work.session, london_date(work.now))]


def test_it_leaves_the_desk_and_its_author_reads_why_after_ten_minutes(act, team, voice, post, clock, database):
    hold(act, team, voice)
    assert on_the_desk(act) == []
    assert now_of(database, voice).sorted_as is Sorting.HELD_BACK
    assert post.deliver() == 0
    clock.shift(TEN)
    post.deliver()
    (letter,) = post.to(AMINA)
    text = letter.words.text
    assert text.index(f"You said: “{WORDS}”") < text.index(BECAUSE) < text.index("tell us by Monday 29 March 2027")
    assert "/objection/" in text
    with database.reading() as session:
        assert feedback.raw_words(session, voice.id) == WORDS, "the desk keeps what was said"


def test_what_was_filed_disappears_from_every_page_and_its_author_still_hears_about_the_topic(
    act, team, amina, topic, voice, browser, post, clock, database
):
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=WORDS)
    assert WORDS in browser.get(f"/topics/{topic.ref}").text
    hold(act, team, voice)
    assert "Canaryteacher" not in browser.get(f"/topics/{topic.ref}").html
    with database.reading() as session:
        assert [text.stage for text in session.exec(select(VoiceText))] == [Stage.RAW]
        assert amina.id in outcomes.who_spoke(session, topic.id)
    clock.shift(MORE)
    post.deliver()
    assert [letter.words.subject for letter in post.to(AMINA)] == ["We are not publishing your words"]


def test_it_can_be_undone_until_the_letter_leaves(act, team, voice, post, clock, database, topic):
    hold(act, team, voice)
    with act(team) as work:
        service.undo(work, voice.id)
    assert on_the_desk(act) == [voice.id]
    clock.shift(MORE)
    assert post.deliver() == 0
    hold(act, team, voice)
    clock.shift(TEN)
    post.deliver()
    with pytest.raises(Conflict), act(team) as work:
        service.undo(work, voice.id)
    assert now_of(database, voice).sorted_as is Sorting.HELD_BACK


def test_undone_late_it_has_a_day_that_is_still_to_come(act, team, voice, clock, topic, run_jobs):
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=WORDS)
    clock.shift(timedelta(days=60))
    hold(act, team, voice)
    with act(team) as work:
        service.undo(work, voice.id)
    assert run_jobs("late voices") == 0, "it was answered in time"


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_counted_and_shown_by_the_small_number_rule_alone(act, team, second, amina, reason, clock):
    with act() as work:
        said = [say(work, amina, f"Words {number}.") for number in range(3)]
        start = work.now
    for one in said:
        hold(act, team, one, reason)
        if reason is Reason.VEXATIOUS:
            with act(second) as work:
                service.confirm(work, one.id)
    clock.shift(timedelta(days=1))
    with act() as work:
        counted = queries.held_by_reason(work.session, start, work.now)
        assert counted == {one: 3 if one is reason else 0 for one in Reason}
        assert all(isinstance(count, Count) for count in counted.values())
        assert show(counted[reason]).number is None
        assert queries.held_by_reason(work.session, work.now, work.now + timedelta(days=1))[reason] == 0


def test_a_reason_and_a_line_are_needed(act, team, voice):
    for reason, because, name in ((None, BECAUSE, "reason"), (Reason.OFF_TOPIC, "", "because")):
        with pytest.raises(Invalid) as refused:
            hold(act, team, voice, reason, because)
        assert set(refused.value.fields) == {name}
    assert on_the_desk(act) == [voice.id]


def test_words_about_one_child_are_never_published_anyway(act, team, amina):
    with act() as work:
        child = say(work, amina, about=About.OWN_CHILD)
    with pytest.raises(Conflict):
        hold(act, team, child)


def test_only_the_team(act, amina, voice):
    with pytest.raises(NotAllowed):
        hold(act, acting_as(amina), voice)


def test_vexatious_stays_on_the_desk_until_a_second_officer_agrees(
    act, team, second, sam, kim, voice, browser, new_browser, database
):
    hold(act, team, voice, Reason.VEXATIOUS, "It is only meant to hurt.")
    assert on_the_desk(act) == [voice.id]
    browser.sign_in(sam, staff=True).get("/desk")
    assert f"Hold back {voice.ref}? It is only meant to hurt." in browser.text
    assert "Needs a second officer" in browser.text
    browser.follow(f"Hold back {voice.ref}?")
    assert "You proposed this. Somebody else must decide." in browser.text
    assert "I agree: hold it back" not in browser.buttons()
    assert browser.post(f"/desk/voices/{voice.ref}/hold/confirm", {}).status == 403
    with pytest.raises(NotAllowed), act(team) as work:
        service.confirm(work, voice.id)
    assert now_of(database, voice).sorted_as is None
    other = new_browser().sign_in(kim, staff=True).get(f"/desk/voices/{voice.ref}/hold").press("I agree: hold it back")
    assert "Kim agreed." in other.text
    assert now_of(database, voice).sorted_as is Sorting.HELD_BACK
    with pytest.raises(Conflict), act(second) as work:
        service.confirm(work, voice.id)


def test_or_declines_and_nothing_is_left_of_it(act, team, second, voice, post, clock):
    hold(act, team, voice, Reason.VEXATIOUS)
    with act(second) as work:
        service.decline(work, voice.id)
        assert queries.proposed(work.session) == []
    assert on_the_desk(act) == [voice.id]
    clock.shift(MORE)
    assert post.deliver() == 0
    for verb in (service.confirm, service.decline):
        with pytest.raises(Conflict), act(second) as work:
            verb(work, voice.id)


def test_undoing_what_two_agreed_on_leaves_it_proposed(act, team, second, voice):
    hold(act, team, voice, Reason.VEXATIOUS)
    with act(second) as work:
        service.confirm(work, voice.id)
    with act(second) as work:
        service.undo(work, voice.id)
        assert [one.voice.id for one in queries.proposed(work.session)] == [voice.id]
    assert on_the_desk(act) == [voice.id]


def test_a_second_proposal_and_a_second_holding_are_refused(act, team, second, voice):
    hold(act, team, voice, Reason.VEXATIOUS)
    with pytest.raises(Conflict):
        hold(act, second, voice, Reason.OFF_TOPIC)
    with act(second) as work:
        service.confirm(work, voice.id)
    with pytest.raises(Conflict):
        hold(act, second, voice, Reason.OFF_TOPIC)


def test_what_its_author_takes_back_is_neither_held_nor_counted(act, team, amina, voice, post, clock, database):
    hold(act, team, voice)
    with act(acting_as(amina)) as work:
        forgetting.take_back(work, voice.id)
        assert queries.held_by_reason(work.session, work.now, work.now + TEN)[Reason.IDENTIFIES] == 0
    clock.shift(MORE)
    assert post.deliver() == 0
    with database.reading() as session:
        assert session.exec(select(HeldBack.because)).one() == ""


def test_from_the_message_page_to_z_on_the_desk(browser, sam, voice, database):
    browser.sign_in(sam, staff=True).get(f"/desk/voices/{voice.ref}").follow("Do not publish this: hold it back")
    browser.press("Hold it back", reason="because I can")
    assert browser.status == 422
    assert "There are no others." in browser.text
    browser.press("Hold it back", reason="off topic", because="It is about the weather.")
    assert "Sam on Monday 1 March 2027: It is about something else altogether." in browser.text
    assert "This is held back." in browser.get(f"/desk/voices/{voice.ref}").text
    browser.get("/desk").press(f"Z Take back {voice.ref}")
    assert now_of(database, voice).sorted_as is None
    with database.reading() as session:
        assert session.exec(select(HeldBack)).all() == []


def test_nobody_but_the_author_and_the_desk_sees_that_it_is_held(
    act, team, voice, browser, new_browser, amina, clock, topic
):
    hold(act, team, voice)
    page = f"/feedback/{voice.ref}"
    mine = new_browser().sign_in(amina)
    assert "not publishing" not in mine.get(page).text, "while it can be undone nobody is told"
    clock.shift(TEN)
    assert BECAUSE in mine.get(page).text
    assert BECAUSE in mine.get("/me").text
    for path in (page, "/", f"/topics/{topic.ref}", "/outcomes"):
        html = browser.get(path).html
        assert BECAUSE not in html
        assert "not publishing" not in html
        assert "held" not in html.lower()
    assert browser.post(f"{page}/objection", {"words": "Not mine."}).status == 404
