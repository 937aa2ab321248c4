"""From whom to whom a draft may go, how long each has, and what a show of hands comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.rules import Says
from pyramid_app.kit.say import Say

MOST_NOTE, MOST_LINKS = 1000, 5


class Did(StrEnum):
    HANDED_OVER = "draft:handed over"
    REPLIED = "draft:hand-over answered"
    OWNER_ASKED = "draft:owner asked"
    OWNER_SENT_AGAIN = "draft:owner asked again"
    OWNER_ANSWERED = "draft:owner answered"
    OWNER_ENTERED = "draft:owner's answer written down"
    HAND_RAISED = "draft:hand raised"


class Stands(StrEnum):
    """A raised hand: agreed, agreed with a note, not agreed (``walks.md`` 7)."""

    AGREES = "agrees"
    WITH_A_NOTE = "agrees with a note"
    AGAINST = "does not agree"


STANDS: Mapping[Stands, Say] = {
    Stands.AGREES: Say("I agree"),
    Stands.WITH_A_NOTE: Say("I agree, with a note"),
    Stands.AGAINST: Say("I do not agree"),
}
SAYS: Mapping[Says, Say] = {
    Says.KEEPS: Say("We can keep it"),
    Says.IF: Say("We can keep it if …"),
    Says.CANNOT: Say("We cannot, because …"),
}
ON: Mapping[Stage, frozenset[Stage]] = {
    Stage.GROUP: frozenset({Stage.CONSULTATIVE, Stage.OWNER}),
    Stage.CONSULTATIVE: frozenset({Stage.GROUP}),
    Stage.OWNER: frozenset({Stage.GROUP, Stage.HANDS}),
    Stage.HANDS: frozenset({Stage.GROUP}),
}
"""Where a draft may be handed to from where it is; the vote takes it by itself (``polls``)."""


class Agreement(StrEnum):
    AGREED = "agreed"
    WITH_A_NOTE = "agreed with a note"
    NOT_AGREED = "not agreed"
    TOO_FEW = "too few hands"


@dataclass(frozen=True)
class Ready:
    """What is known of a draft when somebody wants to hand it on."""

    missing: Sequence[Say] = ()
    been_to_consultative: bool = False
    unanswered_comments: int = 0
    waiting_owners: Sequence[str] = ()
    owners_due_on: date | None = None


def why_not_hand(stage: Stage, to: Stage, ready: Ready, today: date) -> list[Say]:
    """What still stands in the way of a hand-over; nothing does when a draft goes back to the Group."""
    if to not in ON.get(stage, frozenset()):
        return [Say("It can't go there from where it is now.")]
    if to is Stage.GROUP:
        return []
    wrong = list(ready.missing)
    if to is Stage.OWNER and not ready.been_to_consultative:
        wrong.append(Say("The consultative group has not seen it yet."))
    if to is Stage.OWNER and ready.unanswered_comments:
        wrong.append(Say("Some comments have no answer yet. Answer each, many alike at once."))
    if to is Stage.HANDS and ready.waiting_owners and ready.owners_due_on and today <= ready.owners_due_on:
        wrong.append(Say("{names} can answer until {on}.", names=", ".join(ready.waiting_owners),
                         on=ready.owners_due_on))  # fmt: skip
    return wrong


def what_is_wrong_with_answer(says: Says | None, words: str) -> dict[str, Say]:
    """Why this is no answer yet of whoever has to keep the promise."""
    if says is None or says is Says.SILENT:
        return {"says": Say("Choose one of the three answers.")}
    if says is Says.IF and not words:
        return {"words": Say("Say what would have to change.")}
    if says is Says.CANNOT and not words:
        return {"words": Say("Say why not. Parents read it before they vote.")}
    if len(words) > 500:
        return {"words": Say("Please make this shorter: {most} characters at the most.", most=500)}
    return {}


def what_is_wrong_with_hand(stands: Stands | None, note: str) -> dict[str, Say]:
    if stands is None:
        return {"stands": Say("Say whether you agree.")}
    if stands is Stands.WITH_A_NOTE and not note:
        return {"note": Say("Write your note.")}
    return {}


def come_to(hands: Sequence[Stands], enough: int) -> Agreement:
    """More for than against, among enough hands; nobody's counts twice, and as many against as for is a no."""
    if len(hands) < max(enough, 1):
        return Agreement.TOO_FEW
    against = sum(hand is Stands.AGAINST for hand in hands)
    if 2 * against >= len(hands):
        return Agreement.NOT_AGREED
    return Agreement.WITH_A_NOTE if Stands.WITH_A_NOTE in hands else Agreement.AGREED


def enough_of(seats: int, percent: int, least: int) -> int:
    """That share of the filled seats, at least so many (``DESIGN.md`` 8); of fewer seats, all."""
    return min(max(-(-seats * percent // 100), least), seats)


def what_stands_in_the_way_of_a_vote(
    stage: Stage, reps: Agreement, group: Agreement, changed_since: bool, rivals: Sequence[str]
) -> list[Say]:
    """Why Parliament cannot vote on it yet. ``rivals``: other drafts of the same promise that are at a vote."""
    wrong = []
    if stage is not Stage.HANDS:
        wrong.append(Say("It has not been to the show of hands yet."))
    elif Agreement.TOO_FEW in {reps, group}:
        wrong.append(Say("Too few hands have been raised yet, of the representatives or of the Group."))
    elif group is Agreement.NOT_AGREED:
        wrong.append(Say("The Group has not agreed. Bring it back and write on, or let it go."))
    if changed_since:
        wrong.append(Say("The charter has changed since this was written. Bring it up to date first."))
    if rivals:
        wrong.append(Say("Families can vote on one change of a promise at a time: {title}", title=rivals[0]))
    return wrong
