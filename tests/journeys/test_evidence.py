"""An officer shows a picture of what was done and later corrects the answer; a family sees both, with words marked."""

from datetime import date

import pytest

from pyramid_app.base.actor import Role
from pyramid_app.topics import service as topics
from tests.builders import acting_as, an_officer, the_area
from tests.journeys.test_whole_loop import SAM, sign_in
from tests.outcomes.builders import a_pdf, a_picture

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

PUBLISH = "Publish and tell everyone who spoke"


@pytest.fixture
def topic(stage):
    with stage.act() as work:
        the_area(work)
        sam = an_officer(work, "Sam", SAM, lead=True)
        work.actor = acting_as(sam, Role.OFFICER)
        return topics.start(work, "School buses", outside="No promise.", next_word_on=date(2027, 4, 12))


@pytest.mark.parametrize("script", [True, False])
def test_what_was_done_is_shown_and_corrected(stage, someone, topic, script):
    sam = someone(f"officer with script {script}", phone=False, script=script)
    sign_in(sam, SAM).presses("Be here as staff")
    sam.goes(f"/desk/topics/{topic.ref}/answer").ticks("It is done").writes("You said", "The bus is late.")
    sam.writes("What this means for families", "Fewer late buses.")
    for part, value in (("day", "26"), ("month", "2"), ("year", "2027")):
        sam.page.locator(f"#done_on-{part}").fill(value)
    picture = {"name": "ten drivers.jpg", "mimeType": "image/jpeg", "buffer": a_picture(size=(1600, 900))}
    sam.page.get_by_label("A picture or a PDF").set_input_files(picture)
    sam.presses(PUBLISH).reads("Write what was done.").reads("We have this file: ten drivers.jpg").looks("file is kept")
    sam.writes("We did", "There are ten new drivers, and each bus comes on time.")
    sam.writes("What does the picture show", "Ten drivers beside a bus.").presses(PUBLISH)
    sam.reads("Correct this").looks("answer with a picture")
    sam.follows("Correct this").writes("We did", "There are nine new drivers, and each bus comes on time.")
    paper = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    sam.page.get_by_label("A picture or a PDF").set_input_files(paper)
    sam.writes("What does the picture show", "The council agreed on nine drivers.").looks("correction")
    sam.writes("Why do you correct it?", "We counted wrong.").presses("Publish the correction")
    family = someone(f"family with script {script}", script=script)
    family.goes(f"/topics/{topic.ref}").reads("because: We counted wrong.").looks("corrected answer")
    family.reads("See for yourself (PDF, 1 kB)").follows("See what changed")
    family.reads("Removed: ten").reads("Added: nine").reads("Cite this").looks("version with marks")
    family.follows("Version 1").reads("This is an earlier version.").looks("earlier version")
