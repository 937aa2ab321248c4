"""Letters to somebody whose words are not published: why, what came of an objection, and that we are late with it."""

from datetime import date, datetime

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.links import PLACE
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import shortened

MAKER = "objection"


def held_back(
    area: AreaSettings, said: str, voice: Voice, held: HeldBack, *, until: date, not_before: datetime
) -> Draft:
    """It waits while it can be undone; the link to object is made while it is sent."""
    words = render_letter("held_back", area=area, said=shortened(said), because=held.because, until=until, link=PLACE)
    return _draft("held back", words, voice, not_before=not_before, maker=MAKER)


def answered(area: AreaSettings, said: str, voice: Voice, held: HeldBack, *, by: str) -> Draft:
    """Another officer has looked: it goes ahead, or it stays held back, and why."""
    words = render_letter(
        "objection_answered", area=area, said=shortened(said), upheld=held.upheld, answer=held.answer, by=by,
        next_on=voice.next_word_on,
    )  # fmt: skip
    return _draft("objection", words, voice)


def late(area: AreaSettings, said: str, voice: Voice, missed_on: date, next_on: date) -> Draft:
    """Nobody has decided about her objection by the promised day."""
    words = render_letter("objection_late", area=area, said=shortened(said), missed_on=missed_on, next_on=next_on)
    return _draft("late", words, voice)


def _draft(
    kind: str, words: Words, voice: Voice, *, not_before: datetime | None = None, maker: str | None = None
) -> Draft:
    return Draft(
        kind=kind,
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=voice.person_id,
        about=f"voice:{voice.id}",
        not_before=not_before,
        maker=maker,
        facts={"voice": str(voice.id)} if maker else {},
    )
