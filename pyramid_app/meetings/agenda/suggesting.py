"""What is due for the Group: a list of small sources. Another one is another function in ``SOURCES``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.handing import queries as handing
from pyramid_app.kit.disclosure import Count
from pyramid_app.kit.disclosure.limits import DEFAULTS
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.agenda import queries
from pyramid_app.meetings.agenda.rules import ItemKind, promise_of, review_of
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.steps import queries as steps
from pyramid_app.outcomes.steps.rules import State
from pyramid_app.outcomes.verdicts import queries as verdicts
from pyramid_app.outcomes.verdicts.rules import tally
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

MINUTES = 10


@dataclass(frozen=True)
class Suggestion:
    """An item that the chair adds with one press. ``source`` names what it comes from, the same each time; ``why`` is
    what she reads beside it. ``again``: offered anew after it was on an agenda, as long as it is due."""

    source: str
    title: str
    why: Say
    kind: ItemKind = ItemKind.HEAR
    words: str = ""
    topic_id: UUID | None = None
    minutes: int = MINUTES
    again: bool = False
    parked_id: UUID | None = None
    brings_id: UUID | None = None
    asked_by_id: UUID | None = None

    @property
    def promise(self) -> int | None:
        """Whose evidence the Group looks at."""
        return promise_of(self.source)


Source = Callable[[Session, datetime], list[Suggestion]]


def parked(session: Session, _now: datetime) -> list[Suggestion]:
    """What was parked, and was taken off the agenda to which it came back."""
    return [
        Suggestion(
            f"parked:{item.id}", item.title, Say("It was parked at an earlier meeting."), item.kind, item.words,
            item.topic_id, item.minutes, True, item.id, item.brings_id, item.asked_by_id,
        )
        for item in queries.waiting(session)
    ]  # fmt: skip


def late_steps(session: Session, now: datetime) -> list[Suggestion]:
    """What somebody promised and did not do in time."""
    return [
        Suggestion(
            f"step:{due.step.id}", _short(due.step.what),
            Say("{partner} promised this by {on}. It is late.", partner=due.partner, on=due.step.due_on),
            topic_id=due.topic.id, again=True,
        )
        for due in steps.late_steps(session, london_date(now)) if due.state is State.LATE
    ]  # fmt: skip


def under_half(session: Session, now: datetime) -> list[Suggestion]:
    """What was called done, and of which fewer than half of enough families say that it helped."""
    weak = [one for one, counted in verdicts.without_help(session, now).items() if _is_under_half(counted)]
    found = session.exec(
        select(Outcome.id, Topic)
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .where(col(Outcome.id).in_(weak))
        .order_by(col(Topic.title), col(Outcome.id))
    )
    return [
        Suggestion(
            f"verdict:{outcome_id}", topic.title,
            Say("We said it is done. Fewer than half of the families say that it helped."), topic_id=topic.id,
        )
        for outcome_id, topic in found
    ]  # fmt: skip


def raised(session: Session, _now: datetime) -> list[Suggestion]:
    """What many families speak of and no promise covers."""
    return [
        Suggestion(
            f"topic:{topic.id}", topic.title, Say("Families speak of this, and no promise covers it."),
            ItemKind.DECIDE, topic.summary, topic.id,
        )
        for topic in topics.raised(session)
    ]  # fmt: skip


def drafts_due(session: Session, now: datetime) -> list[Suggestion]:
    """Drafts of the charter that the Group has to move: hands to raise, or a time that is over."""
    return [
        Suggestion(
            f"draft:{draft.id}:{draft.version}:{draft.stage}", _short(draft.title), WAITS[draft.stage],
            ItemKind.DECIDE, draft.reason[:1000],
        )
        for draft in handing.waiting_for_the_group(session, london_date(now))
    ]  # fmt: skip


WAITS: Mapping[Stage, Say] = {
    Stage.HANDS: Say("The Group raises its hands to this change of the charter."),
    Stage.CONSULTATIVE: Say("The consultative group has had its time with this draft. Bring it back."),
    Stage.OWNER: Say("Those who have to keep this promise were asked, and their time is over."),
}


def reviews(session: Session, now: datetime) -> list[Suggestion]:
    """Promises whose day to be looked at again has come."""
    return [
        Suggestion(
            review_of(one.number, one.wording.review_on), _short(one.text),
            Say("Promise {number} is to be looked at again by {on}.", number=one.number, on=one.wording.review_on),
        )
        for one in charter.due_for_review(session, london_date(now) + REVIEW_AHEAD)
    ]  # fmt: skip


REVIEW_AHEAD = timedelta(days=30)
SOURCES: tuple[Source, ...] = (parked, drafts_due, late_steps, under_half, raised, reviews)


def suggestions(session: Session, now: datetime) -> list[Suggestion]:
    """Everything due that stands on no agenda yet."""
    open_ones, settled = queries.sources(session)
    found = [one for source in SOURCES for one in source(session, now)]
    return [one for one in found if one.source not in open_ones and (one.again or one.source not in settled)]


def _is_under_half(counted: Mapping[str, int]) -> bool:
    """Only of enough families, as everywhere: in a small group somebody could be known."""
    yes, sometimes, no, _unused = (Count(number) for number in tally(counted).values())
    judged = yes + sometimes + no
    return judged >= DEFAULTS.group and yes + yes < judged


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
