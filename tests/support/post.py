"""A post office whose letters end in a list, so that a test can read what a person would read."""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pyramid_app.base.db import Database
from pyramid_app.base.outbox.carriers import Carry, Parcel
from pyramid_app.base.outbox.sender import Office, send_due


@dataclass
class Bag:
    """A carrier that keeps what it is given."""

    channels: frozenset[str] = frozenset({"email", "mobile"})
    parcels: list[Parcel] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[Carry]:
        yield self.parcels.append


@dataclass
class Post:
    """What left the house."""

    database: Database
    office: Office
    bag: Bag

    @property
    def letters(self) -> list[Parcel]:
        return self.bag.parcels

    def deliver(self) -> int:
        """Send everything that is due now."""
        return send_due(self.database.writing, self.office, for_seconds=math.inf)

    def to(self, address: str) -> list[Parcel]:
        return [parcel for parcel in self.letters if parcel.address == address]

    def last_to(self, address: str) -> Parcel:
        found = self.to(address)
        assert found, f"no letter to {address}; letters to {[p.address for p in self.letters]}"
        return found[-1]

    def code_to(self, address: str) -> str:
        """The digits in the newest letter to that address."""
        found = re.search(r"\b(\d{6}|\d{8})\b", self.last_to(address).words.text)
        assert found, "the letter has no code"
        return found[1]

    def link_to(self, address: str, first_part: str) -> str:
        """The path of the newest letter's link that begins with ``/first_part/``."""
        found = re.search(rf"https?://[^/\s]+(/{first_part}/\S+)", self.last_to(address).words.text)
        assert found, f"no /{first_part}/ link in: {self.last_to(address).words.text}"
        return found[1].rstrip(".")
