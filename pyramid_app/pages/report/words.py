"""A year's report in words, once: the page, the PDF and the file for a spreadsheet all say these blocks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from pyramid_app.base.web.render import translate
from pyramid_app.feedback.holding.rules import WORDS as REASONS
from pyramid_app.feedback.queries import Quote
from pyramid_app.feedback.rules import Channel, Speaker
from pyramid_app.kit.disclosure import Count, Limits, show_growing
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.steps.queries import ToDo
from pyramid_app.pages.report.queries import About, Report
from pyramid_app.topics.rules import State

EACH = Limits(question_answers=0)
"""Every line has its number or "fewer than 5", which is said of none, too: with steps of five and no sum, no line can
be worked out from the others, nor from what the page said yesterday."""

SPEAKERS = {
    Speaker.PARENT_CARER: Say("Parent carers"),
    Speaker.YOUNG_PERSON: Say("Young people"),
    Speaker.CHILD_HELPED: Say("Children, helped by someone"),
}
SAID = {
    Speaker.PARENT_CARER: Say("Parent carers said:"),
    Speaker.YOUNG_PERSON: Say("Young people said:"),
    Speaker.CHILD_HELPED: Say("Children, helped by someone, said:"),
}
WAYS = {
    Channel.WEB: Say("On this website"),
    Channel.PHONE: Say("By phone"),
    Channel.PAPER: Say("On paper"),
    Channel.MEETING: Say("At a meeting"),
    Channel.EMAIL: Say("By e-mail"),
    Channel.LIST: Say("In a list that others brought"),
    Channel.POLL: Say("In answers to our questions"),
}
ANSWERS = {
    State.DONE: Say("We did:"),
    State.CANT: Say("We can't, because:"),
    State.NOT_OURS: Say("Passed on to:"),
}


@dataclass(frozen=True)
class Title:
    words: str
    level: int = 2
    link: str = ""
    kind: str = "title"


@dataclass(frozen=True)
class Said:
    """A paragraph, after its ``label`` where it has one; ``link``: where its words lead on the page."""

    words: str
    label: str = ""
    link: str = ""
    kind: str = "said"


@dataclass(frozen=True)
class Quotes:
    """What one group of speakers said; an ``original`` stands beside its translation."""

    label: str
    quotes: Sequence[Quote]
    kind: str = "quotes"


@dataclass(frozen=True)
class Listed:
    """``label``, and a list of words with where they lead on the page, if anywhere."""

    label: str
    items: Sequence[tuple[str, str]]
    kind: str = "listed"


@dataclass(frozen=True)
class Counted:
    title: str
    header: tuple[str, str]
    rows: Sequence[tuple[str, str]]
    words: None = None
    note: None = None
    kind: str = "counted"


Block = Title | Said | Quotes | Listed | Counted


def name_of(found: Report) -> str:
    """The title of the whole."""
    if found.until:
        return translate("What families told us in {year}, so far", year=found.year)
    return translate("What families told us in {year}", year=found.year)


def blocks_of(found: Report) -> list[Block]:
    """The whole report after its title, in the order of reading."""
    return [*_what_it_is(found), *_how_many(found), *_by_topic(found), *_not_published(found), *_wrong(found)]


def _what_it_is(found: Report) -> Iterator[Block]:
    yield Title(translate("What this is"))
    yield Said(
        translate(
            "Once a year we publish what families and young people told us about help for children with special"
            " educational needs or disabilities, what we answered, and what we mean to do. The law asks for it: the"
            " SEND Regulations 2014, regulation 56."
        )
    )
    yield Said(
        translate(
            "Words stand here only where the person said yes. We took out names, schools and what else may tell who"
            " somebody is, so that no one can be known from it. If you find a place where somebody can, tell us and we"
            " take it out."
        )
    )
    if found.until:
        yield Said(translate("The year is not over: this grows until {on}.", on=found.until))


def _how_many(found: Report) -> Iterator[Block]:
    messages = translate("Messages")
    yield Title(translate("How many messages came"))
    yield Said(
        translate(
            "Groups stand side by side, and we never add them up. We count in steps of five, and say “fewer than 5”"
            " also where there were none, so that no one can be known."
        )
    )
    yield Counted(translate("Who spoke"), (translate("Who spoke"), messages), _rows(SPEAKERS, found.heard.by_speaker))
    yield Counted(
        translate("How they spoke"), (translate("How they spoke"), messages), _rows(WAYS, found.heard.by_channel)
    )


def _rows(names: Mapping[Any, Say], counts: Mapping[Any, Count]) -> list[tuple[str, str]]:
    shown = show_growing([(translate(name), counts[key]) for key, name in names.items()], EACH)
    return [(name, translate(line.words)) for name, line in shown.lines]


def _by_topic(found: Report) -> Iterator[Block]:
    yield Title(translate("What they said, and what came of it"))
    if not found.topics:
        yield Said(translate("Nothing yet. A topic comes here as soon as we have read the first message about it."))
    for one in found.topics:
        yield from _topic(one)


def _topic(one: About) -> Iterator[Block]:
    yield Title(one.topic.title, 3, url_for("pages.topic", ref=one.topic.ref))
    for speaker, label in SAID.items():
        quotes = [each.quote for each in one.quotes if each.speaker is speaker]
        if quotes:
            yield Quotes(translate(label), quotes)
    if not one.quotes:
        yield Said(translate("No words of this year may be shown here."))
    for outcome in one.answers:
        yield from _answer(outcome)
    if not one.answers:
        yield Said(translate("No answer yet."))
    yield from _intended(one)
    if one.touches:
        promises = [(each.text, url_for("pages.commitment", number=each.commitment)) for each in one.touches]
        yield Listed(translate("Which promises it is about:"), promises)
    else:
        yield Said(f"{translate('None of our promises.')} {one.topic.outside or ''}".strip())


def _answer(outcome: Outcome) -> Iterator[Block]:
    on = london_date(outcome.answered_at)
    yield Said(outcome.you_said, translate("Our answer of {on}. You said:", on=on))
    if outcome.version > 1:
        corrected = london_date(outcome.published_at)
        yield Said(outcome.because, translate("Corrected on {on}, because:", on=corrected))
    whose = f"{outcome.to_whom}." if outcome.state is State.NOT_OURS else ""
    said = " ".join(part for part in (whose, outcome.reason, outcome.we_did) if part)
    yield Said(said, translate(ANSWERS.get(outcome.state, Say("We are doing:"))))
    if outcome.instead:
        yield Said(outcome.instead, translate("What is possible:"))
    if outcome.for_families:
        yield Said(outcome.for_families, translate("What this means for families:"))
    if outcome.done_on:
        yield Said(outcome.evidence, translate("Done on {on}.", on=outcome.done_on), outcome.evidence)


def _intended(one: About) -> Iterator[Block]:
    if one.to_do:
        yield Listed(translate("What we mean to do:"), [(_step(each), "") for each in one.to_do])
    due = one.topic.next_word_on
    if due and one.topic.word_owed:
        yield Said(
            translate("We promised a word and did not keep the day. The next one is due by {on}.", on=due),
            translate("We are late."),
        )
    elif due:
        yield Said(translate("Everyone who spoke hears again by {on}, even if there is no news.", on=due))


def _step(each: ToDo) -> str:
    step = each.step
    return translate(
        "{what} {partner}, {role}, by {on}. You will see it by this: {shown}",
        what=step.what, partner=each.partner, role=step.owner_role, on=step.due_on, shown=step.shown_by,
    )  # fmt: skip


def _not_published(found: Report) -> Iterator[Block]:
    yield Title(translate("What we did not publish, and why"))
    yield Said(
        translate(
            "There are five reasons for holding words back, and no others. Their author is told which one, and can"
            " object. Held back is not unheard: somebody has read them."
        )
    )
    header = (translate("Why"), translate("Messages"))
    yield Counted(translate("Words held back"), header, _rows(REASONS, found.held))
    yield Said(
        translate("Messages about one child’s own case are never shown. We pass them on to somebody who can help.")
    )
    own = {"own": Say("About one child’s own case")}
    yield Counted(translate("Passed on, not shown"), header, _rows(own, {"own": found.heard.own_child}))


def _wrong(found: Report) -> Iterator[Block]:
    yield Title(translate("What we got wrong"))
    if not found.wrong:
        yield Said(translate("We corrected no answer in this year."))
        return
    each = [
        (
            translate(
                "{topic}: corrected on {on}, because: {why}",
                topic=one.topic.title, on=london_date(one.after.published_at), why=one.after.because,
            ),
            url_for("outcomes.version", ref=one.after.ref, number=one.after.version),
        )
        for one in found.wrong
    ]  # fmt: skip
    yield Listed(translate("Answers that we corrected:"), each)
