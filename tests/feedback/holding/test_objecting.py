"""The author objects, somebody who had no part in it decides, and she hears why by a promised day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, NotFound
from pyramid_app.base.work import working
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.holding import queries, service
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import Sorting
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.conftest import TESTS
from tests.feedback.holding.conftest import BECAUSE, WORDS, say

AMINA = "amina@example.org"
MINE = "Everybody knows who I mean, and it is true."


@pytest.fixture
def held(act, team, voice, post, clock):
    """Held back, and its author has the letter."""
    with act(team) as work:
        service.hold_back(work, voice.id, Reason.IDENTIFIES, BECAUSE)
    clock.shift(timedelta(minutes=10))
    post.deliver()
    return voice


@pytest.fixture
def objected(act, held):
    with act() as work:
        service.object_to(work, held.id, MINE)
    return held


def row(database):
    with database.reading() as session:
        return session.exec(select(HeldBack)).one()


def test_by_the_link_in_the_letter_which_a_scanner_cannot_use(held, post, browser, database, clock):
    link = post.link_to(AMINA, "objection")
    for _ in range(3):
        browser.get(link)
    assert browser.client.head(link).status_code == 200
    assert browser.answer.headers["Referrer-Policy"] == "no-referrer"
    assert row(database).objected_at is None
    browser.press("I do not agree", words="")
    assert (browser.status, "Write why you do not agree." in browser.text) == (422, True)
    browser.press("I do not agree", words=MINE)
    assert "you hear by Monday 15 March 2027." in browser.text
    assert row(database).objection == MINE
    again = browser.post(link, {"words": "And another thing."})
    assert (again.status, "You have told us already" in again.text) == (422, True)
    assert row(database).objection == MINE


def test_signed_in_on_the_page_of_the_reference(held, browser, amina, database):
    browser.sign_in(amina).get(f"/feedback/{held.ref}").press("I do not agree", words=MINE)
    assert browser.path == f"/feedback/{held.ref}"
    assert "you hear by Monday 15 March 2027." in browser.text
    assert row(database).objection == MINE


def test_unsigned_in_the_browser_that_told_us(browser, new_browser, act, team, clock, database):
    browser.get("/feedback/new/families").press("Send it", words=WORDS)
    with database.reading() as session:
        voice = session.exec(select(Voice)).one()
    with act(team) as work:
        service.hold_back(work, voice.id, Reason.OFF_TOPIC, BECAUSE)
    clock.shift(timedelta(minutes=10))
    assert BECAUSE not in new_browser().get(f"/feedback/{voice.ref}").text
    browser.get(f"/feedback/{voice.ref}").press("I do not agree", words=MINE)
    assert row(database).objection == MINE


@pytest.mark.parametrize(("days", "taken"), [(28, True), (29, False)])
def test_until_the_promised_day_and_no_longer(held, browser, post, clock, database, days, taken):
    clock.shift(timedelta(days=days))
    link = post.link_to(AMINA, "objection")
    browser.get(link)
    assert ("I do not agree" in browser.buttons()) == taken
    assert ("The 28 days in which you could object are over." in browser.text) != taken
    browser.post(link, {"words": MINE})
    assert (row(database).objected_at is not None) == taken


def test_a_link_for_something_else_opens_nothing(held, browser, post):
    token = post.link_to(AMINA, "objection").rsplit("/", 1)[1]
    for path in (f"/received/{token}", f"/objection/{token}A", "/objection/x", f"/p/{token}"):
        assert browser.get(path).status == 404


def test_it_comes_back_to_the_desk_with_a_day(objected, browser, sam, kim):
    browser.sign_in(sam, staff=True).get("/desk")
    assert f"The author of {objected.ref} does not agree {MINE} Answer by Monday 15 March 2027." in browser.text
    browser.follow(f"The author of {objected.ref} does not agree")
    assert "You held this back. Somebody else must decide." in browser.text
    assert "Decide, and write to the author" not in browser.buttons()
    browser.sign_in(kim, staff=True).get(f"/desk/voices/{objected.ref}/hold")
    assert "Decide, and write to the author" in browser.buttons()


def test_never_one_who_held_it_back(objected, act, team, database):
    with pytest.raises(NotAllowed), act(team) as work:
        service.decide(work, objected.id, publish=False, answer="I was right.")
    assert row(database).answered_at is None


def test_it_stays_held_back_and_the_author_reads_why(objected, browser, kim, post, amina, act, second):
    browser.sign_in(kim, staff=True).get(f"/desk/voices/{objected.ref}/hold")
    browser.press("Decide, and write to the author", publish="no", answer="")
    assert (browser.status, "Its author reads this line." in browser.text) == (422, True)
    browser.press("Decide, and write to the author", publish="no", answer="A person could be known.")
    assert "Kim decided on Monday 1 March 2027: It stays held back. A person could be known." in browser.text
    post.deliver()
    text = post.last_to(AMINA).words.text
    assert text.index(f"You said: “{WORDS}”") < text.index("A person could be known.") < text.index("Kim, SEND team")
    assert "It stays as it is. A person could be known." in browser.sign_in(amina).get(f"/feedback/{objected.ref}").text
    with pytest.raises(Conflict), act(second) as work:
        service.decide(work, objected.id, publish=True, answer="Again.")


def test_it_goes_ahead_is_filed_and_answered_like_any_other(
    objected, act, team, second, topic, post, clock, database, browser
):
    with act(second) as work:
        service.decide(work, objected.id, publish=True, answer="It is about the school, not about a person.")
        assert queries.held_by_reason(work.session, objected.received_at, work.now)[Reason.IDENTIFIES] == 0
    post.deliver()
    assert "You hear from us by Monday 15 March 2027." in post.last_to(AMINA).words.text
    with pytest.raises(Conflict), act(team) as work:
        service.hold_back(work, objected.id, Reason.OFF_TOPIC, "All the same.")
    with act(team) as work:
        filing.file_voice(work, objected.id, topic.id, cleared="A teacher is never there.")
        assert [quote.words for quote in feedback.public_voices(work.session, topic.id)] == [
            "A teacher is never there."
        ]
    clock.shift(timedelta(minutes=10))
    post.deliver()
    assert "I have put it here: School buses." in post.last_to(AMINA).words.text


def test_what_was_answered_once_is_answered_anew(act, team, second, topic, voice, post, clock):
    for cleared in ("Canaryteacher.", "A teacher."):
        with act(team) as work:
            filing.file_voice(work, voice.id, topic.id, cleared=cleared)
        clock.shift(timedelta(minutes=10))
        post.deliver()
        if cleared == "Canaryteacher.":
            with act(team) as work:
                service.hold_back(work, voice.id, Reason.IDENTIFIES, BECAUSE)
            clock.shift(timedelta(minutes=10))
            with act() as work:
                service.object_to(work, voice.id, MINE)
            with act(second) as work:
                service.decide(work, voice.id, publish=True, answer="Cleared, it may be shown.")
    answers = [letter for letter in post.to(AMINA) if letter.words.subject == "We have read your message"]
    assert len(answers) == 2


def test_when_nobody_decides_in_time_the_author_is_told_once(objected, run_jobs, post, clock, database, browser, sam):
    clock.shift(timedelta(days=14))
    assert run_jobs("late objections") == 0, "Monday 15 March is not over"
    clock.shift(timedelta(days=1))
    assert run_jobs("late objections") == 1
    assert run_jobs("late objections") == 0
    post.deliver()
    text = " ".join(post.last_to(AMINA).words.text.split())
    assert text.startswith(f"You said: “{WORDS}”")
    assert "We said you would hear by Monday 15 March 2027." in text
    assert "We will write to you by Thursday 1 April 2027." in text, "Good Friday and Easter Monday do not count"
    assert "Late The author of" in browser.sign_in(sam, staff=True).get("/desk").text


def test_for_vexatious_neither_of_the_two_decides(act, team, second, third, voice, clock):
    with act(team) as work:
        service.hold_back(work, voice.id, Reason.VEXATIOUS, BECAUSE)
    with act(second) as work:
        service.confirm(work, voice.id)
    clock.shift(timedelta(minutes=10))
    with act() as work:
        service.object_to(work, voice.id, MINE)
    for actor in (team, second):
        with pytest.raises(NotAllowed), act(actor) as work:
            service.decide(work, voice.id, publish=True, answer="Why not.")
    with act(third) as work:
        assert service.decide(work, voice.id, publish=True, answer="It says something.").upheld is False


def test_nothing_to_object_to_before_and_empty_words(act, voice, held):
    with pytest.raises(Invalid), act() as work:
        service.object_to(work, held.id, "")
    with act() as work:
        other = say(work, None)
    with pytest.raises(NotFound), act() as work:
        service.object_to(work, other.id, MINE)


def test_two_who_decide_at_once_are_one_decision(real_database, clock):
    """Two second officers, then two who decide about the objection: one of each, and one letter."""
    with working(real_database, TESTS) as work:
        the_area(work)
        voice, sam = say(work, a_member(work)), an_officer(work)
        others = [acting_as(an_officer(work, f"K{n}", f"k{n}@example.org"), Role.OFFICER) for n in range(6)]
    with working(real_database, acting_as(sam, Role.OFFICER)) as work:
        service.hold_back(work, voice.id, Reason.VEXATIOUS, BECAUSE)

    def try_it(actor, verb):
        try:
            with working(real_database, actor) as work:
                verb(work)
        except Conflict:
            return None
        return actor.person_id

    def at_once(actors, verb):
        with ThreadPoolExecutor(6) as pool:
            return [one for one in pool.map(lambda actor: try_it(actor, verb), actors) if one]

    (second,) = at_once(others, lambda work: service.confirm(work, voice.id))
    clock.shift(timedelta(minutes=10))
    with working(real_database, TESTS) as work:
        service.object_to(work, voice.id, MINE)
    free = [actor for actor in others if actor.person_id != second]
    (third,) = at_once(free, lambda work: service.decide(work, voice.id, publish=False, answer="No."))
    one = row(real_database)
    assert (one.second_by_id, one.answered_by_id, one.upheld) == (second, third, True)
    with real_database.reading() as session:
        assert session.exec(select(Voice.sorted_as)).one() is Sorting.HELD_BACK
