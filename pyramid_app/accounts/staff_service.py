"""What a lead does about the staff: invite, change, end. Every other lead is told, and whoever it is about.

What a command repairs is here, too.
"""

import dataclasses
from collections.abc import Collection, Sequence
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries, service
from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.away import queries as away_queries
from pyramid_app.accounts.away import service as away_service
from pyramid_app.accounts.models import ContactPoint, Person
from pyramid_app.accounts.permissions import may_end, may_readdress, may_run_staff, may_take
from pyramid_app.accounts.rules import Did, PersonKind
from pyramid_app.accounts.staff_letters import Change, invited_letter, moved_letter, told_letter, yours_letter
from pyramid_app.accounts.staff_rules import in_full, in_words, leaves_the_desk, why_not_without_heir
from pyramid_app.area.queries import settings_of
from pyramid_app.base.actor import AT_THE_DESK, Role
from pyramid_app.base.errors import Invalid
from pyramid_app.base.outbox.post import put_aside
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date


def invite(
    work: Work, *, name: str, job: str, address: str, roles: Collection[Role], site: str, also: Sequence[Say] = ()
) -> Person:
    """Somebody may sign in at ``address`` and has these roles from now on; a parent who is known there is found.

    ``also``: what else they are, in words for the letters (whom they speak for). Raises ``Invalid``.
    """
    may_run_staff(work.actor).enforce()
    service.hold_mailbox(work, address)
    person = queries.find_by_address(work.session, address, young=False) or staff.find_invited(work.session, address)
    if person is None:
        person = service.add_person(work, PersonKind.STAFF)
        service.add_unproved_point(work, person.id, address)
    _hold(work)
    if queries.roles_of(work.session, person.id, work.now):
        raise Invalid({"address": Say("{name} is on the list already. Change what they do there.", name=person.name)})
    person.name, person.job = person.name or name, job
    for role in roles:
        service.give_role(work, person.id, role)
    work.record(Did.STAFF_INVITED, f"person:{person.id}")
    change = _change(work, person, [*in_words(roles), *also], invited=True)
    unproved = address if staff.not_here_yet(work.session, [person.id]) else None
    area, full = settings_of(work.session, work.now), _invited(work, person, roles, also)
    work.post(invited_letter(area, person, unproved, full, site), key=_key(person.id))
    _tell_leads(work, person.id, change, site, staff.leads(work.session, work.now))
    return person


def readdress(work: Work, person_id: UUID, point_id: UUID, address: str, site: str) -> None:
    """Somebody on the staff, be it the only lead, signs in at ``address`` from now on, and proves it by doing so; what
    stood at ``point_id`` opens nothing more, and every sign-in ends. Both addresses hear of it.

    Only whoever runs the machine can do this: at the desk, nobody's account may be moved to a mailbox by another.
    """
    may_readdress(work.actor).enforce()
    service.hold_mailbox(work, address)
    _hold(work)
    person, old = queries.get_person(work.session, person_id), work.session.get_one(ContactPoint, point_id)
    other = queries.find_by_address(work.session, address, young=False) or staff.find_invited(work.session, address)
    if other and other.id != person_id:
        raise Invalid({"address": Say("{address} is somebody else's here: {name}.", address=address, name=other.name)})
    told = old.address if old.confirmed_at and old.address != address else None
    if not old.confirmed_at:
        put_aside(work.session, work.now, old.address)
    if old.address != address:
        service.replace_point(work, old, address)
    service.end_sessions(work, person_id)
    service.revoke_passes(work, person_id)
    work.record(Did.STAFF_READDRESSED, f"person:{person_id}")
    area, roles = settings_of(work.session, work.now), queries.roles_of(work.session, person_id, work.now)
    unproved = address if staff.not_here_yet(work.session, [person_id]) else None
    work.post(invited_letter(area, person, unproved, _invited(work, person, roles), site), key=_key(person_id))
    if told:
        work.post(moved_letter(area, person, told), key=_key(person_id))


def change(
    work: Work,
    person_id: UUID,
    *,
    give: Collection[Role] = (),
    take: Collection[Role] = (),
    name: str = "",
    job: str | None = None,
    waits: int = 0,
    site: str,
    also: Sequence[Say] = (),
    also_was: Sequence[Say] = (),
) -> None:
    """Other roles, another job, another name. ``waits``: how much waits for this person (see ``end``).

    What is given and what is taken, not what is held afterwards: two leads who look at one old page do not undo each
    other. Raises ``Invalid``.
    """
    may_run_staff(work.actor).enforce()
    refused = next((verdict.reason for role in take if not (verdict := may_take(work.actor, person_id, role))), None)
    if refused:
        raise Invalid({"roles": refused})
    _hold(work)
    person, before = queries.get_person(work.session, person_id), queries.roles_of(work.session, person_id, work.now)
    leads, after = staff.leads(work.session, work.now), (before - set(take)) | set(give)
    # A command is the last resort, where nobody can choose: what waits is handed on later, on the page of people.
    if not work.actor.system and leaves_the_desk(before, after) and _waits(work, person_id, waits):
        raise Invalid({"roles": Say("Something waits for {name}. End what they do here instead: there you choose who"
                                    " has it next.", name=person.name)})  # fmt: skip
    person.name, person.job = name or person.name, person.job if job is None else job
    _set(work, person_id, before, after)
    work.record(Did.STAFF_CHANGED, f"person:{person_id}")
    if before != after or list(also) != list(also_was):
        _tell(work, person, _change(work, person, [*in_words(after), *also]), site, leads)


