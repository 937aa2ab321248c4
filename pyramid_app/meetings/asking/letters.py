"""The letter to a member who asked for an item: yes, at this meeting; or no, because."""

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.meetings.asking.models import AskedItem
from pyramid_app.meetings.models import Meeting


def answered_letter(
    area: AreaSettings, ask: AskedItem, meeting: Meeting | None, by: str, name: str, site: str
) -> Draft:
    """``meeting`` is ``None`` for a no. ``name`` is the reader's, ``by`` the chair's."""
    link = f"{site}/meetings/{meeting.ref}" if meeting else f"{site}/meetings"
    words = render_letter("item_answered", area=area, ask=ask, meeting=meeting, by=by, name=name, link=link)
    return Draft(
        kind="item answered", subject=words.subject, text=words.text, one_line=words.one_line, person_id=ask.by_id,
        about=f"asked item:{ask.id}", link=link,
    )  # fmt: skip
