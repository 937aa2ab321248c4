"""What a role is called and lets somebody do, how many may hold it, and when one cannot be taken. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyramid_app.base.actor import OFFICERS, Role
from pyramid_app.kit.say import Say

CHAIRS = 2
"""They may share it: a parent and an officer."""


@dataclass(frozen=True)
class Part:
    """A role in words: its name, and one plain line on what it is for."""

    name: Say
    does: Say


PARTS: Mapping[Role, Part] = {
    Role.OFFICER: Part(Say("officer"), Say("Reads what families say, and answers them.")),
    Role.LEAD: Part(Say("lead"), Say("Is an officer too. Says who does what here, and sets this place up.")),
    Role.LINK_WORKER: Part(
        Say("link worker"), Say("Writes down what a family says, if the family says yes. Sees nothing else.")
    ),
    Role.CHAIR: Part(Say("chair"), Say("Leads the meetings. Two people can share it.")),
}


def in_words(roles: Collection[Role]) -> list[Say]:
    """The names of these roles, in the order in which we always say them."""
    return [part.name for role, part in PARTS.items() if role in roles]


def in_full(roles: Collection[Role]) -> list[Say]:
    """The same, each with what it is for."""
    return [Say("{role}: {does}", role=part.name, does=part.does) for role, part in PARTS.items() if role in roles]


def why_not_give(role: Role, holders: int) -> Say | None:
    """``holders``: how many others have this role now."""
    if role is Role.CHAIR and holders >= CHAIRS:
        return Say("There are two chairs already. End the part of one of them first.")
    return None


def why_not_take(role: Role, other_leads: int) -> Say | None:
    """``other_leads``: leads besides this person who can sign in. Without any, nobody could give a role again."""
    if role is Role.LEAD and not other_leads:
        return Say("This is the only lead. Make somebody else a lead first.")
    return None


def leaves_the_desk(before: Collection[Role], now: Collection[Role]) -> bool:
    """Whether somebody who had messages and topics will have no right to them any more."""
    return bool(OFFICERS.intersection(before)) and not OFFICERS.intersection(now)


def why_not_without_heir(name: str, waits: int, heir: bool) -> Say | None:
    """What waits always has somebody: whoever goes names a colleague, unless nothing waits."""
    if waits and not heir:
        return Say("Something waits for {name}. Choose who has it next.", name=name)
    return None
