"""How many are read, by how many, and what a check needs (``walks.md`` 15: bad news has places to hide). Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from pyramid_app.kit.say import Say

ITEMS, READERS = 10, 2


class Did(StrEnum):
    DRAWN = "blind check:drawn"
    CLEARED = "blind check:words cleared"
    ASKED = "blind check:readers asked"
    READ = "blind check:read"


def what_is_unsaid(items: Sequence[UUID], marks: Mapping[UUID, bool]) -> dict[str, Say]:
    """Every message needs a yes or a no."""
    missing = [number for number, item in enumerate(items, start=1) if item not in marks]
    if not missing:
        return {}
    return {
        "": Say("Say what you would have done with each. Still to say: {numbers}", numbers=", ".join(map(str, missing)))
    }
