"""A lead asks one person, by name and with a reason; only their own press answers."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import queries as people
from pyramid_app.base import clock as the_clock
from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.base.outbox.models import Letter
from pyramid_app.kit.disclosure import show
from pyramid_app.participation import invitations, queries
from pyramid_app.participation.models import Invitation
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.participation.builders import an_invitation

ROSA = "rosa@example.org"
ASK = {"name": "Rosa", "address": ROSA, "level": "group", "why": "You ask good questions.\nAnd you listen."}


@pytest.fixture
def lead(act):
    with act() as work:
        the_area(work)
        return an_officer(work, name="Lea", lead=True)


@pytest.fixture
def as_lead(act, lead):
    return lambda: act(acting_as(lead, Role.OFFICER, Role.LEAD))


@pytest.fixture
def link(as_lead, post):
    with as_lead() as work:
        an_invitation(work, ROSA)
    post.deliver()
    return post.link_to(ROSA, "invitation")


def level_of(database, address=ROSA):
    with database.reading() as session:
        person = people.find_by_address(session, address)
        return queries.find_level_of(session, person.id, the_clock.now()) if person else None


def stored(database):
    """Everything that the database still holds of the invitation and its letter."""
    with database.reading() as session:
        asked = session.exec(select(Invitation)).one()
        letter = session.exec(select(Letter).where(Letter.kind == "invitation")).one()
        return f"{asked.model_dump()} {letter.model_dump()}"


def test_one_letter_from_whom_and_why(browser, lead, post):
    browser.sign_in(lead, staff=True).get("/desk/people/invitations").press("Send the invitation", **ASK)
    assert (browser.path, browser.status) == ("/desk/people/invitations", 200)
    assert "Rosa, Co-production Group Invited on Monday 1 March 2027" in browser.text
    assert post.deliver() == 1
    letter = post.last_to(ROSA).words
    assert letter.subject == "Lea asks if you would like to take part"
    for words in ("Hello Rosa.", "You ask good questions.", "Co-production Group", "by Friday 30 April 2027", "reply"):
        assert words in letter.text
    assert "[[link]]" not in letter.text
    assert not {"SEND", "disab"} & set(letter.subject.split())


def test_the_form_says_what_is_missing(browser, lead, post):
    browser.sign_in(lead, staff=True).get("/desk/people/invitations").press("Send the invitation", name="Rosa")
    assert browser.status == 422
    for words in ("Write their e-mail address.", "Choose what you ask them to be part of.", "Write why you ask them."):
        assert words in browser.text
    assert 'href="#level"' in browser.html
    assert 'id="level"' in browser.html
    assert post.deliver() == 0


def test_nobody_is_asked_twice_while_we_wait(browser, lead, post):
    browser.sign_in(lead, staff=True).get("/desk/people/invitations").press("Send the invitation", **ASK)
    browser.press("Send the invitation", **ASK)
    assert browser.status == 422
    assert "This person has been invited already." in browser.text
    assert post.deliver() == 1


def test_nobody_is_asked_to_sit_where_no_seat_is_free(act, as_lead):
    with act() as work:
        for n in range(8):
            a_member(work, f"rep{n}@example.org", "group")
    with pytest.raises(Invalid) as refused, as_lead() as work:
        an_invitation(work)
    assert list(refused.value.fields) == ["level"]


def test_officers_do_not_invite(act, lead):
    with act() as work:
        officer = an_officer(work, address="other@council.example.org")
    with pytest.raises(NotAllowed), act(acting_as(officer, Role.OFFICER)) as work:
        an_invitation(work)


def test_an_invitation_is_not_a_membership(act, link, database):
    with act() as work:
        assert people.find_by_address(work.session, ROSA) is None
        assert queries.voting_people(work.session, work.now) == []
        assert {show(n).number for n in queries.count_by_level(work.session, work.now).values()} == {0}


def test_opening_the_link_answers_nothing(browser, link, database):
    for _ in range(3):
        browser.get(link)
    assert browser.status == 200
    assert "Lea, SEND team, asks you:" in browser.text
    assert browser.answer.headers["Referrer-Policy"] == "no-referrer"
    assert level_of(database) is None


def test_yes_needs_the_tick_and_then_one_is_in(browser, link, database):
    browser.get(link).press("Yes, I'll take part")
    assert (browser.status, level_of(database)) == (422, None)
    browser.press("Yes, I'll take part", cares="y")
    assert (browser.path, level_of(database)) == ("/welcome", "group")
    assert 'value="Rosa"' in browser.html
    assert "rosa" not in stored(database).lower()


def test_to_be_told_only_no_tick_is_asked(browser, as_lead, post, database):
    with as_lead() as work:
        an_invitation(work, ROSA, level="ground")
    post.deliver()
    browser.get(post.link_to(ROSA, "invitation")).press("Yes, I'll take part")
    assert level_of(database) == "ground"
    browser.press("parliament")
    assert (browser.status, level_of(database)) == (422, "ground")
    browser.press("parliament", cares="y")
    assert level_of(database) == "parliament"


def test_no_forgets_at_once(browser, link, database):
    browser.get(link).press("No, thank you")
    assert browser.path == "/declined"
    assert level_of(database) is None
    assert "rosa" not in stored(database).lower()


def test_whoever_we_know_is_lifted_but_the_letter_does_not_sign_them_in(browser, act, link, database):
    with act() as work:
        a_member(work, ROSA)
    browser.get(link).press("Yes, I'll take part", cares="y")
    assert (browser.path, level_of(database)) == ("/accepted", "group")
    assert browser.get("/me").path == "/sign-in"


@pytest.mark.parametrize("answer", ["Yes, I'll take part", "No, thank you"])
def test_a_used_link_leads_on_kindly(browser, new_browser, link, answer):
    second = new_browser().get(link)
    browser.get(link).press(answer, cares="y")
    assert new_browser().get(link).status == 404
    late = second.press(answer, cares="y")
    assert late.status == 404
    assert "You need no invitation for that." in late.text


def test_a_made_up_link_looks_the_same(browser, link):
    browser.get("/invitation/made-up")
    assert (browser.status, "You need no invitation for that." in browser.text) == (404, True)
    assert browser.get(link + "x").status == 404


def test_without_an_answer_it_is_forgotten(browser, link, clock, run_jobs, database):
    clock.shift(timedelta(days=60) - timedelta(seconds=1))
    assert run_jobs("forget invitations") == 0
    assert browser.get(link).status == 200
    clock.shift(timedelta(seconds=1))
    assert browser.get(link).status == 404
    assert run_jobs("forget invitations") == 1
    assert "rosa" not in stored(database).lower()
    assert run_jobs("forget invitations") == 0


def test_a_letter_that_could_not_leave_is_not_sent_once_answered(as_lead, post, database):
    with as_lead() as work:
        asked = an_invitation(work)
    with as_lead() as work:
        invitations.decline(work, asked.id)
    assert post.deliver() == 0
    assert post.letters == []
