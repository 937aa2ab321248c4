"""Letters from the desk: the first answer, thanks, "we are late", and questions to colleagues."""

from datetime import date, datetime
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.charter.models import Wording
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About, shortened
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


def thanks_words(area: AreaSettings, said: str, *, name: str, by: str, note: str) -> Words:
    """The answer to somebody who only said thank you."""
    return render_letter("voice_thanks", area=area, said=shortened(said), name=name, by=by, note=note)


def answer(words: Words, voice: Voice, topic: Topic | None, not_before: datetime) -> Draft:
    """It waits a while, so that it can be undone. About one child it hangs on the voice, to be forgotten with it."""
    return Draft(
        kind="first answer",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=voice.person_id,
        about=f"topic:{topic.id}" if topic and voice.about is About.SYSTEM else f"voice:{voice.id}",
        not_before=not_before,
    )


def late(area: AreaSettings, said: str, voice: Voice, missed_on: date, next_on: date) -> Draft:
    """Nobody has answered by the promised day; or the place that has it has not said that it arrived."""
    words = render_letter(
        "voice_late", area=area, said=shortened(said), missed_on=missed_on, next_on=next_on,
        with_others=voice.handed_at is not None,
    )  # fmt: skip
    return Draft(
        kind="late",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=voice.person_id,
        about=f"voice:{voice.id}",
    )


def colleague_asked(area: AreaSettings, voice: Voice, asked: str, to_id: UUID, *, by: str, link: str) -> Draft:
    """A question to a colleague. The family's words stay on the desk: this letter only leads there."""
    words = render_letter("desk_asked", area=area, ref=voice.ref, asked=asked, by=by, link=link)
    return Draft(
        kind="desk", subject=words.subject, text=words.text, one_line=words.one_line, person_id=to_id,
        about=f"voice:{voice.id}", link=link,
    )  # fmt: skip


def topic_raised(area: AreaSettings, topic: Topic, heard: Shown, to_id: UUID, *, link: str) -> Draft:
    """To each representative: many families speak of something that no promise covers."""
    words = render_letter("topic_raised", area=area, topic=topic, heard=heard, link=link)
    return Draft(
        kind="raised",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=to_id,
        about=f"topic:{topic.id}",
        link=link,
    )
