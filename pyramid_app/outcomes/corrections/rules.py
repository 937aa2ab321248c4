"""What a correction needs, and what it may move. Pure."""

from datetime import date
from enum import StrEnum

from pyramid_app.kit.say import Say
from pyramid_app.outcomes import rules
from pyramid_app.outcomes.rules import Answer, Draft, without_strays

SAME = Say("Nothing is different from before. Change what was wrong.")
WHY = Say("Say why you correct it. Families read it.")
PROMISED = Say("Families were promised to hear from you by an earlier day. Tick this, so that they do.")
OVERTAKEN = Say(
    "Somebody else has corrected this answer while you were writing. Look at it first. If yours still holds, send it"
    " again."
)


class Follows(StrEnum):
    """What a correction moves beside the words."""

    NOTHING = "nothing"
    STATE = "the topic's state"
    DATE = "the day of the next word"


def what_follows(before: Draft, after: Draft, *, newest: bool, state: str) -> Follows:
    """Only the newest answer may move its topic, and only while the topic still stands where that answer put it.

    A topic that has moved on since (a later answer, reopened) stays where it is: the correction mends words.
    """
    if not newest or state != before.answer.value:
        return Follows.NOTHING
    if after.answer is not before.answer:
        return Follows.STATE
    moved = after.answer is Answer.WORKING and after.next_word_on != before.next_word_on
    return Follows.DATE if moved else Follows.NOTHING


def what_is_wrong(before: Draft, after: Draft, because: str, today: date) -> dict[str, Say]:
    """By field: why it cannot be published so. A day that stood before may stand, also where it has passed."""
    before, after = without_strays(before), without_strays(after)
    wrong = rules.what_is_missing(after, today)
    if after.next_word_on and after.next_word_on == before.next_word_on:
        wrong.pop("next_word_on", None)
    if after == before:
        wrong["answer"] = SAME
    if not because:
        wrong["because"] = WHY
    return wrong


def breaks_a_promise(follows: Follows, promised: date | None, after: Draft) -> bool:
    """The day by which families hear would go or move later: that is not done behind their backs."""
    if follows is Follows.NOTHING or promised is None:
        return False
    return after.answer is not Answer.WORKING or after.next_word_on is None or after.next_word_on > promised
