"""The life of a topic: heard → working on it → done | can't | not ours (``DESIGN.md`` 7). Pure."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pyramid_app.kit.say import Say


class State(StrEnum):
    HEARD = "heard"
    WORKING = "working on it"
    DONE = "done"
    CANT = "can't"
    NOT_OURS = "not ours"


class Did(StrEnum):
    STARTED = "topic:started"
    LINKED = "topic:linked"
    MOVED = "topic:moved"
    REOPENED = "topic:reopened"
    WORD_PROMISED = "topic:next word promised"
    WORD_LATE = "topic:late"
    MERGED = "topic:merged"
    RAISED = "topic:raised"
    PASSED_ON = "topic:passed on"
    UNDER_DRAFT = "topic:put under a draft"


SETTLED = frozenset({State.DONE, State.CANT, State.NOT_OURS})


def what_is_wrong_with_start(
    title: str, commitments: Sequence[int], outside: str | None, next_word_on: date, today: date
) -> dict[str, Say]:
    """Why a topic cannot begin so: it touches a promise, or says why it is outside the charter; and has a date."""
    wrong = {}
    if not title:
        wrong["title"] = Say("Give the topic a short name.")
    if not commitments and not outside:
        wrong["commitments"] = Say("Choose the promise it is about, or say why it is about none of them.")
    if next_word_on <= today:
        wrong["next_word_on"] = Say("The next word must be on a later day than today.")
    return wrong


def why_not_merged(
    same: bool, gone_before: bool, into_gone: bool, into_state: State, still_open: bool
) -> dict[str, Say]:
    """Why one topic can't go into another: nobody who waits for a word may end up where none comes any more."""
    if same:
        return {"into": Say("This is the same topic. Choose another one.")}
    if gone_before or into_gone:
        return {"into": Say("One of these is merged already. Open it and look where it went.")}
    if still_open and into_state in SETTLED:
        return {"into": Say("That topic is finished, and families still wait for a word. Choose one we work on.")}
    return {}
