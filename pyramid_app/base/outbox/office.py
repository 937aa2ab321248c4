"""What sending needs from above, handed in by ``app.py``."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.base.outbox.answers import Hindrance
from pyramid_app.base.outbox.carriers import Carrier, Sender
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.rules import Caps, Stop
from pyramid_app.base.outbox.words import Words

Maker = Callable[[Session, datetime, Letter], Words | None]
"""Makes the secret part of a letter while it is sent; ``None`` means there is nothing to send any more."""

Ring = Callable[[Session, datetime, Hindrance, datetime], None]
"""Writes to those who run this place that mail does not leave, and since when; that letter waits with the others."""


@dataclass(frozen=True)
class Office:
    """Who carries, where a person can be reached, what is made on the way; how many letters a month, whether a
    person wants such letters, the address at which she can stop them, and who is told when no mail leaves."""

    carrier: Carrier
    find_address: Callable[[Session, UUID], tuple[str, str] | None]
    makers: Mapping[str, Maker]
    sender: Callable[[Session, datetime], Sender]
    domain: str
    caps: Callable[[Session, datetime], Caps]
    wants: Callable[[Session, UUID, Stop], bool]
    stop_link: Callable[[UUID, Collection[Stop]], str]
    ring: Ring
