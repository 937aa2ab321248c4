"""The letter of those who have answered: your answer was changed."""

from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.polls.models import Poll


def changed(area: AreaSettings, poll: Poll, person_id: UUID, address: str) -> Draft:
    """An answer was changed by a link: its owner hears, in case it was not she."""
    link = f"{address}/q/{poll.ref}"
    words = render_letter("poll_changed", area=area, poll=poll, link=link)
    return Draft(
        kind="poll changed", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", link=link, expires_at=poll.closes_at,
    )  # fmt: skip
