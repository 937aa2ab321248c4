"""A poll's share pack: everything that others pass on, once for each language it is ready in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale

from pyramid_app.area.settings import AreaSettings
from pyramid_app.kit.texts import sentence
from pyramid_app.polls.models import Poll
from pyramid_app.polls.sharing import words
from pyramid_app.polls.sharing.rules import count_words, fits_text_message
from pyramid_app.polls.sharing.words import Facts

LANGUAGES = ("en",)
"""English, until an area has more languages."""


@dataclass(frozen=True)
class Pack:
    """``language`` as in the ``lang`` of a page; ``area`` is who asks, as the poster says it."""

    language: str
    facts: Facts
    area: AreaSettings

    @property
    def name(self) -> str:
        """The language's own name for itself."""
        return str(Locale.parse(self.language, sep="-").get_display_name()).capitalize()

    @property
    def link(self) -> str:
        return self.facts.link

    @property
    def code_words(self) -> str:
        """What the picture of the link says to those who do not see it."""
        return sentence(words.code_words(self.facts), self.language)

    @property
    def newsletter(self) -> str:
        return words.newsletter(self.facts, self.language)

    @property
    def number_of_words(self) -> int:
        """Of the words for a newsletter."""
        return count_words(self.newsletter)

    @property
    def text(self) -> str:
        return words.text_message(self.facts, self.language)

    @property
    def one_message(self) -> bool:
        """Whether ``text`` is one text message; not where the link alone is longer than that."""
        return fits_text_message(self.text)

    @property
    def whatsapp(self) -> str:
        return words.whatsapp(self.facts, self.language)

    @property
    def whatsapp_link(self) -> str:
        return words.whatsapp_link(self.whatsapp)


def packs(
    poll: Poll, area: AreaSettings, address: str, now: datetime, languages: Sequence[str] = LANGUAGES
) -> list[Pack]:
    """One pack for each language of an open or scheduled poll; ``address`` is the public one of this installation."""
    assert poll.opens_at is not None and poll.closes_at is not None  # noqa: S101, PT018  a scheduled poll has its times
    opens_at = poll.opens_at if now < poll.opens_at else None
    link, who = f"{address}/q/{poll.ref}", poll.for_those_before
    facts = Facts(poll.title, poll.minutes, poll.closes_at, link, opens_at, poll.next_by, who)
    return [Pack(language, facts, area) for language in languages]
