"""Letters about a meeting: its agenda, another time or place, called off. Its name is not on a locked phone."""

from collections.abc import Sequence
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.models import Meeting


def agenda_letter(
    area: AreaSettings, meeting: Meeting, items: Sequence[AgendaItem], to: UUID, name: str, by: str, site: str
) -> Draft:
    return _draft("meeting_agenda", area, meeting, to, site, name=name, by=by, items=items)


def changed_letter(area: AreaSettings, meeting: Meeting, to: UUID, name: str, by: str, site: str) -> Draft:
    return _draft("meeting_changed", area, meeting, to, site, name=name, by=by)


def called_off_letter(area: AreaSettings, meeting: Meeting, to: UUID, name: str, by: str, site: str) -> Draft:
    return _draft("meeting_called_off", area, meeting, to, site, name=name, by=by)


def _draft(template: str, area: AreaSettings, meeting: Meeting, to: UUID, site: str, **facts: object) -> Draft:
    link, on = f"{site}/meetings/{meeting.ref}", london_date(meeting.starts_at)
    words = render_letter(template, area=area, meeting=meeting, link=link, on=on, **facts)
    return Draft(
        kind="meeting", subject=words.subject, text=words.text, one_line=words.one_line, person_id=to,
        about=f"meeting:{meeting.id}", link=link,
    )  # fmt: skip
