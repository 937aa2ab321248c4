"""Who acts: the value that permissions are decided on. A parent who is an officer wears one hat at a time."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from pyramid_app.base.errors import NotAllowed
from pyramid_app.kit.say import Say


class Role(StrEnum):
    """What somebody was asked to do here; a parent needs none. No role includes another, but a lead is an officer."""

    OFFICER = "officer"
    LEAD = "lead"
    LINK_WORKER = "link worker"
    CHAIR = "chair"


OFFICERS = frozenset({Role.OFFICER, Role.LEAD})
"""Either of these reads what families say, and answers."""
AT_THE_DESK = OFFICERS | {Role.LINK_WORKER}
"""Whoever has one of these has a staff hat; a chair leads meetings and needs none."""


class Hat(StrEnum):
    """Which of a person's two parts is on: speaking as a family, or answering as staff."""

    FAMILY = "family"
    STAFF = "staff"


@dataclass(frozen=True)
class Actor:
    """Whoever acts. Where somebody stands in the pyramid decides nothing by itself, so it is not here."""

    person_id: UUID | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    hat: Hat = Hat.FAMILY
    name: str = ""
    system: str = ""

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def is_officer(self) -> bool:
        """Has the staff hat on, and may read and answer (a lead is an officer too)."""
        return self.hat is Hat.STAFF and bool(self.roles & OFFICERS)

    @property
    def is_lead(self) -> bool:
        return self.hat is Hat.STAFF and Role.LEAD in self.roles

    @property
    def is_chair(self) -> bool:
        """Leads the Group's meetings, whichever hat is on: a chair may be a parent."""
        return self.signed_in and Role.CHAIR in self.roles

    @property
    def enters_for_others(self) -> bool:
        """Has the staff hat on, and writes down what families say: all that a link worker may."""
        return self.hat is Hat.STAFF and self.has_two_hats

    @property
    def has_two_hats(self) -> bool:
        """Something at the desk is theirs, whichever hat is on."""
        return bool(self.roles & AT_THE_DESK)


NOBODY = Actor()


def system(name: str) -> Actor:
    """The scheduler or a command; the name says which and lands in the audit log."""
    return Actor(system=name)


@dataclass(frozen=True)
class Verdict:
    """What a permission answers; the template shows the reason, the service enforces it."""

    allowed: bool
    reason: Say | None = None

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raises ``NotAllowed`` with the reason."""
        if not self.allowed:
            raise NotAllowed(self.reason or Say("You can't do this."))


YES = Verdict(True)


def no(message: str, /, **facts: object) -> Verdict:
    """A refusal, with its reason in words."""
    return Verdict(False, Say(message, **facts))