def end(
    work: Work, person_id: UUID, to_id: UUID | None, *, waits: int = 0, site: str, also_was: Sequence[Say] = ()
) -> None:
    """They do nothing here any more, at once, in every browser. ``to_id`` stands in where they stood in for others.

    ``waits``: how much waits for them that the caller hands to ``to_id`` in the same act. Raises ``Invalid`` at ``to``
    if something waits and nobody is named, ``NotAllowed`` for oneself and for the last lead.
    """
    may_end(work.actor, person_id).enforce()
    _hold(work)
    person, before = queries.get_person(work.session, person_id), queries.roles_of(work.session, person_id, work.now)
    leads, name = staff.leads(work.session, work.now), person.name
    refused = why_not_without_heir(name, _waits(work, person_id, waits), to_id is not None)
    if refused:
        raise Invalid({"to": refused})
    heir = _heir(work, person_id, to_id) if to_id else None
    away_service.hand_cover(work, person_id, to_id)
    if not (before or also_was):
        return
    _set(work, person_id, before, frozenset())
    work.record(Did.STAFF_ENDED, f"person:{person_id}", to=to_id)
    _tell(work, person, _change(work, person, (), heir=heir.name if heir else ""), site, leads)
    service.end_unproved_points(work, person_id)


def _hold(work: Work) -> None:
    """Others wait from here on; and whoever was ended while she waited herself does nothing more."""
    service.hold_staff(work)
    if work.actor.person_id:
        roles = queries.roles_of(work.session, work.actor.person_id, work.now)
        may_run_staff(dataclasses.replace(work.actor, roles=roles)).enforce()


def _waits(work: Work, person_id: UUID, others: int) -> int:
    """What the caller counted, and those for whom this person stands in."""
    chain = away_queries.covers(work.session, london_date(work.now))
    return others + sum(cover == person_id for cover in chain.values())


def _heir(work: Work, person_id: UUID, to_id: UUID) -> Person:
    if to_id not in staff.officers(work.session, work.now) - {person_id}:
        raise Invalid({"to": Say("Choose a colleague from the list.")})
    return queries.get_person(work.session, to_id)


def _set(work: Work, person_id: UUID, before: Collection[Role], after: Collection[Role]) -> None:
    """End the one, give the other. Whoever has nothing at the desk any more is signed out there."""
    if leaves_the_desk(before, after):
        away_service.end_away(work, person_id)
    for role in sorted(set(before) - set(after)):
        service.end_role(work, person_id, role)
    for role in sorted(set(after) - set(before)):
        service.give_role(work, person_id, role)
    if AT_THE_DESK.intersection(before) and not AT_THE_DESK.intersection(after):
        service.end_staff_sessions(work, person_id)


def _change(work: Work, person: Person, parts: Sequence[Say], *, heir: str = "", invited: bool = False) -> Change:
    return Change(person.name, parts, work.actor.name, heir=heir, invited=invited)


def _invited(work: Work, person: Person, roles: Collection[Role], also: Sequence[Say] = ()) -> Change:
    change = _change(work, person, [*in_full(roles), *also], invited=True)
    return dataclasses.replace(change, desk=bool(AT_THE_DESK.intersection(roles)))


def _tell(work: Work, person: Person, change: Change, site: str, leads: set[UUID]) -> None:
    """The person, unless she did it herself or was never here; and every other lead of before and after."""
    if person.id != work.actor.person_id and not staff.not_here_yet(work.session, [person.id]):
        work.post(yours_letter(settings_of(work.session, work.now), person, change), key=_key(person.id))
    _tell_leads(work, person.id, change, site, leads | staff.leads(work.session, work.now))


def _tell_leads(work: Work, about: UUID, change: Change, site: str, leads: set[UUID]) -> None:
    area = settings_of(work.session, work.now)
    for lead in sorted(leads - {about, work.actor.person_id}):
        work.post(told_letter(area, lead, change, site), key=_key(about))


def _key(person_id: UUID) -> str:
    """What happens twice is told twice: whoever changes nothing posts nothing."""
    return f"staff:{person_id}:{uuid7()}"
