"""The usual levels of a pyramid (Islington's shape, ``case-study.md``; the words are ours). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Did(StrEnum):
    JOINED = "standing:joined"
    MOVED = "standing:moved"
    LEFT = "standing:left"
    INVITED = "invitation:sent"
    INVITATION_ANSWERED = "invitation:answered"
    INVITATION_FORGOTTEN = "invitation:forgotten"
    FACTS_TOLD = "person:facts told"
    LETTERS_STOPPED = "person:letters stopped"
    LETTERS_WANTED = "person:letters wanted again"


@dataclass(frozen=True)
class Circle:
    """Whom something concerns. Empty means everybody who answers Parliament polls.

    ``levels`` by slug (nested: whoever stands higher belongs, too), ``wards`` and ``places`` to learn as people told
    them. ``young``: young people instead of parent carers.
    """

    levels: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    young: bool = False

    @property
    def for_some(self) -> bool:
        """Whether it is smaller than everybody, or than all young people."""
        return bool(self.levels or self.wards or self.places)


EVERYBODY = Circle()


@dataclass(frozen=True)
class UsualLevel:
    """A level as an area starts with it; afterwards it is a row."""

    slug: str
    name: str
    asks: str
    takes: str
    invitation: str
    votes: bool = True
    by_choice: bool = True
    public: bool = False
    seats: int | None = None


JOINING = FROM_NETWORK, TOGETHER = ("joins of a network", "joins")
"""Names of the two budgets of a day: how many may join before the desk rings."""

GROUND, PARLIAMENT, CONSULTATIVE, GROUP = "ground", "parliament", "consultative", "group"

USUAL_LEVELS = (
    UsualLevel(
        GROUND,
        "Just tell me",
        "You hear what happens. Nobody asks you anything.",
        "A letter now and then",
        "Just tell me what happens",
        votes=False,
    ),
    UsualLevel(
        PARLIAMENT,
        "Parent Parliament",
        "You answer a question now and then, and say yes or no to our promises.",
        "Two minutes, a few times a year",
        "Ask me now and then",
    ),
    UsualLevel(
        CONSULTATIVE,
        "Consultative group",
        "You read drafts and tell us what matters most.",
        "About an hour a month",
        "Ask me often",
    ),
    UsualLevel(
        GROUP,
        "Co-production Group",
        "Eight elected parents who write the promises with the partners.",
        "A meeting a month, and reading before it",
        "Represent families",
        by_choice=False,
        public=True,
        seats=8,
    ),
)


def forgotten_from(invited_at: datetime, days: int) -> datetime:
    """The instant from which an invitation without an answer can no longer be answered, and is forgotten."""
    return invited_at + timedelta(days=days)
