"""The morning after: three boxes."""

from datetime import date
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.models import Meeting


def report_letter(area: AreaSettings, meeting: Meeting, to: UUID, name: str, due: date, site: str) -> Draft:
    link, on = f"{site}/meetings/{meeting.ref}/boxes", london_date(meeting.starts_at)
    words = render_letter("report_back", area=area, meeting=meeting, name=name, on=on, due=due, link=link)
    return Draft(
        kind="report back", subject=words.subject, text=words.text, one_line=words.one_line, person_id=to,
        about=f"meeting:{meeting.id}", link=link,
    )  # fmt: skip
