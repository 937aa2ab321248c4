"""A result in words: the lines of a question, as a page, a letter and a file say them."""

from collections.abc import Iterator, Sequence

from pyramid_app.kit.disclosure import QuestionShown
from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds import NOT_SURE, Stance
from pyramid_app.polls.kinds.statements import NAMES
from pyramid_app.polls.results.views import Document, QuestionSeen

UNSURE = Say("I am not sure")


Word = Say | str
"""A sentence still to be said, or somebody's own words."""


def label(seen: QuestionSeen, key: str) -> Word:
    """The name of an option by its key."""
    if key == NOT_SURE:
        return UNSURE
    return seen.labels[key] if key in seen.labels else NAMES[Stance(key)]


def joined(seen: QuestionSeen, keys: Sequence[str]) -> Word:
    """Options that are counted together, in one cell."""
    names = [label(seen, key) for key in keys]
    if len(names) == 1:
        return names[0]
    return Say("{first} + {others}", first=names[0], others=joined(seen, keys[1:]))


def said(document: Document) -> list[tuple[str, list[Say]]]:
    """Each question's result as sentences: exactly what the page shows, never more."""
    return [(seen.text, list(_sentences(seen))) for seen in document.questions]


def _sentences(seen: QuestionSeen) -> Iterator[Say]:
    if seen.wrote is not None:
        yield Say("Wrote in their own words: {number}", number=seen.wrote.words)
    if seen.shown is not None:
        yield from _lines(seen, seen.shown)
    for one in seen.statements:
        yield Say("“{statement}”", statement=seen.labels[one.option])
        yield from _lines(seen, one.shown)


def _lines(seen: QuestionSeen, shown: QuestionShown) -> Iterator[Say]:
    if shown.words is not None:
        yield shown.words
    for line in shown.lines:
        if line.merged:
            yield Say("Other answers, counted together: {number}", number=line.number)
        else:
            yield Say("{answer}: {number}", answer=label(seen, line.options[0]), number=line.number)
    if shown.note is not None:
        yield shown.note
