"""The link of an invitation, made while its letter is sent."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.words import Words
from pyramid_app.participation.invitations import write_invitation
from pyramid_app.participation.models import Invitation


def invitation_maker(secret: str, address: str) -> Callable[[Session, datetime, Letter], Words | None]:
    """The maker of invitations: ``None`` once there is nobody to answer any more."""

    def make(session: Session, _now: datetime, letter: Letter) -> Words | None:
        invitation = session.get(Invitation, UUID(str(letter.facts["invitation"])))
        if invitation is None or invitation.answered_at or invitation.forgotten_at:
            return None
        link = f"{address}/invitation/{write_invitation(secret, invitation.id)}"
        return Words(letter.subject, letter.one_line, letter.text.replace("[[link]]", link))

    return make
