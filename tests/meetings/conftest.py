"""A Group of eight representatives and four others, its chair, and a meeting on Thursday 18 March 2027, 10 am."""

from datetime import datetime

import pytest

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Role
from pyramid_app.kit.texts import LONDON
from pyramid_app.meetings import service
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda.rules import Draft, ItemKind
from pyramid_app.meetings.rules import Plan
from pyramid_app.participation.group import service as group
from pyramid_app.participation.group.rules import Draft as MemberDraft
from pyramid_app.participation.group.rules import MemberKind
from tests.builders import a_member, acting_as

SITE = "http://localhost"
STARTS, ENDS = datetime(2027, 3, 18, 10, tzinfo=LONDON), datetime(2027, 3, 18, 12, tzinfo=LONDON)
PLAN = Plan("Spring meeting", STARTS, ENDS, "Room 2, the Hub", childcare="There is a play room.")
LIFT = Draft("A lift for Hill School", "We agree to put in a lift by July.", 20, ItemKind.DECIDE)
REPORT = Draft("The year in figures", "", 10, ItemKind.HEAR)
NAMED = {"hana": MemberKind.SCHOOL, "otto": MemberKind.OFFICER, "nell": MemberKind.HEALTH, "vic": MemberKind.VOLUNTARY}


@pytest.fixture
def reps(act, sam):
    with act() as work:
        return [a_member(work, f"rep{n}@example.org", "group", name=f"Rep{n}") for n in range(8)]


@pytest.fixture
def others(act, reps):
    """By name: those whom a lead named."""
    rows = {}
    with act() as work:
        for name, kind in NAMED.items():
            person = accounts.person_at(work, f"{name}@example.org")
            accounts.call_me(work, person.id, name.title())
            draft = MemberDraft(name.title(), f"{name}@example.org", kind, "a body")
            rows[name] = group.name(work, draft, SITE).person_id
    return rows


@pytest.fixture
def rosa(act, reps):
    """The first representative shares the chair."""
    with act() as work:
        accounts.give_role(work, reps[0].id, Role.CHAIR)
    return reps[0]


@pytest.fixture
def chair(rosa):
    return acting_as(rosa, Role.CHAIR)


@pytest.fixture
def meeting(act, chair, others):
    with act(chair) as work:
        return service.arrange(work, PLAN)


@pytest.fixture
def lift(act, chair, meeting):
    with act(chair) as work:
        return agenda.add(work, meeting.id, LIFT)


@pytest.fixture
def report(act, chair, meeting, lift):
    with act(chair) as work:
        return agenda.add(work, meeting.id, REPORT)
