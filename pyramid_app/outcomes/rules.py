"""What an answer needs before it may be published, and the told rate (``DESIGN.md`` 8). Pure."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from pyramid_app.kit.say import Say

NEW_DATE_WORKING_DAYS = 10
"""What a late letter promises by itself, until the owner gives a date with a reason."""


class Did(StrEnum):
    PUBLISHED = "outcome:published"
    MADE_PUBLIC = "outcome:made public"
    TAKEN_BACK = "outcome:taken back"
    CORRECTED = "outcome:corrected"


class Answer(StrEnum):
    """The four things an answer can be; the same words as the states of a topic that they bring about."""

    WORKING = "working on it"
    DONE = "done"
    CANT = "can't"
    NOT_OURS = "not ours"


@dataclass(frozen=True)
class Draft:
    """An answer before it is published."""

    answer: Answer
    you_said: str = ""
    we_did: str = ""
    for_families: str = ""
    evidence: str = ""
    done_on: date | None = None
    reason: str = ""
    instead: str = ""
    to_whom: str = ""
    next_word_on: date | None = None
    evidence_file_id: UUID | None = None


NEEDED = {
    Answer.WORKING: {"we_did": Say("Write what you are doing.")},
    Answer.DONE: {
        "we_did": Say("Write what was done."),
        "evidence": Say("Give a link that shows it, or a picture or a PDF below."),
        "done_on": Say("Say on which day it was done."),
    },
    Answer.CANT: {
        "reason": Say("Say why you can't."),
        "instead": Say("Say what is possible instead, or where to turn."),
    },
    Answer.NOT_OURS: {
        "to_whom": Say("Say whose it is, and how to reach them."),
        "reason": Say("Say why it is not yours."),
    },
}
ALWAYS = {
    "you_said": Say("Write what families said."),
    "for_families": Say("Write what this means for families."),
}


ITS_OWN = {
    Answer.WORKING: {"next_word_on"},
    Answer.DONE: {"evidence", "evidence_file_id", "done_on"},
    Answer.CANT: {"reason", "instead"},
    Answer.NOT_OURS: {"reason", "to_whom"},
}
SHARED = {"answer", "you_said", "we_did", "for_families"}


def without_strays(draft: Draft) -> Draft:
    """Only the fields of this kind of answer: what was written before the officer chose another kind never leaves."""
    kept = SHARED | ITS_OWN[draft.answer]
    return Draft(**{name: value for name, value in asdict(draft).items() if name in kept})


def what_is_missing(draft: Draft, today: date) -> dict[str, Say]:
    """By field: what this answer still needs. "Done" needs evidence and a date, "can't" and "not ours" a reason.

    Evidence is a link, a file (which has its own words), or both.
    """
    draft = without_strays(draft)
    missing = {name: say for name, say in {**ALWAYS, **NEEDED[draft.answer]}.items() if not getattr(draft, name)}
    if draft.answer is Answer.WORKING and (draft.next_word_on is None or draft.next_word_on <= today):
        missing["next_word_on"] = Say("Say on which later day families hear from you next.")
    if draft.answer is Answer.DONE and draft.done_on and draft.done_on > today:
        missing["done_on"] = Say("This day is still to come. Is it done?")
    if draft.evidence_file_id and not draft.evidence:
        missing.pop("evidence", None)
    if draft.evidence and not is_link(draft.evidence):
        missing["evidence"] = Say("A link begins with https://")
    return missing


def is_link(text: str) -> bool:
    """An address on the web that a browser can open."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(sign.isspace() for sign in text)


TOLD_WITHIN = timedelta(days=90)
TOLD_FROM, TOLD_UNTIL = timedelta(days=456), timedelta(days=91)
"""Counted are voices received between 15 and 3 months ago: old enough to have been answered."""
