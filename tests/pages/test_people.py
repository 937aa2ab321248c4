"""Who does what here, on one page: a lead's verbs, everybody's absence, and nobody's words lost."""

from datetime import date

import pytest
from sqlmodel import select

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts import staff_service
from pyramid_app.accounts.away import service as away_service
from pyramid_app.base import clock as the_clock
from pyramid_app.base.actor import Role
from pyramid_app.partners import queries as partners
from pyramid_app.topics import service as topics
from pyramid_app.topics.models import Topic
from tests.builders import a_member, acting_as, an_officer
from tests.support.statements import counting

SITE = "http://localhost"
KIM = {"name": "Kim", "job": "Bus team", "address": "kim@council.example.org"}
BOTH = (Role.OFFICER, Role.LEAD)


@pytest.fixture
def lea(act, sam):
    with act() as work:
        return an_officer(work, "Lea", "lea@council.example.org", lead=True)


@pytest.fixture
def office(browser, lea):
    """Lea's browser, with the staff hat on."""
    return browser.sign_in(lea, staff=True)


def owner_of(database, topic):
    with database.reading() as session:
        return session.exec(select(Topic.owner_id).where(Topic.id == topic.id)).one()


class TestASecondLead:
    HINT = "You are the only lead so far."

    def test_is_asked_for_at_a_leads_desk_until_there_is_one(self, office, act, sam, lea, new_browser):
        assert self.HINT in office.get("/desk").text
        assert office.link("Ask a colleague to be a lead too") == "/desk/people"
        assert self.HINT not in new_browser().sign_in(sam, staff=True).get("/desk").text
        with act(acting_as(lea, *BOTH)) as work:
            staff_service.change(work, sam.id, give=[Role.LEAD], site=SITE)
        assert self.HINT not in office.get("/desk").text

    def test_whoever_never_came_is_none(self, office, act, lea):
        with act(acting_as(lea, *BOTH)) as work:
            staff_service.invite(work, **KIM, roles=BOTH, site=SITE)
        assert self.HINT in office.get("/desk").text


class TestReading:
    def test_an_officer_reads_it_without_buttons_but_her_own(self, browser, sam, lea, team, act):
        browser.sign_in(sam, staff=True).get("/desk").follow("People")
        assert "Lea, SEND team officer, lead Since Monday 1 March 2027" in browser.text
        assert browser.link("Say that you are away") == f"/desk/people/{sam.id}/away"
        for words in ("End what Lea does", "Change what Lea does", "Say that Lea is away", "Ask somebody"):
            assert words not in browser.text
        for path in ("new", f"{lea.id}", f"{lea.id}/end", f"{lea.id}/away"):
            assert browser.get(f"/desk/people/{path}").status == 404

    def test_a_family_is_nobodys_business(self, office, amina):
        for path in ("", "/end", "/away"):
            assert office.get(f"/desk/people/{amina.id}{path}").status == 404
        assert "Amina" not in office.get("/desk/people").text

    def test_it_says_what_a_chair_does(self, office):
        assert "chair: Leads the meetings. Two people can share it." in office.get("/desk/people").text

    def test_it_asks_as_often_for_ten_as_for_one(self, office, act, lea, sam):
        def one_more_is_away(number):
            with act() as work:
                one = an_officer(work, f"Officer {number}", f"o{number}@council.example.org")
            with act(acting_as(lea, *BOTH)) as work:
                away_service.go_away(work, one.id, date(2027, 3, 9), sam.id, site=SITE)

        asked = []
        for path, first in (("/desk/people", 0), ("/desk", 20)):
            one_more_is_away(first)
            with counting() as few:
                office.get(path)
            for number in range(first + 1, first + 11):
                one_more_is_away(number)
            with counting() as many:
                office.get(path)
            asked.append((len(few), len(many)))
        assert [few for few, _many in asked] == [many for _few, many in asked]


