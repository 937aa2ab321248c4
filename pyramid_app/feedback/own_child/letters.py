"""Letters about a hand-over: to the place (made while sending), and to the family."""

from datetime import date
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child.models import HandOver
from pyramid_app.feedback.rules import shortened
from pyramid_app.kit.say import Say

MAKER = "hand over"


def to_place(hand_over: HandOver) -> Draft:
    """The row holds none of the family's words: they are put in while it is sent."""
    return Draft(
        kind="hand over",
        address=hand_over.mailbox,
        about=f"voice:{hand_over.voice_id}",
        maker=MAKER,
        facts={"hand_over": str(hand_over.id), "version": hand_over.version},
    )


def place_words(area: AreaSettings, voice: Voice, hand_over: HandOver, said: str, original: str, link: str) -> Words:
    """What the place reads: the words, the number, the reference, and where to say that it has them."""
    return render_letter(
        "hand_over", area=area, ref=voice.ref, phone=hand_over.phone, said=said, original=original, link=link,
        again=hand_over.version > 1, word_on=hand_over.word_on,
    )  # fmt: skip


def passed_on(area: AreaSettings, said: str, voice: Voice, helper: str | Say, *, by: str) -> Draft:
    """To the family, after an officer passed their words on for them."""
    words = render_letter(
        "handed_over", area=area, said=shortened(said), helper=helper, next_on=voice.next_word_on, by=by
    )
    return _to_family("handed over", words, voice)


def arrived(
    area: AreaSettings, said: str, voice: Voice, hand_over: HandOver, helper: str | Say, next_on: date | None
) -> Draft:
    """To the family: somebody there has it, who, and when they ring. ``next_on``: of the topic it counts in."""
    words = render_letter(
        "hand_over_received", area=area, said=shortened(said), helper=helper, who=hand_over.received_by,
        ring_on=hand_over.ring_on, next_on=next_on,
    )  # fmt: skip
    return _to_family("received", words, voice)


def _to_family(kind: str, words: Words, voice: Voice) -> Draft:
    return Draft(
        kind=kind,
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=voice.person_id,
        about=f"voice:{voice.id}",
    )


def hand_over_of(facts: dict[str, object]) -> tuple[UUID, int]:
    """Which hand-over, and which version of its link, a waiting letter is about."""
    return UUID(str(facts["hand_over"])), int(str(facts["version"]))
