"""The notice as a letter. It begins with the reader's own words where there are any, and says why she gets it."""

from datetime import timedelta
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.feedback.rules import shortened
from pyramid_app.kit.texts import london_midnight
from pyramid_app.notices.models import Notice
from pyramid_app.notices.rules import Content, Reason


def notice_words(area: AreaSettings, notice: Notice | Content, reason: Reason, level: str, by: str) -> Words:
    """What one person reads; the desk shows exactly this. ``level`` and ``by`` are names."""
    said = shortened(reason.said) if reason.said else ""
    return render_letter("notice", area=area, notice=notice, said=said, topic=reason.topic, level=level, by=by)


def notice_letter(words: Words, notice: Notice, person_id: UUID, address: str) -> Draft:
    """Of no use after its day: then it is dropped, whatever it waited for."""
    assert notice.until_on is not None  # noqa: S101  without a day it cannot be published
    return Draft(
        kind="notice", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"notice:{notice.id}", link=notice.link or f"{address}/notices",
        expires_at=london_midnight(notice.until_on + timedelta(days=1)),
    )  # fmt: skip


def trial(words: Words, notice: Notice, officer_id: UUID) -> Draft:
    """The same to the officer who writes it, whatever she wishes to get."""
    return Draft(
        kind="notice trial", subject=words.subject, text=words.text, one_line=words.one_line, person_id=officer_id,
        about=f"notice:{notice.id}",
    )  # fmt: skip
