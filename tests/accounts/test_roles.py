"""What a lead does about the staff: one act, one letter to whoever it is about, one to every other lead."""

import threading
from datetime import date

import pytest
from sqlmodel import select

from pyramid_app.accounts import queries, service, staff_queries, staff_service
from pyramid_app.accounts.away import queries as away_queries
from pyramid_app.accounts.away import service as away_service
from pyramid_app.accounts.rules import Did
from pyramid_app.base import clock
from pyramid_app.base.actor import Role, system
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Invalid, NotAllowed, Refused
from pyramid_app.base.work import working
from tests.builders import a_member, acting_as, an_officer, the_area

SITE = "http://localhost"
KIM = "kim@council.example.org"
LEA, NED = "lea@council.example.org", "ned@council.example.org"
BOTH = (Role.OFFICER, Role.LEAD)
TODAY, LATER = date(2027, 3, 1), date(2027, 3, 8)


@pytest.fixture
def lea(act):
    with act() as work:
        the_area(work)
        return an_officer(work, "Lea", LEA, lead=True)


@pytest.fixture
def ned(act, lea):
    with act() as work:
        return an_officer(work, "Ned", NED, lead=True)


@pytest.fixture
def sue(act, lea):
    with act() as work:
        return an_officer(work, "Sue", "sue@council.example.org")


@pytest.fixture
def by_lea(act, lea):
    return lambda: act(acting_as(lea, *BOTH))


def invite(work, address=KIM, roles=(Role.OFFICER,), name="Kim"):
    return staff_service.invite(work, name=name, job="Bus team", address=address, roles=roles, site=SITE)


def did(database, what):
    with database.reading() as session:
        return len(session.exec(select(AuditEntry).where(AuditEntry.did == what)).all())


class TestInviting:
    def test_one_letter_and_she_can_sign_in(self, by_lea, ned, post, browser, database):
        with by_lea() as work:
            kim = invite(work)
        post.deliver()
        letter = post.last_to(KIM).words
        assert letter.subject == "You can sign in now"
        for words in ("Hello Kim.", "I am Lea.", "officer: Reads what families say", "/sign-in", "no password"):
            assert words in letter.text
        assert "SEND" not in letter.subject + letter.one_line
        browser.get("/sign-in").press("Send me a code", address=KIM)
        post.deliver()
        browser.press("Go on", code=post.code_to(KIM))
        assert browser.hat("staff").path == "/desk"
        with database.reading() as session:
            assert queries.find_by_address(session, KIM).id == kim.id
            assert staff_queries.not_here_yet(session, [kim.id]) == set()

    def test_every_other_lead_is_told_and_nobody_else(self, by_lea, ned, sue, post, database):
        with by_lea() as work:
            invite(work)
        post.deliver()
        assert {parcel.address for parcel in post.letters} == {KIM, NED}
        told = post.last_to(NED).words
        assert told.subject == "Kim was asked to help here"
        assert "- officer" in told.text
        assert "Lea did this." in told.text
        assert did(database, Did.STAFF_INVITED) == 1

    def test_nothing_goes_to_an_address_that_nobody_has_proved(self, by_lea, ned, post):
        with by_lea() as work:
            kim = invite(work, roles=BOTH)
        post.deliver()
        with by_lea() as work:
            staff_service.change(work, kim.id, give={Role.CHAIR}, site=SITE)
        post.deliver()
        assert len(post.to(KIM)) == 1, "the invitation, and no letter of a lead"

    def test_a_parent_has_two_hats_and_keeps_her_name(self, by_lea, act, post, browser):
        with act() as work:
            amina = a_member(work)
        with by_lea() as work:
            assert invite(work, "amina@example.org", name="Mrs A").id == amina.id
        post.deliver()
        assert "Hello Amina." in post.last_to("amina@example.org").words.text
        browser.sign_in(amina)
        assert browser.get("/me").status == 200
        assert "You are here as a family." in browser.text
        assert browser.hat("staff").path == "/desk"

    def test_whoever_was_invited_and_joins_as_a_family_is_one_person(self, by_lea, act, database):
        with by_lea() as work:
            kim = invite(work)
        with act() as work:
            assert a_member(work, KIM, name="Kim").id == kim.id

    def test_whoever_is_on_the_list_is_changed_not_invited(self, by_lea, sue):
        with pytest.raises(Invalid) as refused, by_lea() as work:
            invite(work, "sue@council.example.org")
        assert list(refused.value.fields) == ["address"]

    def test_an_officer_invites_nobody(self, act, sue, database):
        with pytest.raises(NotAllowed), act(acting_as(sue, Role.OFFICER)) as work:
            invite(work)
        assert did(database, Did.STAFF_INVITED) == 0


