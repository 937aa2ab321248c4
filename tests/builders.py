"""People and places for tests: valid by default, explicit where the test cares."""

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.area import service as area
from pyramid_app.base.actor import Actor, Hat, Role
from pyramid_app.base.work import Work
from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.participation import service as participation
from pyramid_app.partners import service as partners


def the_area(work: Work) -> None:
    """Levels, partners, and the few settings that letters speak of."""
    participation.lay_levels(work)
    partners.lay_partners(work)
    area.change_settings(
        work,
        {"name": "Testborough", "team": "SEND team", "phone": "020 7946 0000", "invitation_gap_days": 0},
        "for tests",
    )


def the_town(work: Work, *, lead: bool = False) -> Person:
    """The area with a charter and an officer, who is returned."""
    the_area(work)
    charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
    return an_officer(work, lead=lead)


def a_member(work: Work, address: str = "amina@example.org", level: str = "parliament", name: str = "Amina") -> Person:
    """Somebody who has joined and can be reached."""
    person = accounts.person_at(work, address)
    accounts.call_me(work, person.id, name)
    participation.join(work, person.id, level)
    return person


def an_officer(
    work: Work, name: str = "Sam", address: str = "sam@council.example.org", *, lead: bool = False
) -> Person:
    """A member of staff who stands nowhere in the pyramid."""
    person = accounts.add_person(work, PersonKind.STAFF, name, "SEND team")
    accounts.add_contact_point(work, person.id, address)
    accounts.give_role(work, person.id, Role.OFFICER)
    if lead:
        accounts.give_role(work, person.id, Role.LEAD)
    return person


def acting_as(person: Person, *roles: Role) -> Actor:
    """The actor for that person, with the staff hat on where roles are given."""
    hat = Hat.STAFF if roles else Hat.FAMILY
    return Actor(person_id=person.id, roles=frozenset(roles), hat=hat, name=person.name)
