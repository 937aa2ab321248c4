"""An area's first day: tables are there; levels, partners, settings and the first lead follow."""

from dataclasses import dataclass

from pyramid_app.accounts import queries, staff_service
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts import staff_queries as staff
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


@dataclass(frozen=True)
class Answers:
    """What ``setup`` asks. ``site``: the public address."""

    name: str
    host: str
    sender: str
    reply_to: str
    lead_name: str
    lead_address: str
    site: str


def start_area(database: Database, answers: Answers) -> None:
    """Lay the ground of a real area, and post the letter that lets its first lead sign in.

    Until she has done so it can be done again: the new answers count, and where she gets a letter is repaired. Raises
    ``Conflict`` once the area has begun.
    """
    with working(database, system("setup")) as work:
        again = bool(participation_queries.list_levels(work.session))
        first = _waited_for(work) if again else None
        if not again:
            lay_ground(work)
        area.change_settings(
            work,
            {"name": answers.name, "host": answers.host, "sender_address": answers.sender,
             "reply_to": answers.reply_to},
            why="The area was set up.",
        )  # fmt: skip
        if first is None:
            staff_service.invite(
                work, name=answers.lead_name, job="", address=answers.lead_address,
                roles=(Role.OFFICER, Role.LEAD), site=answers.site,
            )  # fmt: skip
        else:
            first.name = answers.lead_name
            point = staff.unproved_points(work.session, first.id)[0]
            staff_service.readdress(work, first.id, point.id, answers.lead_address, answers.site)


def _waited_for(work: Work) -> Person:
    """The first lead, who has not signed in yet."""
    leads = staff.holders(work.session, Role.LEAD, work.now)
    if len(leads) != 1 or not staff.not_here_yet(work.session, leads):
        raise Conflict(Say("This database already holds an area. People are added with pyramid-app people add, and an"
                           " address is repaired with pyramid-app people address."))  # fmt: skip
    return queries.get_person(work.session, leads.pop())


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