class TestChanging:
    def test_two_chairs_at_most(self, by_lea, lea, ned, sue):
        with by_lea() as work:
            staff_service.change(work, lea.id, give={Role.CHAIR}, site=SITE)
            staff_service.change(work, ned.id, give={Role.CHAIR}, site=SITE)
        with pytest.raises(Invalid) as refused, by_lea() as work:
            staff_service.change(work, sue.id, give={Role.CHAIR}, site=SITE)
        assert list(refused.value.fields) == ["roles"]
        with by_lea() as work:
            staff_service.change(work, ned.id, take={Role.CHAIR}, site=SITE)
            staff_service.change(work, sue.id, give={Role.CHAIR}, site=SITE)

    def test_she_and_every_other_lead_read_what_it_is_now(self, by_lea, ned, sue, post):
        with by_lea() as work:
            staff_service.change(work, sue.id, give={Role.CHAIR}, site=SITE)
        post.deliver()
        assert "- officer\n- chair" in post.last_to("sue@council.example.org").words.text
        assert "Sue, from today:\n\n- officer\n- chair" in post.last_to(NED).words.text
        assert post.to(LEA) == []

    def test_another_name_is_no_news(self, by_lea, ned, sue, post):
        with by_lea() as work:
            staff_service.change(work, sue.id, name="Susan", job="Bus team", site=SITE)
        assert post.deliver() == 0

    def test_what_waits_is_not_left_behind_by_another_role(self, by_lea, sue):
        with pytest.raises(Invalid) as refused, by_lea() as work:
            staff_service.change(work, sue.id, give={Role.CHAIR}, take={Role.OFFICER}, waits=1, site=SITE)
        assert list(refused.value.fields) == ["roles"]

    def test_no_lead_locks_herself_out(self, by_lea, lea, ned):
        with pytest.raises(Invalid), by_lea() as work:
            staff_service.change(work, lea.id, take={Role.LEAD}, site=SITE)
        with pytest.raises(NotAllowed), by_lea() as work:
            staff_service.end(work, lea.id, ned.id, site=SITE)


class TestEnding:
    def test_she_is_signed_out_of_the_desk_and_stays_as_a_family(self, by_lea, act, sue, browser, new_browser):
        family = new_browser().sign_in(sue)
        browser.sign_in(sue, staff=True)
        assert browser.get("/desk").status == 200
        with by_lea() as work:
            staff_service.end(work, sue.id, None, site=SITE)
        assert browser.get("/desk").path == "/sign-in"
        assert family.get("/me").path == "/me"
        family.hat("staff")
        assert family.status == 404

    def test_she_and_the_other_leads_are_told(self, by_lea, ned, sue, post, database):
        with by_lea() as work:
            staff_service.end(work, sue.id, ned.id, site=SITE)
        post.deliver()
        assert "Ned has what waited for you." in post.last_to("sue@council.example.org").words.text
        told = post.last_to(NED).words
        assert told.subject == "Sue has ended here"
        assert "- nothing here any more" in told.text
        assert did(database, Did.STAFF_ENDED) == 1

    def test_twice_is_once(self, by_lea, ned, sue, post, database):
        for _ in range(2):
            with by_lea() as work:
                staff_service.end(work, sue.id, None, site=SITE)
        assert did(database, Did.STAFF_ENDED) == 1
        assert post.deliver() == 2

    @pytest.mark.parametrize("to", ["nobody", "herself", "a parent", "an officer who never came"])
    def test_what_waits_goes_to_a_colleague_who_is_here(self, by_lea, act, sue, to):
        with act() as work:
            amina = a_member(work)
        with by_lea() as work:
            never = invite(work)
        chosen = {"nobody": None, "herself": sue.id, "a parent": amina.id, "an officer who never came": never.id}[to]
        with pytest.raises(Invalid) as refused, by_lea() as work:
            staff_service.end(work, sue.id, chosen, waits=1, site=SITE)
        assert list(refused.value.fields) == ["to"]

    def test_a_lead_who_never_came_does_not_count_as_one(self, by_lea, lea, ned, act):
        """Else the last lead who can sign in could be ended, and nobody could let anybody back in."""
        with by_lea() as work:
            staff_service.end(work, ned.id, None, site=SITE)
            invite(work, roles=BOTH)
        with pytest.raises(NotAllowed), act() as work:
            service.end_role(work, lea.id, Role.LEAD)

    def test_an_address_that_was_wrong_opens_nothing_afterwards(self, by_lea, browser, post):
        with by_lea() as work:
            kim = invite(work)
        post.deliver()
        with by_lea() as work:
            staff_service.end(work, kim.id, None, site=SITE)
        browser.get("/sign-in").press("Send me a code", address=KIM)
        post.deliver()
        assert "We don’t know it yet." in post.last_to(KIM).words.text


