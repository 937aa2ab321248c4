"""An answer is found by its words on both databases, whatever is typed."""

import pytest
from sqlmodel import select

from pyramid_app.outcomes import service
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.outcomes.searching.queries import holding


@pytest.fixture
def told(act, team, topic):
    with act(team) as work:
        service.publish(
            work,
            topic.id,
            Draft(
                Answer.CANT,
                "Drivers change every week.",
                reason="We have no money for more helpers.",
                instead="A text when the bus is late.",
                for_families="You know when to leave home.",
            ),
        )


def found(database, typed):
    with database.reading() as session:
        which = holding(session, typed)
        return len(session.exec(select(Outcome.id).where(Outcome.id.in_(which))).all()) if which is not None else None


@pytest.mark.parametrize("typed", ["helper", "Helpers money", "school bus", "driver chang", "TEXT"])
def test_it_is_found_by_any_of_its_words_and_by_its_topic(database, told, typed):
    assert found(database, typed) == 1


@pytest.mark.parametrize(
    "typed", ["dentist", "helper dentist", "or", "x' OR '1'='1", '"unclosed', "a* NEAR b", "(", "ñandú"]
)
def test_what_it_does_not_hold_does_not_find_it_and_nothing_breaks(database, told, typed):
    assert not found(database, typed)


def test_an_empty_box_looks_for_nothing(database, told):
    assert found(database, "  …  ") is None
