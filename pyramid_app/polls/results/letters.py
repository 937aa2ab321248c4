"""The letter that says what families said."""

from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.polls.models import Poll
from pyramid_app.polls.results.views import Document
from pyramid_app.polls.results.words import said


def told(area: AreaSettings, poll: Poll, document: Document, by_name: str, person_id: UUID, address: str) -> Draft:
    """What families said, to somebody who answered."""
    link = f"{address}/polls/{poll.ref}/results"
    words = render_letter("poll_result", area=area, poll=poll, said=said(document), by_name=by_name, link=link)
    return Draft(
        kind="poll result", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", link=link,
    )  # fmt: skip
