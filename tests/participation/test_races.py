"""Two at once: the database queues them, and nobody gets an error for being second."""

import pytest
from sqlmodel import select

from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import working
from pyramid_app.participation import invitations, service
from pyramid_app.participation.models import Invitation, Standing
from pyramid_app.participation.rules import GROUP
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.participation.builders import an_invitation, at_once, somebody

TESTS = system("tests")


@pytest.fixture
def area(real_database):
    with working(real_database, TESTS) as work:
        the_area(work)
    return real_database


def doing(database, verb, *args, **names):
    def run():
        with working(database, TESTS) as work:
            return verb(work, *args, **names)

    return run


def open_levels(database):
    with database.reading() as session:
        return [row.level for row in session.exec(select(Standing)) if row.until_at is None]


def test_two_joins_make_one_standing(area):
    with working(area, TESTS) as work:
        person = somebody(work)
    done = at_once(*[doing(area, service.join, person.id)] * 4)
    assert len({standing.id for standing in done}) == 1
    assert open_levels(area) == ["parliament"]


def test_a_join_and_moves_make_one_open_standing(area):
    with working(area, TESTS) as work:
        person = somebody(work)
    levels = ("ground", "parliament", "consultative")
    done = at_once(*[doing(area, service.move, person.id, level, cares=True) for level in levels])
    assert not [raised for raised in done if isinstance(raised, Exception)]
    assert len(open_levels(area)) == 1


def test_the_last_seat_is_taken_once(area):
    with working(area, TESTS) as work:
        for n in range(7):
            a_member(work, f"rep{n}@example.org", GROUP)
        two = [somebody(work), somebody(work)]
    done = at_once(*[doing(area, service.join, person.id, GROUP) for person in two])
    assert sorted(type(result).__name__ for result in done) == [Conflict.__name__, Standing.__name__]
    assert open_levels(area).count(GROUP) == 8


def test_of_yes_no_and_forgetting_one_holds(area):
    with working(area, TESTS) as work:
        lead = an_officer(work, lead=True)
    with working(area, acting_as(lead, Role.OFFICER, Role.LEAD)) as work:
        asked = an_invitation(work)
    verbs = (invitations.accept, invitations.decline, invitations.forget)
    at_once(*[doing(area, verb, asked.id) for verb in verbs])
    with area.reading() as session:
        left = session.get_one(Invitation, asked.id)
    assert (left.answered_at is None) != (left.forgotten_at is None)
    assert (left.address, left.name) == (None, "")
    assert len(open_levels(area)) == (1 if left.answer else 0)
