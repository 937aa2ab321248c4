"""The brief in words: the page and the paper say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyramid_app.base.web.render import translate
from pyramid_app.charter.commenting.queries import Seen
from pyramid_app.charter.drafting.queries import Text
from pyramid_app.charter.drafting.rules import DraftKind
from pyramid_app.charter.handing.queries import Hands, OwnerSaid
from pyramid_app.charter.handing.rules import SAYS
from pyramid_app.charter.rules import Says, Words
from pyramid_app.kit.texts import long_date
from pyramid_app.kit.texts.redline import Piece, compare
from pyramid_app.meetings.agenda.queries import Line
from pyramid_app.meetings.agenda.rules import WORDS, ItemKind
from pyramid_app.meetings.briefs.queries import Brief, Proposal
from pyramid_app.meetings.briefs.rules import AGREED
from pyramid_app.outcomes.steps.queries import Due
from pyramid_app.outcomes.steps.rules import State


@dataclass(frozen=True)
class Wording:
    """The exact words now and as they would be. ``pieces``: where one text becomes another, what differs."""

    now: str
    new: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Point:
    """An item to decide or to hear. ``ref``: of the draft that it is about."""

    line: Line
    about: str
    wording: Wording | None = None
    ref: str = ""
    owners: Sequence[str] = ()
    unmet: Sequence[str] = ()
    hands: Sequence[str] = ()


@dataclass(frozen=True)
class Shown:
    """A brief as people read it. ``before``: what we said we would do; ``voices``: a topic's title and the words."""

    decide: Sequence[Point]
    hear: Sequence[Point]
    before: Sequence[str]
    voices: Sequence[tuple[str, str]]


def shown(brief: Brief) -> Shown:
    decide, hear = (
        [_point(line, proposal, brief.partners) for line, proposal in brief.to(kind)]
        for kind in (ItemKind.DECIDE, ItemKind.HEAR)
    )
    said = [
        " ".join(part for part in (f"{item.title}:", f"{translate(WORDS[item.decided])}.", item.note) if part)
        for item in brief.decided
        if item.decided
    ]
    return Shown(
        decide, hear, [*said, *(_step(due) for due in brief.steps)],
        [(topic.title, words) for topic, words in brief.voices],
    )  # fmt: skip


def _point(line: Line, proposal: Proposal | None, partners: Mapping[str, str]) -> Point:
    about = [translate("{minutes} minutes", minutes=line.item.minutes)]
    about += [translate("{name} brings it", name=line.brings)] if line.brings else []
    if proposal is None:
        return Point(line, ", ".join(about))
    return Point(
        line, ", ".join(about), _wording(proposal.text, partners), proposal.text.draft.ref,
        [_owner(one) for one in proposal.owners], [_unmet(one) for one in proposal.unmet], _hands(proposal.hands),
    )  # fmt: skip


def _wording(text: Text, partners: Mapping[str, str]) -> Wording:
    now = "\n\n".join(_said(one.words, partners) for one in text.old)
    new = "\n\n".join(_said(words, partners) for words in text.promises)
    return Wording(now, new, compare(now, new) if text.draft.kind is DraftKind.REWORD else ())


def _said(words: Words, partners: Mapping[str, str]) -> str:
    """Everything that one promise says, a line each."""
    text = translate("We ask that you: {text}", text=words.text) if words.asks else words.text
    beside = (
        (translate("How we will know:"), words.how_we_know),
        (translate("By when:"), words.timescale),
        (translate("Looked after by:"), words.owner_role),
        (translate("We look at it again on:"), long_date(words.review_on) if words.review_on else ""),
        (translate("Made by:"), ", ".join(partners.get(slug, slug) for slug in words.makers)),
    )
    return "\n".join([text, *(f"{label} {said}" for label, said in beside if said)])


def _owner(one: OwnerSaid) -> str:
    if one.says is Says.SILENT:
        return translate("{name} has not answered. Its day is {on}.", name=one.name, on=one.ask.due_on)
    return " ".join(part for part in (f"{one.name}:", translate(SAYS[one.says]), one.ask.words) if part)


def _unmet(seen: Seen) -> str:
    """Hidden words stay hidden; that somebody can't agree does not."""
    name = seen.name or translate("A parent")
    if seen.comment.hidden_at:
        return translate("{name}: these words are hidden.", name=name)
    return translate("{name}: {text}", name=name, text=seen.comment.text)


def _hands(hands: Hands | None) -> list[str]:
    if hands is None:
        return []
    return [
        translate("The representatives: {said}.", said=translate(AGREED[hands.reps])),
        translate("The whole Group: {said}.", said=translate(AGREED[hands.group])),
    ]


def _step(due: Due) -> str:
    step = due.step
    if due.state is State.DONE and step.done_on:
        return translate("Done on {on}. {partner}: {what}", on=step.done_on, partner=due.partner, what=step.what)
    if due.state is State.STOPPED:
        return translate("Stopped. {partner}: {what} Why: {because}", partner=due.partner, what=step.what,
                         because=step.because)  # fmt: skip
    if due.state is State.LATE:
        return translate("Late since {on}. {partner}: {what}", on=step.due_on, partner=due.partner, what=step.what)
    return translate("By {on}. {partner}: {what}", on=step.due_on, partner=due.partner, what=step.what)