class TestAway:
    def away(self, act, person, cover, who=None, until=LATER):
        with act(acting_as(who or person, Role.OFFICER)) as work:
            away_service.go_away(work, person.id, until, cover.id, site=SITE)

    def cover_for(self, database, person, today=TODAY):
        with database.reading() as session:
            return away_queries.cover_for(session, person.id, today)

    def test_the_cover_has_the_messages_until_the_day_and_is_told(self, act, sue, ned, post, database):
        self.away(act, sue, ned)
        assert self.cover_for(database, sue) == ned.id
        assert self.cover_for(database, sue, date(2027, 3, 7)) == ned.id
        assert self.cover_for(database, sue, LATER) == sue.id
        post.deliver()
        assert "Sue is away until Monday 8 March 2027." in post.last_to(NED).words.text

    def test_a_chain_ends_with_whoever_is_here(self, act, sue, ned, lea, database):
        self.away(act, ned, lea)
        self.away(act, sue, ned)
        assert self.cover_for(database, sue) == lea.id

    def test_a_circle_is_refused(self, act, sue, ned):
        self.away(act, ned, sue)
        with pytest.raises(Invalid) as refused:
            self.away(act, sue, ned)
        assert list(refused.value.fields) == ["cover"]

    def test_what_is_said_last_holds_and_the_same_again_is_nothing(self, act, sue, ned, lea, post, database):
        for cover in (ned, lea, lea):
            self.away(act, sue, cover)
        assert self.cover_for(database, sue) == lea.id
        assert did(database, Did.WENT_AWAY) == 2
        with act(acting_as(sue, Role.OFFICER)) as work:
            away_service.come_back(work, sue.id)
        assert self.cover_for(database, sue) == sue.id

    def test_another_officer_cannot_say_it(self, act, sue, ned, lea):
        with pytest.raises(NotAllowed):
            self.away(act, ned, lea, who=sue)

    def test_whoever_stood_in_is_followed_by_the_colleague_who_is_named(self, act, by_lea, sue, ned, lea, database):
        self.away(act, sue, ned)
        with pytest.raises(Invalid) as nobody, by_lea() as work:
            staff_service.end(work, ned.id, None, site=SITE)
        assert list(nobody.value.fields) == ["to"]
        with pytest.raises(Invalid) as away_herself, by_lea() as work:
            staff_service.end(work, ned.id, sue.id, site=SITE)
        assert list(away_herself.value.fields) == ["to"]
        with by_lea() as work:
            staff_service.end(work, ned.id, lea.id, site=SITE)
        assert self.cover_for(database, sue) == lea.id

    def test_an_old_absence_does_not_come_back_with_a_new_role(self, act, by_lea, sue, ned, database):
        self.away(act, sue, ned)
        with by_lea() as work:
            staff_service.end(work, sue.id, None, site=SITE)
        with by_lea() as work:
            staff_service.change(work, sue.id, give={Role.OFFICER}, site=SITE)
        assert self.cover_for(database, sue) == sue.id


def test_of_two_leads_who_end_each_other_one_stays(real_database):
    with working(real_database, system("tests")) as work:
        the_area(work)
        pair = [an_officer(work, name, f"{name}@council.example.org", lead=True) for name in ("Ann", "Ben")]
    ready, refused = threading.Barrier(2), []

    def end(me, other) -> None:
        ready.wait()
        try:
            with working(real_database, acting_as(me, *BOTH)) as work:
                staff_service.end(work, other.id, None, site=SITE)
        except Refused as why:
            refused.append(why)

    threads = [threading.Thread(target=end, args=pair), threading.Thread(target=end, args=pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert isinstance(refused[0], NotAllowed)
    with real_database.reading() as session:
        assert len(staff_queries.leads(session, clock.now())) == 1
