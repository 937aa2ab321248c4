"""The morning after, each representative is asked for three boxes; what is missing after five days says so."""

from datetime import datetime, timedelta

import pytest

from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.kit.texts import LONDON
from pyramid_app.meetings import service as meetings
from pyramid_app.meetings.reporting import queries, service
from pyramid_app.meetings.reporting.rules import Boxes
from tests.builders import acting_as
from tests.meetings.conftest import SITE

JOB = "ask representatives to report back"
MORNING = datetime(2027, 3, 19, 8, tzinfo=LONDON)
BOXES = Boxes("The lift.", "There is no money this year.", "We ask again in May.")


@pytest.fixture
def published(act, chair, meeting, lift):
    with act(chair) as work:
        return meetings.publish(work, meeting.id, SITE)


@pytest.fixture
def asked(published, run_jobs, clock):
    clock.move_to(MORNING)
    assert run_jobs(JOB) == 8
    return published


def test_at_eight_the_next_morning_each_representative_has_a_letter_once(published, run_jobs, clock, post):
    clock.move_to(MORNING - timedelta(seconds=1))
    assert run_jobs(JOB) == 0
    clock.move_to(MORNING)
    assert run_jobs(JOB) == 8
    assert run_jobs(JOB) == 0
    post.deliver()
    letter = post.last_to("rep5@example.org").words
    assert letter.subject == "Three boxes about our meeting on Thursday 18 March 2027"
    assert f"{SITE}/meetings/{published.ref}/boxes" in letter.text
    assert "They are due on Wednesday 24 March 2027." in letter.text
    assert "Three boxes" not in post.last_to("hana@example.org").words.subject


def test_nobody_is_asked_about_a_meeting_that_was_called_off_or_never_sent_out(act, chair, meeting, run_jobs, clock):
    clock.move_to(MORNING)
    assert run_jobs(JOB) == 0
    with act() as work:
        assert service.ask(work, meeting.id, SITE) == 8, "the verb itself asks whoever was there"


def test_only_whoever_was_asked_has_boxes_and_all_three_are_needed(act, asked, reps, others, amina):
    with pytest.raises(Invalid), act(acting_as(reps[2])) as work:
        service.send(work, asked.id, Boxes("The lift."))
    for stranger in (amina, None):
        with pytest.raises(NotFound), act(acting_as(stranger) if stranger else acting_as(reps[2])) as work:
            service.send(work, asked.id if stranger else others["hana"], BOXES)


def test_what_is_missing_after_five_days_shows_as_missing(act, asked, reps, rosa, browser, clock):
    with act(acting_as(reps[2])) as work:
        service.send(work, asked.id, BOXES)
    clock.move_to(datetime(2027, 3, 24, 23, tzinfo=LONDON))
    browser.sign_in(rosa).get(f"/meetings/{asked.ref}")
    assert "They write until Wednesday 24 March 2027." in browser.text
    assert "Missing" not in browser.text
    clock.shift(timedelta(hours=1))
    browser.sign_in(rosa).get(f"/meetings/{asked.ref}")
    assert "Missing since Wednesday 24 March 2027: Rep0, Rep1, Rep3, Rep4, Rep5, Rep6, Rep7" in browser.text


def test_a_representative_writes_from_her_own_page_and_chooses_who_reads_it(browser, new_browser, asked, reps):
    browser.sign_in(reps[2]).get("/me").follow("Write your three boxes: Spring meeting, Thursday 18 March 2027")
    browser.press("Send my three boxes", raised="The lift.")
    assert (browser.status, "Write what was said." in browser.text) == (422, True)
    browser.press("Send my three boxes", said="There is no money.", next="We ask again in May.")
    assert browser.path == f"/meetings/{asked.ref}"
    assert "Rep2 What we raised The lift. What was said There is no money." in browser.text
    stranger = new_browser().get("/reps").follow("What your reps write about meetings")
    assert "Nothing yet." in stranger.text
    browser.follow("Your three boxes").press("Send my three boxes", public="y", next="We ask again in June.")
    text = stranger.get("/reps/meetings").text
    assert "Rep2, meeting on Thursday 18 March 2027 What we raised The lift." in text
    assert "We ask again in June." in text
    assert "Write your three boxes" not in browser.get("/me").text


def test_a_member_of_another_kind_has_no_boxes(browser, act, asked, others):
    from pyramid_app.accounts.models import Person

    with act() as work:
        hana = work.session.get_one(Person, others["hana"])
    assert browser.sign_in(hana).get(f"/meetings/{asked.ref}/boxes").status == 404
    assert browser.get(f"/meetings/{asked.ref}").status == 200


def test_waiting_for_a_representative_is_what_she_has_not_sent(act, asked, reps):
    with act(acting_as(reps[2])) as work:
        assert [one.id for one in queries.waiting_for(work.session, reps[2].id)] == [asked.id]
        service.send(work, asked.id, BOXES)
        assert queries.waiting_for(work.session, reps[2].id) == []
