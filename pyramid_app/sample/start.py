"""An area's first day: tables are there; levels, partners, settings and the first lead follow."""

from pyramid_app.accounts import queries
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.area import calendar_service
from pyramid_app.area import service as area
from pyramid_app.area.sample import sample_periods
from pyramid_app.base.actor import Role, system
from pyramid_app.base.db import Database
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Work, working
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.participation import queries as participation_queries
from pyramid_app.participation import service as participation
from pyramid_app.partners import service as partners


def start_area(
    database: Database, *, name: str, host: str, sender: str, reply_to: str, lead_name: str, lead_address: str
) -> None:
    """Lay the ground of a real area. Raises ``Conflict`` if this database already holds one."""
    with working(database, system("setup")) as work:
        if participation_queries.list_levels(work.session):
            raise Conflict(Say("This database already holds an area."))
        lay_ground(work)
        area.change_settings(
            work,
            {"name": name, "host": host, "sender_address": sender, "reply_to": reply_to},
            why="The area was set up.",
        )
        add_officer(work, lead_name, lead_address.strip().lower(), job="", lead=True)


def lay_ground(work: Work) -> None:
    participation.lay_levels(work)
    partners.lay_partners(work)


def lay_sample_calendar(work: Work) -> None:
    """Terms, religious days and a pre-election period that are made up; never part of a real area."""
    for period in sample_periods(london_date(work.now)):
        calendar_service.add_period(work, period.kind, period.name, period.from_on, period.until_on)


def add_officer(work: Work, name: str, address: str, *, job: str, lead: bool = False) -> Person:
    """Somebody on the staff who can sign in with that address."""
    person = queries.find_by_address(work.session, address)
    if person is None:
        person = accounts.add_person(work, PersonKind.STAFF, name, job)
        accounts.add_contact_point(work, person.id, address)
    accounts.give_role(work, person.id, Role.OFFICER)
    if lead:
        accounts.give_role(work, person.id, Role.LEAD)
    return person
