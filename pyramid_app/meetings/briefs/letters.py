"""Two days before a meeting: two pages to read."""

from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.models import Meeting


def brief_letter(area: AreaSettings, meeting: Meeting, to: UUID, name: str, site: str) -> Draft:
    link, on = f"{site}/meetings/{meeting.ref}/brief", london_date(meeting.starts_at)
    words = render_letter("brief", area=area, meeting=meeting, name=name, on=on, link=link)
    return Draft(
        kind="brief", subject=words.subject, text=words.text, one_line=words.one_line, person_id=to,
        about=f"meeting:{meeting.id}", link=link, expires_at=meeting.ends_at,
    )  # fmt: skip
