"""What an officer looks at before a report's link is shared: places where somebody might be known."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyramid_app.feedback.noticing import Kind, find_who
from pyramid_app.feedback.yearly import Quoted
from pyramid_app.kit.say import Say
from pyramid_app.pages.report.queries import About, Report

LONG = 300
"""Signs: the more is told, the sooner a neighbour knows who tells it."""
FEW = 5
"""People who spoke about a topic."""

MAY_BE = {
    Kind.NAME: Say("This may be a name: “{found}”."),
    Kind.SCHOOL: Say("This may be a school: “{found}”."),
    Kind.ADDRESS: Say("This may be an address: “{found}”."),
    Kind.NUMBER: Say("This may be somebody’s number: “{found}”."),
    Kind.DATE: Say("This may be a day of birth: “{found}”."),
}


@dataclass(frozen=True)
class Look:
    """Words of the report, where they can be cleared again, and every reason to look at them."""

    about: About
    quoted: Quoted
    why: tuple[Say, ...]


def what_to_look_at(found: Report) -> list[Look]:
    """Only what has a reason, in the order of the report."""
    each = ((about, quoted, tuple(_why(about, quoted))) for about in found.topics for quoted in about.quotes)
    return [Look(about, quoted, why) for about, quoted, why in each if why]


def _why(about: About, quoted: Quoted) -> Iterator[Say]:
    for words in (quoted.quote.words, quoted.quote.original):
        for span in find_who(words):
            if span.kind:
                yield Say(MAY_BE[span.kind].message, found=words[span.start : span.end])
    if quoted.named:
        yield Say("On the topic’s page the speaker’s name stands beside these words.")
    if max(len(quoted.quote.words), len(quoted.quote.original)) > LONG:
        yield Say("These words are longer than {n} signs. The more is told, the sooner somebody is known.", n=LONG)
    if about.heard < FEW:
        yield Say("Fewer than {n} messages of this year are about this topic.", n=FEW)
