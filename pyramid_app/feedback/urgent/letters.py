"""One line without any content: a message that may be urgent is on the desk."""

from datetime import datetime
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter


def ring(
    area: AreaSettings, about: str, link: str, expires_at: datetime, *, address: str | None, person_id: UUID | None
) -> Draft:
    """To an address on duty, or, where none is set, to an officer."""
    words = render_letter("urgent", area=area, link=link, nobody=person_id is not None)
    return Draft(
        kind="urgent",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=person_id,
        address=address,
        about=about,
        link=link,
        urgent=True,
        expires_at=expires_at,
    )
