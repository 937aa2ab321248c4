"""The letter that says how a consultation was considered."""

from collections.abc import Sequence
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.polls.considering.models import Point
from pyramid_app.polls.models import Poll


def considered(
    area: AreaSettings, poll: Poll, points: Sequence[Point], by_name: str, person_id: UUID, address: str
) -> Draft:
    """Every main point with what came of it, to somebody who answered."""
    link = f"{address}/polls/{poll.ref}/results#considered"
    words = render_letter("poll_considered", area=area, poll=poll, points=points, by_name=by_name, link=link)
    return Draft(
        kind="poll considered", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", link=link,
    )  # fmt: skip
