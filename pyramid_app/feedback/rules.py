"""The life of a voice, and its three texts (``DESIGN.md`` 4, law 7). Pure."""

import re
from enum import StrEnum

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
    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"
    MEETING = "meeting"
    POLL = "poll"


class Stage(StrEnum):
    """Raw: the desk only. Cleared: without names and rare facts. Public: with the speaker's consent to be quoted."""

    RAW = "raw"
    CLEARED = "cleared"
    PUBLIC = "public"


class Did(StrEnum):
    RECEIVED = "voice:received"
    FILED = "voice:filed"
    FILING_UNDONE = "voice:filing undone"
    SPEAKER_KNOWN = "voice:speaker known"
    WORD_LATE = "voice:late"


REF_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
"""No letters or digits that look alike when read out on the phone."""

SHORTENED = 300


def shortened(words: str, most: int = SHORTENED) -> str:
    """A person's own words at the top of a letter: whole if short, else cut at a word with an ellipsis."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def propose_cleared(words: str) -> str:
    """The raw words without e-mail addresses, telephone numbers and other long numbers. A person decides."""
    without = re.sub(r"\S+@\S+\.\w+", "[address]", words)
    return re.sub(r"\+?\d(?:[\s()-]?\d){5,}", "[number]", without)


def what_is_wrong_with_words(words: str, most: int) -> dict[str, Say]:
    """Why a voice can't be taken in so."""
    if not words:
        return {"words": Say("Write what you want to tell us.")}
    if len(words) > most:
        return {"words": Say("Please make this shorter: {most} characters at the most.", most=most)}
    return {}
