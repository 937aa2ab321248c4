"""What a poll's share pack says in one language. Sentences are left out until it fits; the link is always whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import sentence
from pyramid_app.polls.sharing.rules import ended, first_that_fits, fits_newsletter, fits_text_message, plain


@dataclass(frozen=True)
class Facts:
    """What may be said about a poll. ``opens_at`` while it is not open yet; by ``next_by`` we tell what happens;
    ``who``: where not everybody can answer who joins."""

    title: str
    minutes: int
    closes_at: datetime
    link: str
    opens_at: datetime | None = None
    next_by: date | None = None
    who: Say | None = None


WITHOUT_TITLE = Say("We want to hear from you.")


def what(facts: Facts) -> Say:
    return Say("We want to hear from you: {title}", title=ended(facts.title))


def how_long(facts: Facts) -> Say:
    if facts.minutes == 1:
        return Say("It takes one minute.")
    return Say("It takes {minutes} minutes.", minutes=facts.minutes)


def opening(facts: Facts) -> list[Say]:
    """Nothing, once it is open."""
    return [Say("It opens on {at}.", at=facts.opens_at)] if facts.opens_at else []


def until(facts: Facts) -> Say:
    return Say("You have until {at}.", at=facts.closes_at)


def who(facts: Facts) -> list[Say]:
    """Nothing, where everybody can answer who joins."""
    return [facts.who] if facts.who else []


def when(facts: Facts) -> list[Say]:
    return [*opening(facts), until(facts), *who(facts)]


def code_words(facts: Facts) -> Say:
    return Say("A code that leads to {link}", link=facts.link)


def newsletter(facts: Facts, language: str = "en") -> str:
    """At most forty words."""
    link = Say("Answer here: {link}", link=facts.link)
    versions: tuple[list[Say | str], ...] = (
        [what(facts), how_long(facts), *when(facts), link],
        [what(facts), *when(facts), link],
        [what(facts), link],
        [WITHOUT_TITLE, how_long(facts), *when(facts), link],
    )
    return first_that_fits((_said(version, language) for version in versions), fits_newsletter)


def text_message(facts: Facts, language: str = "en") -> str:
    """One text message where the link leaves room for it; the minutes go first, then the title, then the day."""
    link = facts.link
    versions: tuple[list[Say | str], ...] = (
        [what(facts), how_long(facts), *when(facts), link],
        [what(facts), *when(facts), link],
        [ended(facts.title), *when(facts), link],
        [WITHOUT_TITLE, how_long(facts), *when(facts), link],
        [WITHOUT_TITLE, *when(facts), link],
        [when(facts)[-1], link],
        [link],
    )
    return first_that_fits((plain(_said(version, language)) for version in versions), fits_text_message)


def whatsapp(facts: Facts, language: str = "en") -> str:
    """One line without a limit; the link last, where a phone makes a picture of it."""
    return _said([what(facts), how_long(facts), *when(facts), facts.link], language)


def whatsapp_link(line: str) -> str:
    """An address that opens WhatsApp with this line written; it is sent to nobody before somebody chooses whom."""
    return f"https://wa.me/?text={quote(line, safe='')}"


def _said(parts: Sequence[Say | str], language: str) -> str:
    """Sentences and bare links, one after the other."""
    return " ".join(sentence(part, language) if isinstance(part, Say) else part for part in parts)