class TestInviting:
    def test_she_is_on_the_list_at_once_and_has_not_signed_in_yet(self, office, post):
        office.get("/desk/people").follow("Ask somebody to help here").press(
            "Send the letter", **KIM, roles=["officer"], speaks_for=["nhs"]
        )
        assert office.path == "/desk/people"
        assert "Kim, Bus team officer, speaks for: The NHS Since Monday 1 March 2027 Has not signed in" in office.text
        post.deliver()
        text = post.last_to(KIM["address"]).words.text
        assert "- speaks for: The NHS" in text

    def test_somebody_may_only_speak_for_a_partner(self, office, act, database):
        office.get("/desk/people/new").press("Send the letter", **KIM, speaks_for=["nhs"])
        with database.reading() as session:
            (speaker,) = [one for one, _name in partners.list_speakers(session)]
        assert "Kim, Bus team speaks for: The NHS" in office.text
        office.follow("End what Kim does").press("End it now")
        assert "Kim, Bus team From Monday 1 March 2027 to Monday 1 March 2027" in office.text
        with database.reading() as session:
            assert partners.speaks_for(session, speaker.person_id) == []

    def test_the_form_says_what_is_missing_and_keeps_the_rest(self, office, post):
        office.get("/desk/people/new").press("Send the letter", name="Kim", job="Bus team")
        assert office.status == 422
        for words in ("Write their e-mail address.", "Tick what they do here, or whom they speak for."):
            assert words in office.text
        assert 'value="Bus team"' in office.html
        office.press("Send the letter", **{**KIM, "address": "sam@council.example.org"}, roles=["officer"])
        assert (office.status, "Sam is on the list already." in office.text) == (422, True)
        assert post.deliver() == 0

    def test_what_is_not_on_the_list_is_nothing(self, office, act):
        office.post("/desk/people/new", {**KIM, "roles": ["king"], "speaks_for": []})
        assert office.status == 422
        office.post("/desk/people/new", {**KIM, "roles": ["officer"], "speaks_for": ["nowhere"]})
        assert office.status == 422
        assert "Kim" not in office.get("/desk/people").text, "nothing of it happened"


class TestChanging:
    def test_roles_job_and_partner(self, office, sam, post):
        office.get("/desk/people").follow("Change what Sam does")
        office.press("Save", job="Bus team", roles=["officer", "chair"], speaks_for=["council"])
        assert "Sam, Bus team officer, chair, speaks for: The council" in office.text
        post.deliver()
        assert "- chair\n- speaks for: The council" in post.last_to("sam@council.example.org").words.text
        office.follow("Change what Sam does").press("Save", roles=["officer"], speaks_for=None)
        assert "Sam, Bus team officer Since" in office.text

    def test_two_leads_on_one_old_page_do_not_undo_each_other(self, office, new_browser, act, sam, lea, database):
        with act() as work:
            ned = an_officer(work, "Ned", "ned@council.example.org", lead=True)
        other = new_browser().sign_in(ned, staff=True).get(f"/desk/people/{sam.id}")
        office.get(f"/desk/people/{sam.id}").press("Save", roles=["officer", "chair"])
        other.press("Save", job="Bus team", roles=["officer"])
        with database.reading() as session:
            assert accounts.roles_of(session, sam.id, the_clock.now()) == {Role.OFFICER, Role.CHAIR}

    def test_a_third_chair_is_said_so(self, office, act, lea, sam):
        with act() as work:
            ned = an_officer(work, "Ned", "ned@council.example.org")
            for one in (lea, ned):
                staff_service.change(work, one.id, give={Role.CHAIR}, site=SITE)
        office.get(f"/desk/people/{sam.id}").press("Save", roles=["officer", "chair"])
        assert office.status == 422
        assert "There are two chairs already." in office.text

    def test_no_lead_locks_herself_out(self, office, lea):
        office.get(f"/desk/people/{lea.id}").press("Save", roles=["officer"])
        assert office.status == 422
        assert "You can't stop being a lead by yourself." in office.text
        office.get(f"/desk/people/{lea.id}/end")
        assert "Ask another lead." in office.text
        assert "End it now" not in office.buttons()
        office.post(f"/desk/people/{lea.id}/end", {})
        assert office.status == 403
        assert office.get("/desk/people").status == 200


