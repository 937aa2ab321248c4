"""What changed from one version of an answer to the next, field by field, with the words marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.web.render import translate
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import long_date
from pyramid_app.kit.texts.redline import as_html, compare
from pyramid_app.outcomes.forms import NAMES
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.queries import file_in
from pyramid_app.outcomes.rules import Answer

LABELS = {
    "you_said": Say("What families said"),
    "we_did": Say("What we did, or are doing"),
    "reason": Say("Why"),
    "to_whom": Say("Whose it is"),
    "instead": Say("What is possible"),
    "for_families": Say("What this means for families"),
    "done_on": Say("The day it was done"),
    "next_word_on": Say("The day of the next word"),
    "evidence": Say("The link that shows it"),
}


@dataclass(frozen=True)
class Changed:
    """One thing that is different, with the words marked."""

    label: str
    marked: Markup


def changes(before: Outcome, after: Outcome, files: Mapping[UUID, StoredFile]) -> list[Changed]:
    """What is different between two versions, in the order in which the page says it."""
    pairs = [(Say("The answer"), _named(before), _named(after))]
    pairs += [(label, _said(before, name), _said(after, name)) for name, label in LABELS.items()]
    pairs += _shown(file_in(files, before), file_in(files, after))
    return [Changed(translate(label), _marked(old, new)) for label, old, new in pairs if old != new]


def _named(outcome: Outcome) -> str:
    return translate(NAMES[Answer(outcome.state.value)])


def _said(outcome: Outcome, name: str) -> str:
    said = getattr(outcome, name)
    return long_date(said) if isinstance(said, date) else said or ""


def _shown(before: StoredFile | None, after: StoredFile | None) -> list[tuple[Say, str, str]]:
    """The picture or PDF by its name, and its words."""
    (old_words, old_name), (words, name) = (
        (file.words, f"{file.name} ({file.in_words})") if file else ("", "") for file in (before, after)
    )
    return [
        (Say("The picture or PDF"), old_name, name),
        (Say("What the picture shows, or the PDF says"), old_words, words),
    ]


def _marked(old: str, new: str) -> Markup:
    return as_html(compare(old, new), added=translate("Added:"), removed=translate("Removed:"))
