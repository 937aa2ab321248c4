"""The verbs of people and signing in. The only writer of these tables."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select, update
from uuid6 import uuid7

from pyramid_app.accounts import queries
from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.changing import service as changing
from pyramid_app.accounts.codes.making import new_token
from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.accounts.models import ContactPoint, Person, RoleGrant, SignIn
from pyramid_app.accounts.rules import ContactKind, Did, PersonKind
from pyramid_app.accounts.shared import service as shared
from pyramid_app.accounts.staff_rules import why_not_give, why_not_take
from pyramid_app.area.queries import settings_of
from pyramid_app.base.actor import Hat, Role
from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.base.keyed import keyed
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say


def person_at(work: Work, address: str, kind: PersonKind = PersonKind.PARENT_CARER) -> Person:
    """Whoever has this confirmed mailbox; if nobody, somebody of that kind is added. The caller has proof of it.

    A young person and her parent may share a mailbox: a young person is only found by somebody who comes as one.
    """
    hold_mailbox(work, address)
    is_young = kind is PersonKind.YOUNG_PERSON
    found = queries.find_by_address(work.session, address, young=is_young)
    if found or (found := None if is_young else confirm_invited(work, address)):
        return found
    person = add_person(work, kind)
    add_contact_point(work, person.id, address)
    return person


def hold_mailbox(work: Work, address: str) -> None:
    """Whoever else would find or add a person at any spelling of this address waits until the act ends."""
    one_at_a_time(work.session, f"mailbox:{canonical_mailbox(address)}")


def confirm_invited(work: Work, address: str) -> Person | None:
    """Whoever was invited to the staff at this address, which the caller has proof of now; ``None`` if nobody was."""
    invited = staff.find_invited(work.session, address)
    if invited:
        add_contact_point(work, invited.id, address)
    return invited


def add_person(work: Work, kind: PersonKind, name: str = "", job: str = "") -> Person:
    person = Person(id=uuid7(), kind=kind, name=name, job=job, added_at=work.now)
    work.session.add(person)
    # Rows that point to this one follow in the same act; across packages there is no relationship to order them.
    work.session.flush()
    work.record(Did.PERSON_ADDED, f"person:{person.id}", kind=kind)
    return person


def add_contact_point(work: Work, person_id: UUID, address: str) -> ContactPoint:
    """A confirmed way to reach somebody; one that had ended begins again."""
    point = add_unproved_point(work, person_id, address)
    if point.confirmed_at and point.ended_at is None:
        return point
    point.confirmed_at, point.ended_at = work.now, None
    work.session.flush()
    work.record(Did.CONTACT_CONFIRMED, f"person:{person_id}", contact=point.id)
    changing.tell(work, point, ended=False)
    return point


def add_unproved_point(work: Work, person_id: UUID, address: str) -> ContactPoint:
    """An address that somebody else says is theirs: nothing is sent to it as theirs until they prove it."""
    point = work.session.exec(
        select(ContactPoint).where(ContactPoint.person_id == person_id, ContactPoint.address == address)
    ).first()
    if point is None:
        kind = ContactKind.EMAIL if "@" in address else ContactKind.MOBILE
        point = ContactPoint(
            id=uuid7(), person_id=person_id, kind=kind, address=address, mailbox=canonical_mailbox(address),
            added_at=work.now,
        )  # fmt: skip
        work.session.add(point)
        work.session.flush()
    return point


def end_contact_point(work: Work, person_id: UUID, point_id: UUID, *, proved: bool = False) -> None:
    """Stop using one address. The last one stays: without any, nobody could sign in or be told.

    ``proved``: a code from this very address was typed just now; raises ``NotAllowed`` where that is needed.
    """
    points = queries.list_contact_points(work.session, person_id)
    point = next((point for point in points if point.id == point_id), None)
    if point is None:
        return
    if len(points) == 1:
        raise Conflict(Say("This is the only way we can reach you. Add another one first."))
    if not proved and queries.ends_with_code(points, point, work.now):
        raise NotAllowed(Say("We first need to be sure that it is you. Type the code that we send to this address."))
    changing.tell(work, point, ended=True)
    forget_contact_point(work, point)
    revoke_passes(work, person_id)


def replace_point(work: Work, old: ContactPoint, address: str) -> None:
    """Another way to reach somebody in place of ``old``, which they have yet to prove, unless they have it already."""
    add_unproved_point(work, old.person_id, address)
    forget_contact_point(work, old)


def end_contact_points(work: Work, person_id: UUID) -> None:
    """Forget every address of somebody who leaves."""
    changing.forget(work, person_id)
    for point in queries.list_contact_points(work.session, person_id):
        forget_contact_point(work, point)


def restore_contact_point(work: Work, point: ContactPoint, address: str) -> None:
    """An address that had ended is used again, with the time at which it was confirmed first."""
    if any(one.address == address for one in queries.list_contact_points(work.session, point.person_id)):
        return
    point.address, point.mailbox, point.ended_at = address, canonical_mailbox(address), None
    work.session.flush()
    work.record(Did.CONTACT_CONFIRMED, f"person:{point.person_id}", contact=point.id)


def end_unproved_points(work: Work, person_id: UUID) -> None:
    """Forget where somebody was invited and never came: whoever has that mailbox finds nothing open."""
    for point in staff.unproved_points(work.session, person_id):
        forget_contact_point(work, point)


def forget_contact_point(work: Work, point: ContactPoint) -> None:
    """Nobody is written to there any more, and nobody signs in with it."""
    shared.forget(work, point.person_id, point.mailbox)
    # The row stays, so that the log still points somewhere; the address does not.
    point.ended_at, point.address, point.mailbox = work.now, *[f"forgotten:{point.id}"] * 2
    work.record(Did.CONTACT_ENDED, f"person:{point.person_id}", contact=point.id)


def revoke_passes(work: Work, person_id: UUID) -> None:
    """Every poll pass sent to this person so far opens nothing any more."""
    work.session.get_one(Person, person_id).passes += 1


def call_me(work: Work, person_id: UUID, name: str) -> None:
    work.session.get_one(Person, person_id).name = name


def wish(
    work: Work,
    person_id: UUID,
    *,
    questions: bool | None = None,
    answers: bool | None = None,
    notices: bool | None = None,
) -> None:
    """Which letters this person wants; what is not said stays as it is."""
    person = work.session.get_one(Person, person_id)
    person.wants_questions = person.wants_questions if questions is None else questions
    person.wants_answers = person.wants_answers if answers is None else answers
    person.wants_notices = person.wants_notices if notices is None else notices


def begin_session(work: Work, secret: str, person_id: UUID, *, kept: bool = False) -> str:
    """Sign somebody in; returns the token for their browser, of which only a hash is stored."""
    area, token = settings_of(work.session, work.now), new_token()
    lasts = timedelta(days=area.kept_device_days) if kept else timedelta(hours=area.member_hours)
    work.session.add(
        SignIn(
            id=uuid7(),
            token_hash=keyed(secret, "session", token),
            person_id=person_id,
            hat=Hat.FAMILY,
            kept=kept,
            began_at=work.now,
            expires_at=work.now + lasts,
        )
    )
    work.record(Did.SIGNED_IN, f"person:{person_id}")
    return token


def change_hat(work: Work, sign_in_id: UUID, hat: Hat) -> None:
    """Put on the other hat. Only somebody with a role has a second one: ``Actor.is_officer`` asks for both."""
    work.session.get_one(SignIn, sign_in_id).hat = hat


def end_session(work: Work, sign_in_id: UUID) -> None:
    entry = work.session.get_one(SignIn, sign_in_id)
    entry.ended_at = work.now
    work.record(Did.SIGNED_OUT, f"person:{entry.person_id}")


def end_sessions(work: Work, person_id: UUID) -> None:
    """End every sign-in of somebody, on every device."""
    work.session.exec(
        update(SignIn).where(col(SignIn.person_id) == person_id, col(SignIn.ended_at).is_(None))
        .values(ended_at=work.now)
    )  # fmt: skip
    work.record(Did.SIGNED_OUT, f"person:{person_id}")


def end_staff_sessions(work: Work, person_id: UUID) -> None:
    """Whatever browser has the staff hat on is signed out; where they are a family they stay."""
    work.session.exec(
        update(SignIn)
        .where(col(SignIn.person_id) == person_id, col(SignIn.hat) == Hat.STAFF, col(SignIn.ended_at).is_(None))
        .values(ended_at=work.now)
    )
    work.record(Did.SIGNED_OUT, f"person:{person_id}", hat=Hat.STAFF)


def hold_staff(work: Work) -> None:
    """Acts about roles and absences queue here: of two leads who end each other, one stays."""
    one_at_a_time(work.session, "staff")


def give_role(work: Work, person_id: UUID, role: Role) -> None:
    """It acts from now on, also in browsers that are signed in. Giving it twice changes nothing.

    Raises ``Invalid`` where as many have it as may.
    """
    hold_staff(work)
    if role in queries.roles_of(work.session, person_id, work.now):
        return
    refused = why_not_give(role, len(staff.holders(work.session, role, work.now)))
    if refused:
        raise Invalid({"roles": refused})
    work.session.add(
        RoleGrant(id=uuid7(), person_id=person_id, role=role, from_at=work.now, by_id=work.actor.person_id)
    )
    work.session.flush()
    work.record(Did.ROLE_GIVEN, f"person:{person_id}", role=role)


def end_role(work: Work, person_id: UUID, role: Role) -> None:
    """It stops at once; what was done under it stays written. Raises ``NotAllowed`` for the last lead."""
    hold_staff(work)
    if role not in queries.roles_of(work.session, person_id, work.now):
        return
    refused = why_not_take(role, len(staff.leads(work.session, work.now) - {person_id}))
    if refused:
        raise NotAllowed(refused)
    work.session.exec(
        update(RoleGrant)
        .where(col(RoleGrant.person_id) == person_id, col(RoleGrant.role) == role, col(RoleGrant.until_at).is_(None))
        .values(until_at=work.now)
    )
    work.record(Did.ROLE_ENDED, f"person:{person_id}", role=role)
