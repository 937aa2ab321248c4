"""Keys and facts become a sentence in a language (gettext).

The English sentence is the key, so English needs no catalogue; other languages put theirs in ``catalogues/``.
"""

from datetime import date, datetime
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.dates import long_date, moment

CATALOGUES = Path(__file__).parent / "catalogues"


def sentence(say: Say | str, language: str = "en", **facts: object) -> str:
    """The words of ``say`` in ``language``; dates and moments among the facts are written out in full.

    Raises ``KeyError`` where a fact the sentence needs is missing.
    """
    message, known = (say.message, say.facts) if isinstance(say, Say) else (say, facts)
    words = _translations(language).gettext(message)
    return words.format_map({name: _word(fact, language) for name, fact in known.items()}) if known else words


def _word(fact: object, language: str) -> object:
    if isinstance(fact, Say):
        return sentence(fact, language)
    if isinstance(fact, datetime):
        return moment(fact, language)
    if isinstance(fact, date):
        return long_date(fact, language)
    return fact


@cache
def _translations(language: str) -> NullTranslations:
    return translation("messages", CATALOGUES, [language], fallback=True)
