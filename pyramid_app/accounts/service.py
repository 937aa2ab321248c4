"""The verbs of people and signing in. The only writer of these tables, but for codes made while sending."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select, update
from uuid6 import uuid7

from pyramid_app.accounts import codes, queries
from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.models import ContactPoint, OneTimeCode, Person, RoleGrant, SignIn
from pyramid_app.accounts.rules import ContactKind, Did, PersonKind, Purpose
from pyramid_app.accounts.staff_rules import why_not_give, why_not_take
from pyramid_app.area.queries import settings_of
from pyramid_app.base.actor import Hat, Role
from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.base.keyed import keyed, same
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say

LETTERS_AN_HOUR = 5
"""Letters with a code that one address gets in an hour (``reliability.md`` 2.11); more asking writes no more."""


@dataclass(frozen=True)
class Tried:
    """What came of typing a code: the address it proves, or what was wrong. Never both."""

    address: str | None = None
    problem: Say | None = None


def ask(work: Work, purpose: Purpose, address: str, name: str = "") -> str:
    """Have a code sent to ``address``; returns the ask that the code will belong to.

    The row of the letter holds only the address. Known and unknown addresses do exactly the same here.
    ``name``: as hard to guess as one of ours, the same for the same button pressed twice: one letter goes.
    """
    name, area = name or codes.new_ask(), settings_of(work.session, work.now)
    lately = work.session.scalar(
        select(func.count()).where(
            Letter.kind == "code", Letter.address == address, Letter.posted_at > work.now - timedelta(hours=1)
        )
    )
    if (lately or 0) < LETTERS_AN_HOUR:
        work.post(
            Draft(
                kind="code",
                address=address,
                urgent=True,
                expires_at=work.now + timedelta(minutes=area.code_minutes),
                maker="sign in",
                facts={"purpose": purpose, "ask": name, "minutes": area.code_minutes},
            ),
            key=f"code:{name}",
        )
    return name


def try_code(work: Work, secret: str, ask_name: str, purpose: Purpose, typed: str) -> Tried:
    """Try what was typed. A wrong code is counted, so this never raises; a right one is used up."""
    known = work.session.get(OneTimeCode, ask_name, with_for_update=True)
    if known is None or known.purpose is not purpose or known.used_at:
        return Tried(problem=Say("This code does not work. Check the newest message from us, or ask for a new code."))
    if known.expires_at <= work.now:
        return Tried(problem=Say("This code is too old. Ask for a new one."))
    if known.tries >= settings_of(work.session, work.now).code_tries:
        return Tried(problem=Say("That was too many tries. Ask for a new code."))
    known.tries += 1
    if not same(known.code_hash, keyed(secret, "code", ask_name, codes.digits(typed))):
        return Tried(problem=Say("That is not the code we sent. Check it and type it again."))
    known.used_at = work.now
    return Tried(address=known.address)


def use_link(work: Work, secret: str, token: str) -> str:
    """The address that a sign-in link proves; the link is used up. Raises ``Conflict`` if it opens nothing."""
    known = work.session.exec(
        select(OneTimeCode).where(OneTimeCode.link_hash == keyed(secret, "link", token)).with_for_update()
    ).first()
    if known is None or known.used_at or known.expires_at <= work.now:
        raise Conflict(Say("This link has been used, or it is too old. Ask for a new one."))
    known.used_at = work.now
    return known.address


def person_at(work: Work, address: str, kind: PersonKind = PersonKind.PARENT_CARER) -> Person:
    """Whoever has this confirmed address; if nobody, somebody of that kind is added. The caller has proof of it.

    A young person and her parent may share an address: a young person is only found by somebody who comes as one.
    """
    one_at_a_time(work.session, f"address:{address}")
    is_young = kind is PersonKind.YOUNG_PERSON
    found = queries.find_by_address(work.session, address, young=is_young)
    if found or (found := None if is_young else confirm_invited(work, address)):
        return found
    person = add_person(work, kind)
    add_contact_point(work, person.id, address)
    return person


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
    point.confirmed_at, point.ended_at = work.now, None
    work.session.flush()
    work.record(Did.CONTACT_CONFIRMED, f"person:{person_id}", contact=point.id)
    return point


def add_unproved_point(work: Work, person_id: UUID, address: str) -> ContactPoint:
    """An address that somebody else says is theirs: nothing is sent to it as theirs until they prove it."""
    point = work.session.exec(
        select(ContactPoint).where(ContactPoint.person_id == person_id, ContactPoint.address == address)
    ).first()
    if point is None:
        kind = ContactKind.EMAIL if "@" in address else ContactKind.MOBILE
        point = ContactPoint(id=uuid7(), person_id=person_id, kind=kind, address=address, added_at=work.now)
        work.session.add(point)
        work.session.flush()
    return point


def end_contact_point(work: Work, person_id: UUID, point_id: UUID) -> None:
    """Stop using one address. The last one stays: without any, nobody could sign in or be told."""
    points = queries.list_contact_points(work.session, person_id)
    point = next((point for point in points if point.id == point_id), None)
    if point is None:
        return
    if len(points) == 1:
        raise Conflict(Say("This is the only way we can reach you. Add another one first."))
    _forget(work, point)
    revoke_passes(work, person_id)


def end_contact_points(work: Work, person_id: UUID) -> None:
    """Forget every address of somebody who leaves."""
    for point in queries.list_contact_points(work.session, person_id):
        _forget(work, point)


def end_unproved_points(work: Work, person_id: UUID) -> None:
    """Forget where somebody was invited and never came: whoever has that mailbox finds nothing open."""
    for point in staff.unproved_points(work.session, person_id):
        _forget(work, point)


def _forget(work: Work, point: ContactPoint) -> None:
    # The row stays, so that the log still points somewhere; the address does not.
    point.ended_at, point.address = work.now, f"forgotten:{point.id}"
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
    area, token = settings_of(work.session, work.now), codes.new_token()
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
