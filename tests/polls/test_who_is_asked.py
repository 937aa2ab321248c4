"""Whom a poll asks: levels, wards, places to learn, a fixed roll, and young people beside families."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.area import service as area_service
from pyramid_app.ballots.rules import Roll
from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import Speaker
from pyramid_app.participation import queries as people
from pyramid_app.participation import service as participation
from pyramid_app.participation.rules import Circle
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.models import Poll
from pyramid_app.polls.results.queries import find_document, get_result
from tests.ballots.builders import a_key
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import BUS, CAME, OWN_WORDS, a_draft, a_poll, boxes, chosen
from tests.polls.conftest import TEAM

pytestmark = pytest.mark.usefixtures("area")


@pytest.fixture
def wards(act):
    with act(TEAM) as work:
        area_service.change_settings(work, {"wards": ["North", "South"]}, "for tests")


def answer(act, poll, person, pick=0):
    with act(acting_as(person)) as work:
        return answering.answer_signed_in(work, poll.id, chosen(work, poll, pick), CAME)


def test_a_level_asks_those_above_it_too_and_nobody_below(act, keys):
    with act(TEAM) as work:
        low, middle = (a_member(work, f"{level}@example.org", level) for level in ("parliament", "consultative"))
        poll = a_poll(work, keys, circle=Circle(levels=("consultative",)))
        high = a_member(work, "group@example.org", "group")
    answer(act, poll, middle)
    answer(act, poll, high)
    with pytest.raises(NotAllowed, match="some of it"):
        answer(act, poll, low)


@pytest.mark.parametrize("circle", [Circle(wards=("North",)), Circle(places=("Special school",)),
                                    Circle(wards=("North",), places=("Special school",))])  # fmt: skip
def test_a_ward_or_a_place_to_learn_asks_those_who_told_it(act, keys, wards, circle, run_jobs, post):
    with act(TEAM) as work:
        one, other, silent = (a_member(work, f"{name}@example.org") for name in ("one", "other", "silent"))
        participation.tell_facts(work, one.id, "North", "Special school")
        participation.tell_facts(work, other.id, "South", "At home")
        poll = a_poll(work, keys, circle=circle)
    run_jobs("invite")
    post.deliver()
    assert [letter.address for letter in post.letters] == ["one@example.org"]
    answer(act, poll, one)
    for person in (other, silent):
        with pytest.raises(NotAllowed):
            answer(act, poll, person)


def test_only_what_the_area_knows_can_be_told(act, wards):
    with act(TEAM) as work:
        amina = a_member(work)
    with pytest.raises(Invalid), act(TEAM) as work:
        participation.tell_facts(work, amina.id, "Atlantis", "")


def test_a_family_tells_and_takes_back(act, wards, browser, database):
    with act(TEAM) as work:
        amina = a_member(work)
    browser.sign_in(amina).get("/me/family").press("Save", ward="North", place="At home")
    assert (
        'value="North" selected'
        in browser.get("/me/family").html.replace('selected="selected"', "selected").replace("selected value", "value")
        or "North" in browser.html
    )
    browser.press("Save", ward="", place="nonsense")
    assert browser.status == 422
    browser.press("Save", ward="", place="")
    with database.reading() as session:
        assert people.facts_of(session, amina.id).ward == ""


def test_a_fixed_roll_is_who_stood_so_when_it_opened(act, keys, clock, browser, post):
    with act(TEAM) as work:
        early = a_member(work, "early@example.org")
        poll = a_poll(work, keys, roll=Roll.FIXED)
    clock.shift(timedelta(days=1))
    with act(TEAM) as work:
        late = a_member(work, "late@example.org")
    answer(act, poll, early)
    with pytest.raises(NotAllowed):
        answer(act, poll, late)


def test_the_officer_sees_how_many_before_scheduling(act, browser, keys):
    with act(TEAM) as work:
        sam = an_officer(work)
        for number in range(12):
            a_member(work, f"p{number}@example.org", "consultative" if number < 7 else "parliament")
        everyone, some = a_draft(work), a_draft(work, title="Some", circle=Circle(levels=("consultative",)))
    browser.sign_in(sam, staff=True)
    assert "Families who will be asked now: 10 or more" in browser.get(f"/desk/polls/{everyone.ref}/schedule").text
    assert "Families who will be asked now: 5 or more" in browser.get(f"/desk/polls/{some.ref}/schedule").text


def test_young_people_answer_the_same_and_stand_beside_families(
    act, keys, browser, new_browser, post, database, run_jobs, clock
):
    with act(TEAM) as work:
        sam = an_officer(work)
        poll = a_poll(work, keys, questions=(BUS,))
        mother = a_member(work, "home@example.org")
    browser.sign_in(sam, staff=True)
    browser.post(f"/desk/polls/{poll.ref}/young-people", {})
    ref = browser.path.rsplit("/", 1)[1]
    with act(TEAM) as work:
        a_key(work, keys)
        twin = asking.schedule(work, asking.queries.get_draft(work.session, ref).id, 2, None, poll.closes_at)
        raw = boxes(chosen(work, twin, 1))
    answer(act, poll, mother, 0)
    with pytest.raises(NotAllowed):
        answer(act, twin, mother, 0)
    young = new_browser().get(f"/q/{ref}").press("Go on", **raw)
    assert "I am aged 11 to 25" in young.text
    young.press("Send me a code", young="y", first="y", address="home@example.org")
    post.deliver()
    young.press("Send my answer", code=post.code_to("home@example.org"))
    assert "Your answer is in." in young.text
    clock.move_to(poll.closes_at)
    run_jobs("count")
    with database.reading() as session:
        families, youth = session.get_one(Poll, poll.id), session.get_one(Poll, twin.id)
        assert find_document(session, families).answered == find_document(session, youth).answered
        assert get_result(session, families.ref, poll.closes_at).beside == find_document(session, youth)
        assert get_result(session, youth.ref, poll.closes_at).beside == find_document(session, families)
    assert "What young people said to the same question" in browser.get(f"/polls/{poll.ref}/results").text
    file = browser.client.get(f"/polls/{poll.ref}/results.csv").get_data(as_text=True)
    assert "What young people said to the same question: How is the bus" in file


def test_what_young_people_write_is_theirs_and_not_their_parents(act, keys, database, run_jobs, clock):
    with act(TEAM) as work:
        families = a_draft(work, questions=(BUS, OWN_WORDS))
        twin = asking.ask_young_people_too(work, families.id)
        a_key(work, keys)
        twin = asking.schedule(work, twin.id, twin.version, None, work.now + timedelta(days=14, hours=4))
        someone = accounts.person_at(work, "kid@example.org", PersonKind.YOUNG_PERSON)
        bus, words = queries.paper_of(work.session, twin).questions
    with act(acting_as(someone)) as work:
        box = {bus.id.hex: ["not sure"], words.id.hex: ["It is loud."]}
        answering.answer_signed_in(work, twin.id, box, CAME)
    clock.move_to(twin.closes_at)
    run_jobs("count")
    with database.reading() as session:
        assert [voice.speaker for voice in session.exec(select(Voice))] == [Speaker.YOUNG_PERSON]
