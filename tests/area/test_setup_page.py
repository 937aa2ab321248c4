"""The set-up page, and the area's colour as a style sheet."""

import pytest

from tests.builders import an_officer, the_area


@pytest.fixture
def lead(browser, act):
    with act() as work:
        the_area(work)
        someone = an_officer(work, name="Lea", lead=True)
    return browser.sign_in(someone, staff=True)


def test_a_lead_changes_a_setting_and_everybody_reads_why(lead):
    lead.get("/setup").press("Save", phone="020 7946 0111", why="We have a new number")
    assert (lead.path, lead.status) == ("/setup", 200)
    assert "020 7946 0000 → 020 7946 0111 We have a new number Monday 1 March 2027, 10 am, Lea" in lead.text
    assert "Ring us: 020 7946 0111." in lead.get("/reps").text


def test_what_does_not_fit_stays_in_its_box_with_the_reason_beside_it(lead):
    lead.get("/setup").press("Save", poll_days="900", name="Otherborough", why="to try")
    assert lead.status == 422
    assert "This must be 90 or less." in lead.text
    assert 'value="900"' in lead.html
    assert 'value="Otherborough"' in lead.html
    assert 'href="#poll_days"' in lead.html


@pytest.mark.parametrize("typed", ["", "two"])
def test_a_number_is_a_number(lead, typed):
    lead.get("/setup").press("Save", poll_days=typed, why="to try")
    assert lead.status == 422
    assert "Write a whole number." in lead.text


def test_a_reason_is_needed(lead):
    lead.get("/setup").press("Save", phone="1", why="")
    assert (lead.status, "Write one line: why?" in lead.text) == (422, True)


def test_an_officer_who_does_not_lead_sees_no_door(new_browser, act):
    with act() as work:
        the_area(work)
        officer = an_officer(work)
    assert new_browser().sign_in(officer, staff=True).get("/setup").status == 404


def test_the_colour_is_a_style_sheet_that_may_be_kept(lead):
    lead.get("/setup").press("Save", brand_colour="#4c2c92", why="Our colour")
    assert 'content="#4c2c92"' in lead.html
    assert "/area.css?c=4c2c92" in lead.html
    sheet = lead.client.get("/area.css?c=4c2c92")
    assert sheet.mimetype == "text/css"
    assert "--brand:#4c2c92" in sheet.text
    assert sheet.cache_control.max_age == 86400
