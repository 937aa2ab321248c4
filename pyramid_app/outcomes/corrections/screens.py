"""What changed from one version of an answer to the next, field by field, with the words marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.web.render import translate
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import long_date
from pyramid_app.kit.texts.redline import Kind, Piece, compare
from pyramid_app.outcomes.forms import NAMES
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.queries import file_in
from pyramid_app.outcomes.rules import Answer

WORDS = {
    "you_said": Say("What families said"),
    "we_did": Say("What we did, or are doing"),
    "reason": Say("Why"),
    "to_whom": Say("Whose it is"),
    "instead": Say("What is possible"),
    "for_families": Say("What this means for families"),
}
FACTS = {
    "done_on": Say("The day it was done"),
    "next_word_on": Say("The day of the next word"),
    "evidence": Say("The link that shows it"),
}


@dataclass(frozen=True)
class Changed:
    """One thing that is different, with what came and what went."""

    label: str
    pieces: list[Piece]


def changes(before: Outcome, after: Outcome, files: Mapping[UUID, StoredFile]) -> list[Changed]:
    """What is different between two versions: first the words, then days, links and files, which are marked whole."""
    old_file, file = file_in(files, before), file_in(files, after)
    facts = [(Say("The answer"), _named(before), _named(after))]
    facts += [(label, _said(before, name), _said(after, name)) for name, label in FACTS.items()]
    facts += [(Say("The picture or PDF"), _called(old_file), _called(file))]
    words = [(label, _said(before, name), _said(after, name)) for name, label in WORDS.items()]
    words += [(Say("What the picture shows, or the PDF says"), _words_of(old_file), _words_of(file))]
    found = [Changed(translate(label), compare(old, new)) for label, old, new in words if old != new]
    return found + [Changed(translate(label), _whole(old, new)) for label, old, new in facts if old != new]


def _named(outcome: Outcome) -> str:
    return translate(NAMES[Answer(outcome.state.value)])


def _said(outcome: Outcome, name: str) -> str:
    said = getattr(outcome, name)
    return long_date(said) if isinstance(said, date) else said or ""


def _called(file: StoredFile | None) -> str:
    return f"{file.name} ({file.in_words})" if file else ""


def _words_of(file: StoredFile | None) -> str:
    return file.words if file else ""


def _whole(old: str, new: str) -> list[Piece]:
    """A day or an address is not compared by words: it is another one."""
    both = ((Kind.REMOVED, old and f"{old} "), (Kind.ADDED, new))
    return [Piece(kind, text) for kind, text in both if text]
