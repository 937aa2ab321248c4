"""Correcting an answer at the desk, and what families read of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pyramid_app.base.clock import now
from pyramid_app.base.files import service as files
from pyramid_app.outcomes import queries
from pyramid_app.outcomes.corrections import queries as corrections
from tests.outcomes.builders import BUS, DONE, WHY, WORKING, a_picture, chosen_file
from tests.support import pages


@pytest.fixture
def desk(browser, sam, topic):
    return browser.sign_in(sam, staff=True)


def link(browser, start):
    """The address of the first link whose words begin so."""
    return next(one.get("href") for one in browser._all("a") if pages.words(one).startswith(start))


def test_an_officer_corrects_on_the_page_and_families_see_what_changed(
    browser, sam, publish, topic, new_browser, clock
):
    publish(replace(WORKING, we_did="We <b>asked</b> the bus company."))
    clock.shift(timedelta(days=1))
    desk = browser.sign_in(sam, staff=True)
    desk.get(f"/topics/{topic.ref}").get(link(desk, "Correct this"))
    assert "We &lt;b&gt;asked&lt;/b&gt; the bus company." in desk.html
    desk.press("Publish the correction", we_did="We <b>wrote to</b> the bus company.")
    assert (desk.status, "Say why you correct it." in desk.text) == (422, True)
    assert "We <b>wrote to</b> the bus company." in desk.text, "what was written is kept"
    desk.press("Publish the correction", because=WHY)
    assert desk.path == f"/topics/{topic.ref}"
    family = new_browser().get(f"/topics/{topic.ref}")
    assert f"Corrected on Tuesday 2 March 2027, because: {WHY}" in family.text
    assert "Correct this" not in family.text
    family.follow("See what changed")
    assert family.path == "/outcomes/school-buses-1/versions/2"
    assert "We changed “<b>asked</b>” to “<b>wrote to</b>”" in family.text
    assert "We Removed: <b>asked</b> End. Added: <b>wrote to</b> End. the bus company." in family.text
    assert "<b>" not in family.html
    assert "“School buses”. Testborough. Version 2, Tuesday 2 March 2027." in family.text
    assert "http://localhost/outcomes/school-buses-1/versions/2" in family.text
    family.follow("Version 1")
    assert "This is an earlier version. It was corrected." in family.text
    assert "We <b>asked</b> the bus company." in family.text


def test_a_version_that_does_not_exist_is_not_found(browser, publish, sam):
    publish()
    assert browser.get("/outcomes/school-buses-1/versions/1").status == 200
    for path in ("versions/0", "versions/2", "versions/999999999999999999999"):
        assert browser.get(f"/outcomes/school-buses-1/{path}").status == 404
    assert browser.get("/outcomes/nothing/versions/1").status == 404


def test_somebody_else_was_first_and_nothing_written_is_lost(desk, publish, mend):
    first = publish()
    desk.get("/desk/outcomes/school-buses-1/correct")
    mend(first)
    desk.press("Publish the correction", we_did="Something better.", because="Because.")
    assert desk.status == 422
    assert "Somebody else has corrected this answer" in desk.text
    assert "Something better." in desk.html
    desk.press("Publish the correction")
    assert "Something better." in desk.text
    assert desk.get("/outcomes/school-buses-1/versions/3").status == 200


def test_the_picture_stays_unless_it_is_changed_and_its_new_words_are_marked(
    act, team, settings, desk, publish, new_browser, database
):
    with act(team) as work:
        brought = files.bring(settings.files, a_picture(), "bus.jpg", work.now)
        row = files.keep(work, settings.files, brought, "A red bus.")
    publish(replace(DONE, evidence_file_id=row.id))
    desk.get("/desk/outcomes/school-buses-1/correct")
    assert "We have this file: bus.jpg" in desk.text
    desk.press("Publish the correction", we_did="Nine drivers.", because="We counted wrong.")
    desk.get("/desk/outcomes/school-buses-1/correct")
    desk.press("Publish the correction", shows="A blue bus.", because="Wrong colour.")
    desk.get("/desk/outcomes/school-buses-1/correct")
    desk.press("Publish the correction", file=chosen_file(a_picture("blue"), "blue.jpg"), because="Wrong picture.")
    with database.reading() as session:
        found = corrections.versions_of(session, "school-buses-1", now())
        kept = queries.evidence_of(session, found)
    shown = [kept[one.evidence_file_id] for one in found]
    assert shown[0] == shown[1], "nothing about the picture was different"
    assert [one.words for one in shown] == ["A red bus.", "A red bus.", "A blue bus.", "A blue bus."]
    assert shown[1].digest == shown[2].digest != shown[3].digest
    family = new_browser().get("/outcomes/school-buses-1/versions/3")
    assert "What the picture shows, or the PDF says" in family.text
    assert "Removed: red" in family.text
    family.get("/outcomes/school-buses-1/versions/4")
    assert "Removed: bus.jpg (1 kB) End. Added: blue.jpg (1 kB) End." in family.text, "marked whole"
    assert "We changed “bus.jpg (1 kB)” to “blue.jpg (1 kB)”" in family.text
    for file in shown:
        family.client.get(f"/outcomes/files/{file.id}").close()
    assert family.get(f"/outcomes/files/{shown[0].id}").status == 200, "what was published stays readable"
    family.answer.close()


def test_the_page_shows_the_letter_that_would_go(act, team, heard, publish, desk):
    publish()
    desk.get("/desk/outcomes/school-buses-1/correct")
    desk.press("See the letter again", we_did="We wrote.", because=WHY)
    letter = desk.text.split("The letter that goes if you tick that")[1]
    assert f"You said: “{BUS}”" in letter
    assert f"Why: {WHY}" in letter
    assert "We wrote." in letter
