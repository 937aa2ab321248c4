"""A corrected answer as a screen reader hears it, from the browser's own accessibility tree; and on paper."""

from dataclasses import replace
from datetime import date

import pytest

from pyramid_app.base.actor import Role
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.corrections import service as corrections
from pyramid_app.topics import service as topics
from tests.builders import acting_as, an_officer, the_area
from tests.journeys.test_whole_loop import SAM
from tests.outcomes.builders import WORKING

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

OLD = "We asked the bus company.\n\nThey answer by Monday."
NEW = "We asked the <b>new</b> bus company.\n\nThey answer by Friday.\n\nשלום: we call you."


@pytest.fixture
def version(stage):
    """The page of a corrected answer."""
    with stage.act() as work:
        the_area(work)
        work.actor = acting_as(an_officer(work, "Sam", SAM, lead=True), Role.OFFICER)
        topic = topics.start(work, "School buses", outside="No promise.", next_word_on=date(2027, 4, 12))
        first = outcomes.publish(work, topic.id, replace(WORKING, we_did=OLD))
        corrections.correct(work, first.id, replace(WORKING, we_did=NEW), "We were wrong.", tell_again=False)
    return f"/outcomes/{first.ref}/versions/2"


def heard(person):
    """What a screen reader goes through: role and words of each thing in reading order, marks with their own words."""
    session = person.page.context.new_cdp_session(person.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def words(node):
        if node["role"]["value"] == "StaticText":
            return node["name"]["value"]
        return "".join(words(by_id[one]) for one in node.get("childIds", []) if one in by_id)

    def walk(node):
        role = node.get("role", {}).get("value")
        if role in {"insertion", "deletion", "heading", "listitem"}:
            yield role, " ".join(words(node).split())
        elif role == "StaticText":
            said = " ".join(node["name"]["value"].split())
            yield from [("words", said)] if said else []
        else:
            for one in node.get("childIds", []):
                yield from walk(by_id[one])

    return list(walk(nodes[0]))


@pytest.mark.parametrize("script", [True, False])
def test_a_screen_reader_hears_what_came_and_what_went_in_order(someone, version, script):
    family = someone(f"family that listens with script {script}", script=script).goes(version)
    told = heard(family)
    start = told.index(("heading", "What we did, or are doing")) + 1
    assert told[start : told.index(("heading", "Version 2"))] == [
        ("listitem", "We added: “<b>new</b>”"),
        ("listitem", "We changed “Monday” to “Friday”"),
        ("listitem", "We added: “\u2068שלום: we call you.\u2069”"),
        ("words", "We asked the"),
        ("insertion", "Added: <b>new</b> End."),
        ("words", "bus company."),
        ("words", "They answer by"),
        ("deletion", "Removed: Monday End."),
        ("insertion", "Added: Friday End."),
        ("words", "."),
        ("insertion", "Added: שלום: we call you. End."),
    ]
    family.looks("version to be heard")


def test_each_paragraph_runs_its_own_way_and_paper_needs_no_colour(someone, version):
    page = someone("family that prints", script=False).goes(version).page
    page.emulate_media(media="print")
    shown = page.locator(".app-marked").evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert shown == ["ltr", "ltr", "rtl"]
    lines = {"ins": "underline", "del": "line-through"}
    for tag, line in lines.items():
        drawn = page.locator(tag).first.evaluate("one => getComputedStyle(one).textDecorationLine")
        assert drawn == line
