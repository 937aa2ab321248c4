"""Why words are held back, who must agree, and until when their author can object (SEND Regulations 2014, 56). Pure."""

from datetime import date, timedelta
from enum import StrEnum

from pyramid_app.kit.say import Say


class Did(StrEnum):
    HELD_BACK = "voice:held back"
    PROPOSED = "voice:proposed to hold back"
    CONFIRMED = "voice:holding back confirmed"
    DECLINED = "voice:holding back declined"
    UNDONE = "voice:holding back undone"
    OBJECTED = "voice:objected"
    UPHELD = "voice:objection answered, stays held back"
    RELEASED = "voice:objection answered, goes back to the desk"
    ANSWER_LATE = "voice:answer to objection late"


class Reason(StrEnum):
    """These five and no others. Words are held back from publication, never lost and never left unanswered."""

    IDENTIFIES = "identifies a person"
    ONE_CHILD = "about one child"
    VEXATIOUS = "vexatious"
    DUPLICATE = "a duplicate"
    OFF_TOPIC = "off topic"


WORDS = {
    Reason.IDENTIFIES: Say("It says who somebody is, and taking that out leaves nothing"),
    Reason.ONE_CHILD: Say("It is about one child alone"),
    Reason.VEXATIOUS: Say("It is only meant to hurt or to annoy"),
    Reason.DUPLICATE: Say("We have the same words from the same person already"),
    Reason.OFF_TOPIC: Say("It is about something else altogether"),
}
"""What an officer picks from."""

OBJECT_WITHIN = timedelta(days=28)
"""As long as a consultation is open: time to read, to ask for help, to write."""

ANSWER_WORKING_DAYS = 10
"""As for a first answer."""

BECAUSE_AT_MOST = 500
OBJECTION_AT_MOST = 2000
ANSWER_AT_MOST = 1000


def needs_second(reason: Reason) -> bool:
    """Whom it annoys is no judge of it alone."""
    return reason is Reason.VEXATIOUS


def object_by(told_on: date) -> date:
    """The last day on which the author can object."""
    return told_on + OBJECT_WITHIN


def what_is_wrong_with_holding(reason: Reason | None, because: str) -> dict[str, Say]:
    """By field."""
    wrong = {}
    if reason is None:
        wrong["reason"] = Say("Choose one of the five reasons. There are no others.")
    if not because:
        wrong["because"] = Say("Write why. Its author reads this line.")
    elif len(because) > BECAUSE_AT_MOST:
        wrong["because"] = Say("Please make this shorter: {most} characters at the most.", most=BECAUSE_AT_MOST)
    return wrong


def what_is_wrong_with_objection(words: str) -> dict[str, Say]:
    if not words:
        return {"words": Say("Write why you do not agree.")}
    if len(words) > OBJECTION_AT_MOST:
        return {"words": Say("Please make this shorter: {most} characters at the most.", most=OBJECTION_AT_MOST)}
    return {}


def what_is_wrong_with_answer(answer: str) -> dict[str, Say]:
    if not answer:
        return {"answer": Say("Write why. Its author reads this line.")}
    if len(answer) > ANSWER_AT_MOST:
        return {"answer": Say("Please make this shorter: {most} characters at the most.", most=ANSWER_AT_MOST)}
    return {}
