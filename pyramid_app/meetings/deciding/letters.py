"""What a meeting came to, for every member and whoever asked for one of its items."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.agenda.rules import WORDS
from pyramid_app.meetings.models import Meeting


def decided_letter(
    area: AreaSettings, meeting: Meeting, items: Sequence[AgendaItem], to: UUID, name: str, by: str, word_on: date,
    site: str,
) -> Draft:  # fmt: skip
    """It begins with what the reader asked for, if she did. ``word_on``: by when representatives write."""
    link, on = f"{site}/meetings/{meeting.ref}", london_date(meeting.starts_at)
    asked = [item.title for item in items if item.asked_by_id == to]
    words = render_letter(
        "meeting_decided", area=area, meeting=meeting, items=items, words=WORDS, asked=asked, name=name, by=by, on=on,
        word_on=word_on, link=link,
    )  # fmt: skip
    return Draft(
        kind="meeting", subject=words.subject, text=words.text, one_line=words.one_line, person_id=to,
        about=f"meeting:{meeting.id}", link=link,
    )  # fmt: skip
