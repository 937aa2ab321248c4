"""What the doors ask and what they refuse: naming, entries. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from pyramid_app.feedback.rules import About, Channel, Naming, Speaker
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.languages import is_language


class Did(StrEnum):
    LIST_BROUGHT = "list:brought"
    LIST_BEGUN = "list:taken in"
    LIST_FORGOTTEN = "list:forgotten"


def what_is_wrong_with_naming(naming: Naming, name: str, reachable: bool) -> dict[str, Say]:
    """A name may stand beside the words only where we know it, and have proof whose it is."""
    if naming is not Naming.NAMED:
        return {}
    wrong = {} if name else {"name": Say("Write the first name that we may show.")}
    if not reachable:
        wrong["address"] = Say("To show your name we need a way to reach you. Or choose another answer.")
    return wrong


def sent_from(page: str, words: str, number: int = 0) -> UUID | None:
    """One name for these words sent from this page: the same press twice has the same, changed words another.

    ``None`` for a page whose name was made up.
    """
    try:
        return uuid5(UUID(page), f"{number}:{words}")
    except ValueError:
        return None


@dataclass(frozen=True)
class Entry:
    """What somebody said, as a colleague writes it down for them. ``translation`` has ``how``."""

    words: str
    about: About = About.SYSTEM
    speaker: Speaker = Speaker.PARENT_CARER
    language: str = "en"
    translation: str = ""
    how: str = ""
    name: str = ""
    address: str = ""
    tell: bool = False
    may_quote: bool = False
    naming: Naming = Naming.KNOWN_TO_US

    @property
    def is_told(self) -> bool:
        """Only with their yes, and where there is a way, is an address kept."""
        return self.tell and bool(self.address)

    @property
    def keeps_name(self) -> bool:
        return bool(self.name) and self.naming is not Naming.UNNAMED and (self.is_told or self.naming is Naming.NAMED)


@dataclass(frozen=True)
class Occasion:
    """How and when it was said, and how the speakers said yes to its being written down."""

    channel: Channel
    consent: str
    said_on: date | None = None


BY_HAND = (Channel.PHONE, Channel.PAPER, Channel.MEETING, Channel.EMAIL)
"""Ways in which colleagues hear something that they write down."""


def what_is_wrong_with_entry(entry: Entry) -> dict[str, Say]:
    """Why one entry can't be kept so, by field. Its words are looked at when they are received."""
    wrong = {}
    if not is_language(entry.language):
        wrong["language"] = Say("Choose a language from the list.")
    if entry.translation and entry.language == "en":
        wrong["language"] = Say("Which language is it translated from?")
    if entry.translation and not entry.how:
        wrong["how"] = Say("Say who translated it, or how.")
    if entry.naming is Naming.NAMED and not entry.name:
        wrong["name"] = Say("Write the first name that we may show.")
    if entry.tell and not entry.address:
        wrong["address"] = Say("Write how to reach them, or take away the tick.")
    return wrong


def what_is_wrong_with_occasion(occasion: Occasion, today: date) -> dict[str, Say]:
    wrong = {}
    if not occasion.consent:
        wrong["consent"] = Say("Write how they said yes, like: said yes on the phone.")
    if occasion.said_on and occasion.said_on > today:
        wrong["said_on"] = Say("This day has not come yet.")
    return wrong


MOST_AT_ONCE = 30
"""People whose words one page takes, from a meeting."""
