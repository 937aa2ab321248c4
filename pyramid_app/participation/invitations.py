"""Inviting one person: one letter, from whom and why, yes or no. An invitation is not a membership."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, update
from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.sealed import read_sealed, write_sealed
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.participation import queries
from pyramid_app.participation.letters import invitation_letter
from pyramid_app.participation.models import Invitation
from pyramid_app.participation.permissions import may_invite
from pyramid_app.participation.rules import Did
from pyramid_app.participation.service import join

SIZE = 16
PURPOSE = "invitation"


@dataclass(frozen=True)
class Accepted:
    """Who said yes. ``known``: somebody had this address before, so the link alone does not sign them in."""

    person_id: UUID
    known: bool


def invite(work: Work, *, address: str, name: str, level: str, why: str) -> Invitation:
    """A letter from the lead who acts. Raises ``Invalid`` where an answer is still awaited, or no seat is free."""
    may_invite(work.actor).enforce()
    area, wanted = settings_of(work.session, work.now), queries.get_level(work.session, level)
    if not queries.has_free_seat(work.session, level):
        raise Invalid({"level": Say("All {seats} seats of {level} are taken.", seats=wanted.seats, level=wanted.name)})
    waiting = queries.open_invitations(work.session, _still_open(work.session, work.now))
    mailbox = canonical_mailbox(address)
    if any(canonical_mailbox(invitation.address or "") == mailbox for invitation in waiting):
        raise Invalid({"address": Say("This person has been invited already. We wait for their answer.")})
    by = people.get_person(work.session, work.actor.person_id or UUID(int=0))
    invitation = Invitation(
        id=uuid7(), address=address, name=name, level=level, why=why, by_id=by.id, invited_at=work.now
    )
    work.session.add(invitation)
    work.post(invitation_letter(area, invitation, by.name or area.team, wanted), key=_key(invitation.id))
    work.record(Did.INVITED, f"invitation:{invitation.id}", level=level)
    return invitation


def find_open(session: Session, invitation_id: UUID, now: datetime) -> Invitation | None:
    """The invitation, if it can still be answered: the clock decides, not whether a job has run."""
    return queries.find_open_invitation(session, invitation_id, _still_open(session, now))


def list_open(session: Session, now: datetime) -> list[Invitation]:
    return list(queries.open_invitations(session, _still_open(session, now)))


def to_forget(session: Session, now: datetime) -> list[UUID]:
    return list(queries.invitations_to_forget(session, _still_open(session, now)))


def accept(work: Work, invitation_id: UUID) -> Accepted:
    """Yes: whoever holds the letter has the address, and joins at the level they were invited to.

    The caller has asked whether they care for a child, if the level votes. Raises ``Conflict`` if it was answered.
    """
    invitation = _hold(work, invitation_id)
    known = people.find_by_address(work.session, invitation.address or "")
    person = known or accounts.person_at(work, invitation.address or "")
    if invitation.name and not person.name:
        accounts.call_me(work, person.id, invitation.name)
    join(work, person.id, invitation.level)
    _answered(work, invitation, yes=True)
    return Accepted(person.id, known is not None)


def decline(work: Work, invitation_id: UUID) -> None:
    """No: address and name are forgotten at once."""
    _answered(work, _hold(work, invitation_id), yes=False)


def forget(work: Work, invitation_id: UUID) -> None:
    """No answer in time is a no. An answer that came while we were about to forget it counts."""
    invitation = work.session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.answered_at or invitation.forgotten_at:
        return
    invitation.forgotten_at = work.now
    _wipe(work, invitation)
    work.record(Did.INVITATION_FORGOTTEN, f"invitation:{invitation.id}")


def write_invitation(secret: str, invitation_id: UUID) -> str:
    """The sealed part of an invitation's address."""
    return write_sealed(secret, PURPOSE, invitation_id.bytes)


def read_invitation(secret: str, token: str) -> UUID | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, PURPOSE, token, SIZE)
    return UUID(bytes=inside) if inside else None


def _hold(work: Work, invitation_id: UUID) -> Invitation:
    after = _still_open(work.session, work.now)
    invitation = queries.find_open_invitation(work.session, invitation_id, after, hold=True)
    if invitation is None:
        raise Conflict(Say("This invitation has been answered, or it is too old. You can join at any time."))
    return invitation


def _answered(work: Work, invitation: Invitation, *, yes: bool) -> None:
    invitation.answered_at, invitation.answer = work.now, yes
    _wipe(work, invitation)
    work.record(Did.INVITATION_ANSWERED, f"invitation:{invitation.id}", yes=yes)


def _wipe(work: Work, invitation: Invitation) -> None:
    """The row stays, so that the log still points somewhere; address and name go, from the letter too."""
    invitation.address, invitation.name = None, ""
    work.session.exec(
        update(Letter)
        .where(col(Letter.key) == _key(invitation.id))
        .values(address=f"forgotten:{invitation.id}", text="", subject="", one_line="")
    )


def _still_open(session: Session, now: datetime) -> datetime:
    """Invitations of this instant or before are too old."""
    return now - timedelta(days=settings_of(session, now).invitation_days)


def _key(invitation_id: UUID) -> str:
    return f"invitation:{invitation_id}"
