"""The evidence about a promise in words: a chart with its table, what became of steps, and when it comes back."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_date
from markupsafe import Markup

from pyramid_app.base.web.render import translate
from pyramid_app.kit.charts import bars
from pyramid_app.kit.disclosure import GrowingShown, show_growing
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.agenda.suggesting import REVIEW_AHEAD
from pyramid_app.outcomes.steps.queries import Judged
from pyramid_app.outcomes.steps.rules import Kept
from pyramid_app.pages.evidence.queries import Review, Span
from pyramid_app.pages.report.words import EACH
from pyramid_app.polls.results.tables import PlainTable

KEPT = {
    Kept.IN_TIME: Say("Done by the day we first gave"),
    Kept.AFTER: Say("Done after that day"),
    Kept.NOT_YET: Say("Not done, and that day is over"),
    Kept.STOPPED: Say("Stopped"),
    Kept.COMING: Say("Still to come"),
}
MISSED = (Kept.NOT_YET, Kept.AFTER, Kept.STOPPED)
MOST_MISSED = 20


def heard(spans: Sequence[Span], today: date) -> tuple[Markup, PlainTable] | None:
    """The picture and its table: the same lines in steps of five, without a sum; ``None`` where all are too small."""
    if not spans:
        return None
    shown = show_growing([(_name(span, today), span.heard) for span in spans], EACH)
    title = Say("Messages about this promise, by month") if _by_month(spans) else _BY_QUARTER
    header = (Say("Month") if _by_month(spans) else Say("Three months"), Say("Messages"))
    rows = tuple((name, line.words) for name, line in shown.lines)
    return _chart(shown, translate(title)), PlainTable(title, header, rows)


_BY_QUARTER = Say("Messages about this promise, three months at a time")


def heard_says(spans: Sequence[Span]) -> Say:
    """Honestly why it is shown as it is."""
    if not spans:
        return Say(
            "We show no numbers. In no three months did 5 messages come. In a small group someone could be known."
        )
    if _by_month(spans):
        return Say("Numbers are in steps of five, so that no one can be known.")
    return Say(
        "In most months fewer than 5 messages came, so we show three months at a time."
        " Numbers are in steps of five, so that no one can be known."
    )


def _by_month(spans: Sequence[Span]) -> bool:
    return all(_last_month(span) == span.first for span in spans)


def _last_month(span: Span) -> date:
    return (span.until - timedelta(days=1)).replace(day=1)


def _name(span: Span, today: date) -> str:
    last = _last_month(span)
    name = _month(last)
    if last != span.first:
        name = translate("{first} to {last}", first=format_date(span.first, "LLLL", locale="en_GB"), last=name)
    return translate("{name} (so far)", name=name) if span.first <= today < span.until else name


def _month(first: date) -> str:
    return str(format_date(first, "LLLL y", locale="en_GB"))


def _chart(shown: GrowingShown, title: str) -> Markup:
    """A number that may not be shown has no bar, and its words stand in its place."""
    lines = [(name, line.number or 0) for name, line in shown.lines]
    says = [translate(line.words) for _, line in shown.lines]
    return bars(lines, title=title, unit=translate("messages"), ident="heard", says=says)


def steps_table(judged: Sequence[Judged]) -> PlainTable | None:
    """How many steps went how. Steps are ours, not people: each number is shown as it is."""
    if not judged:
        return None
    rows = tuple((KEPT[how], sum(one.kept is how for one in judged)) for how in Kept)
    return PlainTable(Say("What we promised to do, and did"), (Say("Steps"), Say("Number")), rows)


def missed(judged: Sequence[Judged]) -> list[Judged]:
    """Steps that did not come as promised: those that are still not there first."""
    return sorted((one for one in judged if one.kept in MISSED), key=lambda one: MISSED.index(one.kept))


def comes_back(review: Review, today: date, *, retired: bool) -> list[Say]:
    """When the promise is looked at again, and how that begins."""
    if retired:
        return [Say("This promise is in no edition now, so we don't look at it again.")]
    if review.on is None:
        return [Say("No day is set to look at this promise again."), NO_DAY]
    if review.looked_at:
        on = london_date(review.looked_at.starts_at)
        return [Say("The Group looked at this promise on {on}. It was to do so by {by}.", on=on, by=review.on), NEW_DAY]
    if review.on < today:
        return [
            Say("We said that we look at this promise again by {on}. That day is over.", on=review.on),
            Say("It waits for the Group's next agenda."),
        ]
    ahead = review.on - REVIEW_AHEAD
    if ahead <= today:
        return [Say("We look at this promise again by {on}. It waits for the Group's next agenda.", on=review.on)]
    return [
        Say(
            "We look at this promise again by {on}. From {ahead} on it waits for the Group's agenda.",
            on=review.on, ahead=ahead,
        )
    ]  # fmt: skip


NO_DAY = Say(
    "The day is part of what the promise says. So it is set as all its words are: in a change that families vote on."
)
NEW_DAY = Say("Its next day is set as all its words are: in a change that families vote on.")
