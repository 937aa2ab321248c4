"""A topic's story as one line through time, and as a chain from what was said to what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from pyramid_app.base.web.render import translate
from pyramid_app.charter.models import Wording
from pyramid_app.kit.charts import Box, Layer, flow
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.deciding.queries import Decided
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies.queries import Asked
from pyramid_app.outcomes.steps.queries import Line
from pyramid_app.outcomes.verdicts.queries import Reopened
from pyramid_app.pages.queries import Story
from pyramid_app.topics.models import WordPromised
from pyramid_app.topics.rules import State


@dataclass(frozen=True)
class Moment:
    """One thing on one day; ``href`` is where more about it stands, or empty."""

    on: date
    what: Say
    href: str = ""


ANSWERED = {
    State.DONE: "We said: it is done.",
    State.CANT: "We said that we can't, and why.",
    State.NOT_OURS: "We passed it on.",
}
CAME_OF_IT = {State.DONE: "Done", State.CANT: "We can't", State.NOT_OURS: "Passed on", State.WORKING: "Working on it"}


def timeline(
    story: Story,
    words: Iterable[WordPromised],
    steps: Iterable[Line],
    asked: Iterable[Asked],
    reopened: Iterable[Reopened],
    decided: Iterable[Decided],
    today: date,
) -> list[Moment]:
    """Everything that has happened, the newest first. When a single family spoke is not in it."""
    topic = story.topic
    found = [Moment(london_date(topic.started_at), Say("We began to work on this."))]
    found += [_merged(one.title, london_date(one.merged_at)) for one in story.merged if one.merged_at]
    if topic.raised_at:
        found.append(Moment(london_date(topic.raised_at), Say("It went before the representatives.")))
    for poll in story.asked:
        href = url_for("polls.show", ref=poll.ref)
        if poll.opens_at:
            found.append(Moment(london_date(poll.opens_at), Say("We asked: {title}", title=poll.title), href))
        if poll.counted_at:
            told = Say("Families had answered: {title}", title=poll.title)
            found.append(Moment(london_date(poll.counted_at), told, href))
    found += [Moment(word.word_on, Say("We did not keep this day.")) for word in words if word.missed_at]
    found += [_answered(outcome) for outcome in story.outcomes]
    found += _steps(steps)
    found += _partners(asked)
    found += [Moment(one.on, Say("The Group talked about this: {title}", title=one.title)) for one in decided]
    found += [Moment(london_date(one.reopening.at), Say("It had not helped. We started again.")) for one in reopened]
    return sorted((one for one in found if one.on <= today), key=lambda one: one.on, reverse=True)


def _merged(title: str, on: date) -> Moment:
    return Moment(on, Say("“{topic}” became part of this.", topic=title))


def _answered(outcome: Outcome) -> Moment:
    said = Say(ANSWERED.get(outcome.state, "We said what we are doing."))
    href = url_for("outcomes.version", ref=outcome.ref, number=outcome.version)
    return Moment(london_date(outcome.answered_at), said, href)


def _steps(steps: Iterable[Line]) -> list[Moment]:
    found = []
    for line in steps:
        found.append(Moment(london_date(line.step.added_at), Say("A step was agreed: {what}", what=line.step.what)))
        if line.step.done_on:
            found.append(Moment(line.step.done_on, Say("A step was done: {what}", what=line.step.what)))
    return found


def _partners(asked: Iterable[Asked]) -> list[Moment]:
    found = []
    for one in asked:
        found.append(Moment(london_date(one.ask.asked_at), Say("We asked {partner}.", partner=one.partner)))
        if one.ask.replied_at:
            told = Say("{partner} answered us.", partner=one.partner)
            found.append(Moment(london_date(one.ask.replied_at), told))
    return found


@dataclass(frozen=True)
class Chain:
    """The same in a picture and, for those who do not see it, in a table of ``(stage, what, href)``."""

    drawing: Markup
    rows: list[tuple[str, str, str]]


def chain(story: Story, touches: Sequence[Wording]) -> Chain:
    """From what families said, through the promises it is about, to what came of it."""
    heard = translate("Messages about this: {n}.", n=story.heard.words)
    about = [Box(one.text, url_for("pages.commitment", number=one.commitment)) for one in touches]
    outside = Box(f"{translate('None of our promises.')} {story.topic.outside or ''}".strip())
    came = [
        Box(
            translate(Say(CAME_OF_IT.get(one.state, "Working on it"))),
            url_for("outcomes.version", ref=one.ref, number=one.version),
        )
        for one in reversed(story.outcomes)
    ]
    layers = [
        Layer(translate("Families said"), [Box(heard)]),
        Layer(translate("It is about"), about or [outside]),
        Layer(translate("What came of it"), came or [Box(translate("No answer yet."))]),
    ]
    drawn = flow(
        layers,
        title=translate("From what families said to what came of it"),
        description=translate("Three stages from top to bottom. The table below says the same in words."),
        ident="chain",
    )
    return Chain(drawn, [(layer.name, box.words, box.href) for layer in layers for box in layer.boxes])
