"""Where a partner reads what it is asked: a lead writes it down."""

from datetime import date

import pytest

from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.partners import queries, service
from tests.builders import acting_as, an_officer, the_area


@pytest.fixture
def lead(browser, act):
    with act() as work:
        the_area(work)
        someone = an_officer(work, name="Lea", lead=True)
    return browser.sign_in(someone, staff=True)


def test_a_lead_writes_down_a_mailbox(lead, act):
    lead.get("/desk").follow("Partners").follow("The NHS")
    lead.press("Save", mailbox="not an address")
    assert (lead.status, "We can't read this address." in lead.text) == (422, True)
    assert 'value="not an address"' in lead.html
    lead.press("Save", mailbox=" SEND@icb.nhs.example ")
    assert (lead.path, "send@icb.nhs.example" in lead.text) == ("/desk/partners", True)
    with act() as work:
        assert [one.slug for one in queries.askable(work.session, date(2027, 3, 1))] == ["nhs"]


def test_one_that_is_a_partner_no_more_is_asked_nothing_and_stays_on_the_list(lead, act):
    ended = {"ended_on-day": "1", "ended_on-month": "4", "ended_on-year": "2027"}
    lead.get("/desk/partners/nhs").press("Save", mailbox="send@icb.nhs.example", **ended)
    assert "A partner no more from Thursday 1 April 2027." in lead.text
    with act() as work:
        assert len(queries.askable(work.session, date(2027, 3, 31))) == 1
        assert queries.askable(work.session, date(2027, 4, 1)) == []


def test_an_officer_who_does_not_lead_sees_no_door(new_browser, act):
    with act() as work:
        the_area(work)
        officer = an_officer(work)
    assert new_browser().sign_in(officer, staff=True).get("/desk/partners").status == 404
    with pytest.raises(NotAllowed), act(acting_as(officer, Role.OFFICER)) as work:
        service.set_mailbox(work, "nhs", "x@example.org")


def test_a_telephone_is_no_mailbox_and_an_empty_one_can_be_left(act):
    with act() as work:
        the_area(work)
        service.set_mailbox(work, "nhs", "a@example.org")
    with pytest.raises(Invalid) as refused, act() as work:
        service.set_mailbox(work, "nhs", "07700 900123")
    assert set(refused.value.fields) == {"mailbox"}
    with act() as work:
        assert service.set_mailbox(work, "nhs", "").mailbox == ""