class TestEnding:
    def test_what_waits_goes_to_the_colleague(self, office, sam, lea, topic, database):
        office.get("/desk/people").follow("End what Sam does")
        assert "Waiting with Sam: 1." in office.text
        office.press("End it now")
        assert (office.status, "Something waits for Sam." in office.text) == (422, True)
        assert owner_of(database, topic) == sam.id
        office.press("End it now", to=str(lea.id))
        assert owner_of(database, topic) == lea.id
        assert "Sam, SEND team From Monday 1 March 2027" in office.text

    def test_who_stands_in_is_followed_by_somebody_too(self, office, act, sam, lea):
        with act() as work:
            ned = an_officer(work, "Ned", "ned@council.example.org")
        with act(acting_as(sam, Role.OFFICER)) as work:
            away_service.go_away(work, sam.id, date(2027, 3, 9), ned.id, site=SITE)
        office.get(f"/desk/people/{ned.id}/end")
        assert "Ned has the messages of somebody who is away." in office.text
        office.press("End it now", to=str(lea.id))
        assert "Sam is away until Tuesday 9 March 2027. Lea has their messages." in office.text

    def test_where_nothing_waits_nobody_is_asked_for(self, office, sam):
        office.get(f"/desk/people/{sam.id}/end")
        assert "Nothing waits with Sam." in office.text
        assert "Who has it next?" not in office.text
        assert office.press("End it now").path == "/desk/people"

    def test_taking_the_role_instead_leaves_nothing_behind(self, office, sam, topic):
        office.get(f"/desk/people/{sam.id}").press("Save", roles=["chair"])
        assert (office.status, "End what they do here instead" in office.text) == (422, True)

    def test_what_was_left_behind_is_shown_and_handed_on(self, office, act, sam, lea, topic, database):
        """By a command, say, where nobody could choose."""
        with act() as work:
            staff_service.change(work, sam.id, take={Role.OFFICER}, site=SITE)
        office.get("/desk/people").follow("Nobody has what waits here: 1. Hand it on.").press(
            "Hand it on", to=str(lea.id)
        )
        assert owner_of(database, topic) == lea.id
        assert "Nobody has what waits here" not in office.text

    def test_her_next_word_is_not_lost(self, office, new_browser, act, sam, lea, topic):
        desk = new_browser().sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")
        office.get(f"/desk/people/{sam.id}/end").press("End it now", to=str(lea.id))
        desk.press("See the letter again", we_did="We wrote to the bus firm.\nThey <b>will</b> call.")
        assert desk.status == 403
        assert "Copy your words, then sign in." in desk.text
        assert "We wrote to the bus firm. They <b>will</b> call." in desk.text
        assert desk.get("/desk").path == "/sign-in"

    def test_nor_those_of_an_officer_who_was_called_to_the_door(self, new_browser, sam, topic, clock):
        desk = new_browser().sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")
        clock.shift(31 * 60)
        desk.press("See the letter again", we_did="We wrote to the bus firm.")
        assert (desk.status, "We wrote to the bus firm." in desk.text) == (403, True)
        assert "Be here as staff" in desk.buttons()

    def test_a_door_that_was_never_hers_stays_no_door(self, browser, amina, sam):
        browser.sign_in(amina).post("/desk/people/new", {"name": "Two words"})
        assert browser.status == 404
        browser.sign_in(sam, staff=True).post("/desk/people/new", {"name": "Two words"})
        assert browser.status == 404


class TestAway:
    def test_she_says_it_and_comes_back_earlier(self, browser, sam, lea):
        browser.sign_in(sam, staff=True).get("/desk/people").follow("Say that you are away")
        day = {"until_on-day": "9", "until_on-month": "3", "until_on-year": "2027"}
        browser.press("Save", **day, cover=str(lea.id))
        words = "Sam is away until Tuesday 9 March 2027. Lea has their messages."
        assert words in browser.text
        assert words in browser.get("/desk").text
        browser.get("/desk/people").press("Sam is back")
        assert words not in browser.get("/desk").text

    def test_what_is_missing_is_said(self, browser, sam, lea):
        browser.sign_in(sam, staff=True).get(f"/desk/people/{sam.id}/away").press("Save")
        assert browser.status == 422
        assert "Write the first day back." in browser.text
        assert "Choose who has the messages in that time." in browser.text

    def test_alone_there_is_nobody_to_name(self, browser, sam):
        browser.sign_in(sam, staff=True).get(f"/desk/people/{sam.id}/away")
        assert "There is nobody else yet" in browser.text

    def test_a_chair_who_is_a_parent_has_no_desk_to_be_away_from(self, office, act):
        with act() as work:
            rosa = a_member(work, "rosa@example.org", name="Rosa")
            staff_service.change(work, rosa.id, give={Role.CHAIR}, site=SITE)
        assert "Rosa chair Since" in office.get("/desk/people").text
        assert office.get(f"/desk/people/{rosa.id}/away").status == 404


def test_topics_change_hands_once_and_stay_in_the_log(act, lea, sam, topic, database):
    with act(acting_as(lea, *BOTH)) as work:
        assert topics.pass_on_all(work, sam.id, lea.id) == 1
        assert topics.pass_on_all(work, sam.id, lea.id) == 0
    assert owner_of(database, topic) == lea.id
