"""Letters to one speaker: the first answer, and "we are late". Both begin with their own words."""

from datetime import date, datetime
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.charter.models import Wording
from pyramid_app.feedback.rules import shortened
from pyramid_app.kit.disclosure import Shown
from pyramid_app.topics.models import Topic


def first_answer_words(
    area: AreaSettings, topic: Topic, touches: list[Wording], others: Shown, said: str, *, name: str, by: str, note: str
) -> Words:
    """What the first answer says; the desk shows exactly this before it goes."""
    return render_letter(
        "voice_first_answer", area=area, topic=topic, touches=touches, others=others, said=shortened(said), name=name,
        by=by, note=note,
    )  # fmt: skip


def first_answer(words: Words, person_id: UUID, topic: Topic, not_before: datetime) -> Draft:
    """It waits a while, so that a filing can be undone."""
    return Draft(
        kind="first answer",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=person_id,
        about=f"topic:{topic.id}",
        not_before=not_before,
    )


def late(area: AreaSettings, said: str, person_id: UUID, missed_on: date, next_on: date) -> Draft:
    words = render_letter("voice_late", area=area, said=shortened(said), missed_on=missed_on, next_on=next_on)
    return Draft(
        kind="late", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id
    )  # fmt: skip
