"""The invitation: from whom, why, what it asks of you. Its link is made while sending."""

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.texts import london_date
from pyramid_app.participation.models import Invitation, Level
from pyramid_app.participation.rules import forgotten_from


def invitation_letter(area: AreaSettings, invitation: Invitation, by_name: str, level: Level) -> Draft:
    """To ``invitation.address``; ``by_name`` signs it."""
    ends = forgotten_from(invitation.invited_at, area.invitation_days)
    words = render_letter(
        "invitation", area=area, invitation=invitation, by_name=by_name, level=level, until=london_date(ends)
    )
    return Draft(
        kind="invitation",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        address=invitation.address,
        maker="invitation",
        facts={"invitation": str(invitation.id)},
        expires_at=ends,
    )
