"""What changed in a promise, thing by thing, with the words marked; and a promise in the language that was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pyramid_app.base.web.render import translate
from pyramid_app.charter.editions.rules import Part, Reworded, makers_say
from pyramid_app.charter.models import Twin
from pyramid_app.charter.queries import Charter, Promise
from pyramid_app.charter.rules import EASY_READ
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import long_date
from pyramid_app.kit.texts.languages import LANGUAGES, Language
from pyramid_app.kit.texts.redline import Kind, Piece, compare

NAMES = {
    Part.TEXT: Say("The promise"),
    Part.HOW: Say("How we will know"),
    Part.TIMESCALE: Say("By when"),
    Part.OWNER: Say("Who looks after it"),
    Part.REVIEW: Say("When we look at it again"),
    Part.PRINCIPLE: Say("Where it stands"),
    Part.MAKERS: Say("Who makes it"),
    Part.ASKS: Say("What it is"),
}
WHOLE = {Part.REVIEW, Part.PRINCIPLE, Part.ASKS}
"""Not compared by words: it is another one."""


@dataclass(frozen=True)
class Changed:
    """One thing that is different, with what came and what went."""

    label: str
    pieces: Sequence[Piece]


def changed(one: Reworded[Promise]) -> list[Changed]:
    """Everything that is different in one promise, its words first."""
    return [_changed(part, one) for part in Part if part in one.parts]


def marked(before: str, after: str) -> Changed:
    """The words of one text, marked."""
    return Changed("", compare(before, after))


def _changed(part: Part, one: Reworded[Promise]) -> Changed:
    old, new = _said(part, one.before), _said(part, one.after)
    pieces = _whole(old, new) if part in WHOLE else compare(old, new)
    return Changed(translate(NAMES[part]), pieces)


def _whole(old: str, new: str) -> list[Piece]:
    pieces = [Piece(Kind.REMOVED, old), Piece(Kind.SAME, " "), Piece(Kind.ADDED, new)]
    return [piece for piece in pieces if piece.text]


def _said(part: Part, one: Promise) -> str:
    words = one.words
    said: dict[Part, str | date | None] = {
        Part.TEXT: words.text,
        Part.HOW: words.how_we_know,
        Part.TIMESCALE: words.timescale,
        Part.OWNER: words.owner_role,
        Part.REVIEW: words.review_on,
        Part.PRINCIPLE: one.principle.name,
        Part.MAKERS: " ".join(map(translate, makers_say(one.makers, asks=words.asks))),
        Part.ASKS: translate("We ask this of families.") if words.asks else translate("Families are promised this."),
    }
    found = said[part]
    return long_date(found) if isinstance(found, date) else found or ""


@dataclass(frozen=True)
class Tongue:
    """A language to read in; ``code`` is what its address says."""

    code: str
    name: str

    @property
    def right_to_left(self) -> bool:
        return LANGUAGES.get(self.code, Language("")).right_to_left

    @property
    def lang(self) -> str:
        """For browsers: Easy Read is English."""
        return "en" if self.code == EASY_READ else self.code


def tongues() -> list[Tongue]:
    """What a promise can be said in besides English; Easy Read first."""
    others = (Tongue(code, language.name) for code, language in LANGUAGES.items() if code != "en")
    return [Tongue(EASY_READ, translate("Easy Read")), *others]


def spoken_in(promises: Iterable[Promise]) -> list[Tongue]:
    """Those in which at least one of these promises is written."""
    codes = {twin.language for promise in promises for twin in promise.twins}
    return [tongue for tongue in tongues() if tongue.code in codes]


def twins_in(charter: Charter | None, tongue: Tongue | None) -> dict[int, Twin]:
    """By number: the words in that language."""
    if charter is None or tongue is None:
        return {}
    found = (twin for promise in charter.promises for twin in promise.twins)
    return {twin.commitment: twin for twin in found if twin.language == tongue.code}
