"""The life of a voice, and its three texts (``DESIGN.md`` 4, law 7). Pure."""

from datetime import timedelta
from enum import StrEnum

from pyramid_app.feedback import noticing
from pyramid_app.kit.say import Say


class About(StrEnum):
    """The fork at the door: how things work for everybody, or one's own child (never published)."""

    SYSTEM = "how things work"
    OWN_CHILD = "my own child"


class Speaker(StrEnum):
    PARENT_CARER = "parent carer"
    YOUNG_PERSON = "young person"
    CHILD_HELPED = "child helped by someone"


class Channel(StrEnum):
    """How somebody spoke. All are counted alike; the way is marked, so that nobody reads only what came by web."""

    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"
    MEETING = "meeting"
    EMAIL = "e-mail"
    LIST = "list"
    POLL = "poll"


class Naming(StrEnum):
    """Who may know the name: anybody who reads the words, the team alone, or nobody because none was given."""

    NAMED = "named"
    KNOWN_TO_US = "known to us"
    UNNAMED = "unnamed"


class Sorting(StrEnum):
    """How a voice left the desk: the one place where each piece of feedback went."""

    FILED = "filed"
    HANDED_OVER = "handed over"
    THANKED = "thanked"
    HELD_BACK = "held back"
    NOT_A_MESSAGE = "not a message"
    TAKEN_BACK = "taken back"


COUNTED = (Sorting.FILED, Sorting.HANDED_OVER, Sorting.THANKED, Sorting.HELD_BACK)
"""Somebody said something, and it stands: what a machine sent or its speaker took back is not counted."""


class Stage(StrEnum):
    """Raw: the desk only. Cleared: without names and rare facts. Public: with the speaker's consent to be quoted."""

    RAW = "raw"
    CLEARED = "cleared"
    PUBLIC = "public"


class Did(StrEnum):
    RECEIVED = "voice:received"
    MENDED = "voice:mended"
    TAKEN_BACK = "voice:taken back"
    WORDS_FORGOTTEN = "voice:words forgotten"
    TRANSLATED = "voice:translated"
    FILED = "voice:filed"
    FILING_UNDONE = "voice:filing undone"
    SPEAKER_KNOWN = "voice:speaker known"
    WORD_LATE = "voice:late"


REF_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
"""No letters or digits that look alike when read out on the phone."""

MENDING = timedelta(hours=1)
"""For so long a speaker may change her own words, while nobody has answered them yet."""

SHORTENED = 300


def shortened(words: str, most: int = SHORTENED) -> str:
    """A person's own words at the top of a letter: whole if short, else cut at a word with an ellipsis."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def propose_cleared(words: str) -> str:
    """The raw words without names, schools, addresses, numbers and days of birth. A person decides."""
    return noticing.clear(words)


def what_is_wrong_with_words(words: str, most: int) -> dict[str, Say]:
    """Why a voice can't be taken in so."""
    if not words:
        return {"words": Say("Write what you want to tell us.")}
    if len(words) > most:
        return {"words": Say("Please make this shorter: {most} characters at the most.", most=most)}
    return {}
