"""One mailbox, one answer: leaving and coming back, other spellings, two people with one mailbox."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.accounts.shared import service as shared
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.ballots.service import Cast
from pyramid_app.base.actor import Role
from pyramid_app.participation import service as participation
from pyramid_app.polls.answering import places
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.results.models import PollResult
from tests.ballots.builders import a_key
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import CAME, a_draft, a_poll, boxes, chosen
from tests.polls.conftest import TEAM
from tests.support.statements import counting


@pytest.fixture
def began_asking(poll, clock):
    """Whoever joins from now on is a newcomer."""
    clock.shift(timedelta(minutes=5))
    return poll


def joins(act, address):
    with act() as work:
        person = accounts.person_at(work, address)
        participation.join(work, person.id)
        return person


def answers(act, poll, person, pick=0, came=CAME):
    with act(acting_as(person)) as work:
        return answering.answer_signed_in(work, poll.id, chosen(work, poll, pick, [0]), came)


def leaves(act, person):
    with act(acting_as(person)) as work:
        participation.leave(work, person.id)


def moves_to(act, person, address):
    """A second address is confirmed, and every other one ended."""
    with act(acting_as(person)) as work:
        kept = accounts.add_contact_point(work, person.id, address)
        for point in people.list_contact_points(work.session, person.id):
            if point.id != kept.id:
                accounts.end_contact_point(work, person.id, point.id, proved=True)


def how_many(database, table):
    with database.reading() as session:
        return len(session.exec(select(table)).all())


def counted(database, run_jobs, clock, poll):
    clock.move_to(poll.closes_at)
    run_jobs("count")
    with database.reading() as session:
        return session.get_one(PollResult, poll.id)


def comes_and_goes(act, clock, poll, times):
    """Join, answer, leave, from one mailbox; what became of each envelope."""
    outcomes = []
    for number in range(times):
        person = joins(act, "oneparent@example.org")
        outcomes.append(answers(act, poll, person, number % 3))
        leaves(act, person)
        clock.shift(timedelta(minutes=40))
    return outcomes


def test_whoever_leaves_and_comes_back_changes_her_answer(act, began_asking, database, run_jobs, clock):
    outcomes = comes_and_goes(act, clock, began_asking, 12)
    assert outcomes == [Cast.FIRST, *[Cast.CHANGED] * 11]
    assert how_many(database, Envelope) == how_many(database, RollEntry) == 1
    result = counted(database, run_jobs, clock, began_asking)
    assert (result.on_roll, result.answered) == (1, 1)


def test_without_marks_each_return_would_be_one_more_answer(act, began_asking, database, run_jobs, clock, monkeypatch):
    """The known-bad way."""
    monkeypatch.setattr(places, "marks_of", lambda _session, _secret, _ballot, ids, _first="": {one: [] for one in ids})
    comes_and_goes(act, clock, began_asking, 8)
    assert counted(database, run_jobs, clock, began_asking).answered == 8


def test_twenty_five_spellings_are_one_answer(act, began_asking, database):
    spellings = [f"oneparent+{n}@gmail.com" for n in range(20)]
    spellings += ["one.parent@gmail.com", "o.neparent@googlemail.com", "ONEPARENT@GMAIL.COM", "o.n.e.parent@gmail.com"]
    for number, address in enumerate(["oneparent@gmail.com", *spellings]):
        answers(act, began_asking, joins(act, address.lower()), number % 3)
    assert how_many(database, Envelope) == how_many(database, RollEntry) == 1
    assert how_many(database, Person) == 1


def test_through_the_newsletter_too(new_browser, post, act, began_asking, database, clock):
    with act() as work:
        raw = boxes(chosen(work, began_asking, 0, [0]))
    for address in ("new+one@example.org", "new@example.org"):
        browser = new_browser().get(f"/q/{began_asking.ref}").press("Go on", **raw)
        browser.press("Send me a code", cares="y", first="y", address=address)
        post.deliver()
        browser.press("Send my answer", code=post.code_to(address))
        assert browser.path.endswith("/thanks")
        with act() as work:
            person = people.find_by_address(work.session, address)
        leaves(act, person)
        clock.shift(timedelta(minutes=40))
    assert how_many(database, Envelope) == 1


def test_a_place_of_the_opening_is_found_again_and_stays_one_of_the_opening(act, poll, keys, database, run_jobs, clock):
    amina = joins(act, "amina@example.org")
    run_jobs("invite")
    clock.shift(timedelta(hours=1))
    assert answers(act, poll, amina) is Cast.FIRST
    leaves(act, amina)
    again = joins(act, "amina+again@example.org")
    assert again.id != amina.id
    assert answers(act, poll, again, 1) is Cast.CHANGED
    result = counted(database, run_jobs, clock, poll)
    assert (result.on_roll, result.answered, result.joined_while_open) == (1, 1, 0)
    with database.reading() as session:
        (entry,) = session.exec(select(RollEntry)).all()
        assert (entry.person_id, entry.took_part, entry.mark) == (again.id, True, None)


def test_a_mark_tells_nothing_and_goes_with_the_envelopes(act, poll, database, run_jobs, clock):
    amina = joins(act, "amina@example.org")
    run_jobs("invite")
    with database.reading() as session:
        (entry,) = session.exec(select(RollEntry)).all()
        assert entry.mark is not None
        assert len(entry.mark) == 64
    answers(act, poll, amina)
    counted(database, run_jobs, clock, poll)
    with database.reading() as session:
        assert [one.mark for one in session.exec(select(RollEntry))] == [None]


def test_everybody_is_marked_at_the_opening_with_as_many_statements_for_fifty_as_for_five(act, area, keys, run_jobs):
    def statements(number):
        with act(TEAM) as work:
            for n in range(number):
                a_member(work, f"m{n}@example.org")
            a_poll(work, keys, title=f"Asked {number}")
        with counting() as seen:
            run_jobs("invite")
        return sum("contact_point" in one for one in seen)

    assert statements(5) == statements(50)


def test_an_answer_on_a_place_that_is_there_looks_at_no_mailbox(act, poll, run_jobs, monkeypatch):
    amina = joins(act, "amina@example.org")
    run_jobs("invite")
    monkeypatch.setattr(answering, "newcomer", None)
    assert answers(act, poll, amina) is Cast.FIRST
    assert answers(act, poll, amina) is Cast.CHANGED


# Two people, one mailbox ---------------------------------------------------------------------------------------------


@pytest.fixture
def sharers(act, began_asking):
    """Amina, and her partner who has no other mailbox any more."""
    amina, partner = joins(act, "home@example.org"), joins(act, "partner@example.org")
    moves_to(act, partner, "home+partner@example.org")
    return amina, partner


def test_the_second_is_told_kindly_and_counts_when_the_desk_has_confirmed(
    new_browser, act, began_asking, sharers, database
):
    amina, partner = sharers
    assert answers(act, began_asking, amina) is Cast.FIRST
    with act() as work:
        raw, sam = boxes(chosen(work, began_asking, 1, [1])), an_officer(work)
    browser = new_browser().sign_in(partner).get(f"/polls/{began_asking.ref}/paper").press("Go on", **raw)
    browser.press("Send my answer")
    assert (browser.status, "please ring us on 020 7946 0000, so that both of you count" in browser.text) == (409, True)
    assert "Your answers are below. They were not sent." in browser.text
    assert how_many(database, Envelope) == 1
    desk = new_browser().sign_in(sam, staff=True).get("/desk").follow("Somebody says that two people share an address")
    assert "h•••@example.org" in desk.text
    desk.press("They are two people: h•••@example.org")
    assert "Nobody is waiting for you." in desk.text
    assert answers(act, began_asking, partner) is Cast.FIRST
    assert answers(act, began_asking, partner) is Cast.CHANGED
    assert how_many(database, Envelope) == 2


def test_only_an_officer_can_confirm(act, began_asking, sharers):
    amina, partner = sharers
    answers(act, began_asking, amina)
    answers(act, began_asking, partner)
    with pytest.raises(Exception, match="Only the team"), act(acting_as(amina)) as work:
        shared.confirm(work, partner.id)


def test_what_was_confirmed_is_forgotten_with_the_address(act, began_asking, sharers, database):
    amina, partner = sharers
    answers(act, began_asking, amina)
    answers(act, began_asking, partner)
    with act() as work:
        sam = an_officer(work)
    with act(acting_as(sam, Role.OFFICER)) as work:
        shared.confirm(work, partner.id)
    leaves(act, partner)
    with database.reading() as session:
        dump = str([list(row) for row in session.connection().exec_driver_sql("SELECT * FROM shared_mailbox")])
    assert dump == "[]"


def test_an_address_that_somebody_else_uses_now_is_no_second_answer(act, began_asking, database):
    amina = joins(act, "work@example.org")
    answers(act, began_asking, amina)
    moves_to(act, amina, "amina@example.org")
    successor = joins(act, "work@example.org")
    assert successor.id != amina.id
    assert answers(act, began_asking, successor) is None
    assert how_many(database, Envelope) == 1


def test_at_the_opening_the_second_has_no_place_and_the_desk_knows(act, area, keys, run_jobs, database, new_browser):
    amina, partner = joins(act, "home@example.org"), joins(act, "partner@example.org")
    moves_to(act, partner, "home@example.org")
    with act(TEAM) as work:
        a_poll(work, keys)
        sam = an_officer(work)
    run_jobs("invite")
    with database.reading() as session:
        assert [entry.person_id for entry in session.exec(select(RollEntry))] == [amina.id]
    assert "Somebody says that two people share an address" in new_browser().sign_in(sam, staff=True).get("/desk").text


def test_a_young_person_at_her_parents_mailbox_answers_what_young_people_are_asked(act, area, keys, database):
    with act(TEAM) as work:
        theirs, families = a_poll(work, keys, title="For families"), a_draft(work)
        twin = asking.ask_young_people_too(work, families.id)
        a_key(work, keys)
        ours = asking.schedule(work, twin.id, twin.version, None, work.now + timedelta(days=14, hours=4))
        kid = accounts.person_at(work, "home@example.org", PersonKind.YOUNG_PERSON)
    parent = joins(act, "home@example.org")
    with act(acting_as(parent)) as work:
        assert answering.answer_signed_in(work, theirs.id, chosen(work, theirs, 0), CAME) is Cast.FIRST
    with act(acting_as(kid)) as work:
        assert answering.answer_signed_in(work, ours.id, chosen(work, ours, 0), CAME) is Cast.FIRST
    assert how_many(database, Envelope) == 2
