"""The letter to a representative: what do you think of this answer?"""

from uuid import UUID

from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.base.work import Work
from pyramid_app.outcomes.models import Outcome
from pyramid_app.topics.models import Topic


def ask(work: Work, outcome: Outcome, topic: Topic, person_id: UUID, name: str, by: str, address: str) -> Draft:
    """``name`` is hers, ``by`` the officer's who asks."""
    area, link = settings_of(work.session, work.now), f"{address}/reps/answers/{outcome.id}"
    waits = outcome.published_at if outcome.published_at > work.now else None
    words = render_letter(
        "reps_ask", area=area, topic=topic, outcome=outcome, name=name, by=by, public_at=waits, link=link
    )
    return Draft(
        kind="reps ask", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"topic:{topic.id}", link=link,
    )  # fmt: skip
