"""The kinds of members of the Group, and what it takes to name one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pyramid_app.kit.say import Say


class Did(StrEnum):
    NAMED = "group:member named"
    ENDED = "group:member ended"


class MemberKind(StrEnum):
    ELECTED = "elected parent"
    OFFICER = "officer"
    HEALTH = "health"
    SCHOOL = "school"
    VOLUNTARY = "voluntary"
    FORUM = "forum"
    YOUNG_PERSON = "young person"


KINDS: Mapping[MemberKind, Say] = {
    MemberKind.ELECTED: Say("elected parent"),
    MemberKind.OFFICER: Say("officer"),
    MemberKind.HEALTH: Say("health"),
    MemberKind.SCHOOL: Say("school"),
    MemberKind.VOLUNTARY: Say("voluntary organisation"),
    MemberKind.FORUM: Say("parent carer forum"),
    MemberKind.YOUNG_PERSON: Say("young person"),
}
"""What people read, in the order in which we always say them."""
NAMED = tuple(kind for kind in KINDS if kind is not MemberKind.ELECTED)
"""Kinds that a lead can name: a parent is elected, never named."""
WITHOUT_BODY = frozenset({MemberKind.ELECTED, MemberKind.YOUNG_PERSON})
"""They speak as themselves."""


@dataclass(frozen=True)
class Draft:
    """Somebody who is to belong. ``until_on`` is their last day; empty: until somebody ends it."""

    name: str = ""
    address: str = ""
    kind: MemberKind | None = None
    body: str = ""
    until_on: date | None = None


def what_is_wrong(draft: Draft, today: date) -> dict[str, Say]:
    """Why this person can't be named so, by field."""
    wrong = {}
    if not draft.name:
        wrong["name"] = Say("Write their first name.")
    if not draft.address:
        wrong["address"] = Say("Write their e-mail address.")
    if draft.kind not in NAMED:
        wrong["kind"] = Say("Choose for whom they are there.")
    elif not draft.body and draft.kind not in WITHOUT_BODY:
        wrong["body"] = Say("Write where they come from, like “Hill School”.")
    if draft.until_on and draft.until_on < today:
        wrong["until_on"] = Say("This day has passed. Choose today or a later one.")
    return wrong
