"""“Done” needs something that shows it: a link, a picture with its sentence, or a PDF beside its words."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from pyramid_app.base.files import service as files
from pyramid_app.base.files.models import StoredFile
from pyramid_app.outcomes import service
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.rules import Answer, Draft, what_is_missing, without_strays
from tests.builders import an_officer
from tests.outcomes.builders import BUS, DONE, a_pdf, a_picture, a_voice, chosen_file
from tests.support.statements import counting

WRITTEN = {
    "answer": "done",
    "you_said": "The bus is late.",
    "we_did": "There are ten new drivers.",
    "for_families": "Fewer late buses.",
    "done_on-day": "26",
    "done_on-month": "2",
    "done_on-year": "2027",
}
PUBLISH = "Publish and tell everyone who spoke"


@pytest.fixture
def desk(browser, sam, topic):
    return browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")


def the_outcome(database):
    with database.reading() as session:
        return session.exec(select(Outcome)).one()


def image_of(browser):
    (image,) = [one for one in browser._all("img") if "/outcomes/files/" in (one.get("src") or "")]
    return image


def test_a_file_is_evidence_as_a_link_is_and_belongs_to_done_only():
    on = date(2027, 3, 1)
    draft = Draft(Answer.DONE, "a", "b", "c", done_on=on, evidence_file_id=UUID(int=7))
    assert what_is_missing(draft, on) == {}
    assert "evidence" in what_is_missing(Draft(Answer.DONE, "a", "b", "c", done_on=on), on)
    assert without_strays(Draft(Answer.CANT, evidence_file_id=UUID(int=7))).evidence_file_id is None


def test_a_picture_shows_it_with_its_sentence(desk, topic, new_browser):
    desk.press(PUBLISH, **WRITTEN, file=chosen_file(a_picture()), shows="Ten drivers beside a bus.")
    assert desk.path == f"/topics/{topic.ref}", desk.text
    family = new_browser().get(f"/topics/{topic.ref}")
    image = image_of(family)
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("Ten drivers beside a bus.", "60", "40")
    picture = family.client.get(image.get("src"))
    picture.close()
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert picture.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "inline" in picture.headers["Content-Disposition"]
    assert "bus.jpg" not in picture.headers["Content-Disposition"]
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    again = family.client.get(image.get("src"), headers={"If-None-Match": picture.headers["ETag"]})
    again.close()
    assert again.status_code == 304


def test_a_pdf_stands_beside_its_words_and_is_saved_not_opened(desk, topic, new_browser):
    words = "The council agreed.\nTen drivers begin in May."
    desk.press(PUBLISH, **WRITTEN, file=chosen_file(a_pdf(), "minutes.pdf"), shows=words)
    family = new_browser().get(f"/topics/{topic.ref}")
    assert "The council agreed. Ten drivers begin in May." in family.text.replace("agreed.Ten", "agreed. Ten")
    paper = family.client.get(family.link("See for yourself (PDF, 1 kB)"))
    paper.close()
    assert paper.mimetype == "application/pdf"
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in paper.headers["Content-Security-Policy"]


def test_a_file_that_has_come_is_not_lost_when_another_box_has_to_be_mended(desk, database, settings):
    desk.press(PUBLISH, **{**WRITTEN, "we_did": ""}, file=chosen_file(a_picture(), "ten drivers.jpg"))
    assert desk.status == 422
    assert "Write what was done." in desk.text
    assert "Write in a sentence what the picture shows." in desk.text, "all at once"
    assert "We have this file: ten drivers.jpg" in desk.text
    assert 'value="26"' in desk.html
    desk.press(PUBLISH, we_did="There are ten new drivers.", shows="Ten drivers.")
    assert desk.status == 200
    outcome = the_outcome(database)
    with database.reading() as session:
        file = session.get_one(StoredFile, outcome.evidence_file_id)
    assert (file.words, file.name) == ("Ten drivers.", "ten drivers.jpg")
    assert (settings.files / file.digest).is_file()


def test_a_file_that_cannot_be_taken_is_said_and_the_one_before_it_stays(desk, database):
    desk.press("See the letter again", file=chosen_file(a_picture()))
    assert "We have this file: bus.jpg" in desk.text
    desk.press(PUBLISH, **WRITTEN, shows="x", file=chosen_file(b"MZ", "bus.jpg"))
    assert desk.status == 422
    assert "This file is neither." in desk.text
    assert "We have this file: bus.jpg" in desk.text
    desk.press(PUBLISH, leave_out="y")
    assert desk.status == 422
    assert "Give a link that shows it, or a picture or a PDF below." in desk.text
    assert "We have this file" not in desk.text
    desk.press(PUBLISH, evidence="https://x.org")
    assert the_outcome(database).evidence_file_id is None


def test_nobody_shows_a_file_by_a_note_of_somebody_else_or_of_her_own_making(desk, act, new_browser, topic, database):
    desk.press("See the letter again", file=chosen_file(a_picture()))
    (note,) = [box.get("value") for box in desk._all("input") if box.get("name") == "held"]
    with act() as work:
        other = an_officer(work, "Kim", "kim@council.example.org")
    kim = new_browser().sign_in(other, staff=True).get(f"/desk/topics/{topic.ref}/answer")
    for taken in (note, note[:-2] + "xx", "made up"):
        kim.press(PUBLISH, **WRITTEN, shows="x", held=taken)
        assert kim.status == 422, "she has no file and no link"
    with database.reading() as session:
        assert session.exec(select(StoredFile)).all() == []


def test_a_file_for_another_kind_of_answer_is_not_kept(desk, database):
    written = {**WRITTEN, "answer": "can't", "reason": "The law.", "instead": "A taxi."}
    desk.press(PUBLISH, **written, file=chosen_file(a_picture()))
    assert the_outcome(database).evidence_file_id is None
    with database.reading() as session:
        assert session.exec(select(StoredFile)).all() == []


def test_a_file_that_nothing_published_shows_does_not_exist(act, team, settings, browser, clock):
    with act(team) as work:
        brought = files.bring(settings.files, a_picture(), "bus.jpg", work.now)
        row = files.keep(work, settings.files, brought, "A bus.")
    assert browser.get(f"/outcomes/files/{row.id}").status == 404


def test_a_file_that_is_gone_from_the_folder_is_a_plain_refusal(desk, topic, settings):
    desk.press(PUBLISH, **WRITTEN, file=chosen_file(a_picture()), shows="x")
    address = image_of(desk).get("src")
    for file in settings.files.iterdir():
        file.unlink()
    assert desk.get(address).status == 404
    assert desk.get(f"/topics/{topic.ref}").status == 200


def test_the_letter_says_where_to_see_it(act, team, topic, amina, desk, post, run_jobs):
    with act() as work:
        a_voice(work, team, amina, topic)
    desk.get(f"/desk/topics/{topic.ref}/answer")
    desk.press(PUBLISH, **WRITTEN, file=chosen_file(a_picture()), shows="x")
    run_jobs("tell what happened")
    post.deliver()
    text = post.last_to("amina@example.org").words.text
    assert f"You said: “{BUS}”" in text
    assert "You can see what shows it on the page of the whole story." in text


def test_pages_ask_as_much_for_many_answers_with_files_as_for_one(act, team, settings, topic, browser):
    def answers(n):
        for at in range(n):
            with act(team) as work:
                brought = files.bring(settings.files, a_picture(size=(10 + at, 20)), "bus.jpg", work.now)
                row = files.keep(work, settings.files, brought, "A bus.")
                service.publish(work, topic.id, replace(DONE, evidence_file_id=row.id))

    asked = []
    for n in (1, 6):
        answers(n)
        with counting() as statements:
            browser.get(f"/topics/{topic.ref}").get("/outcomes").get("/charter/commitments/9")
        asked.append(len(statements))
    assert asked[0] == asked[1]
