"""A lead says who belongs to the Group, and when that ends. Intervals: nothing is overwritten."""

from datetime import timedelta
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts import staff_queries
from pyramid_app.accounts.models import Person
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date, london_midnight
from pyramid_app.participation import queries as participation
from pyramid_app.participation.group import letters, queries
from pyramid_app.participation.group.models import GroupMember
from pyramid_app.participation.group.permissions import may_name_members
from pyramid_app.participation.group.rules import KINDS, Did, Draft, MemberKind, what_is_wrong


def name(work: Work, draft: Draft, site: str) -> GroupMember:
    """This person belongs to the Group from now on, and hears so by letter. Raises ``Invalid`` by field."""
    may_name_members(work.actor).enforce()
    wrong = what_is_wrong(draft, london_date(work.now))
    if wrong or draft.kind is None:
        raise Invalid(wrong)
    accounts.hold_mailbox(work, draft.address)
    person = _person(work, draft)
    participation.hold_person(work.session, person.id)
    if queries.is_member(work.session, person.id, work.now):
        raise Invalid({"address": Say("{name} belongs to the Group already.", name=person.name)})
    until = london_midnight(draft.until_on + timedelta(days=1)) if draft.until_on else None
    row = GroupMember(
        id=uuid7(), person_id=person.id, kind=draft.kind, body=draft.body, from_at=work.now, until_at=until,
        by_id=work.actor.person_id,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record(Did.NAMED, f"group member:{row.id}", person=person.id, kind=draft.kind)
    unproved = draft.address if staff_queries.not_here_yet(work.session, [person.id]) else None
    area = settings_of(work.session, work.now)
    letter = letters.named_letter(area, person, unproved, KINDS[draft.kind], work.actor.name, site)
    work.post(letter, key=f"group-member:{row.id}")
    return row


def end(work: Work, row_id: UUID) -> None:
    """They belong to the Group no more, at once. What they said and did there stays."""
    may_name_members(work.actor).enforce()
    row = queries.get_row(work.session, row_id, work.now, hold=True)
    row.until_at = work.now
    work.record(Did.ENDED, f"group member:{row.id}", person=row.person_id)


def _person(work: Work, draft: Draft) -> Person:
    """Whoever is known at this address; if nobody, somebody who proves it with the first sign-in."""
    young = draft.kind is MemberKind.YOUNG_PERSON
    person = people.find_by_address(work.session, draft.address, young=young)
    if person is None and young:
        raise Invalid({"address": Say("We know no young person with this address. Ask them to tell us something first,"
                                      " and to leave this address.")})  # fmt: skip
    person = person or staff_queries.find_invited(work.session, draft.address)
    if person is None:
        person = accounts.add_person(work, PersonKind.STAFF)
        accounts.add_unproved_point(work, person.id, draft.address)
    person.name = person.name or draft.name
    return person
