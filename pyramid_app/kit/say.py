"""A sentence that has not been said yet: the English sentence as its key, and the facts it will hold.

Rules and permissions return a ``Say``; only ``kit.texts`` turns it into words, in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, init=False)
class Say:
    """``Say("You have until {at}.", at=closes_at)``: ``message`` is the gettext key, ``facts`` fill its braces."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __init__(self, message: str, /, **facts: object) -> None:
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "facts", MappingProxyType(facts))

    def __hash__(self) -> int:
        return hash((self.message, tuple(sorted(self.facts))))
