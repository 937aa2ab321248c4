"""Kinds of people, addresses and one-time codes: pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum


class PersonKind(StrEnum):
    PARENT_CARER = "parent carer"
    YOUNG_PERSON = "young person"
    STAFF = "staff"


class ContactKind(StrEnum):
    EMAIL = "email"
    MOBILE = "mobile"
    POST = "post"


class Purpose(StrEnum):
    """What a one-time code is for; a code made for one thing opens nothing else."""

    SIGN_IN = "sign in"
    JOIN = "join"
    ANSWER = "answer"
    HEAR_BACK = "hear back"
    CONTACT = "contact"
    END_CONTACT = "end contact"


class Did(StrEnum):
    PERSON_ADDED = "person:added"
    CONTACT_CONFIRMED = "contact:confirmed"
    CONTACT_ENDED = "contact:ended"
    MAILBOX_SHARED = "mailbox:shared"
    SIGNED_IN = "session:begun"
    SIGNED_OUT = "session:ended"
    ROLE_GIVEN = "role:given"
    ROLE_ENDED = "role:ended"
    STAFF_INVITED = "staff:invited"
    STAFF_CHANGED = "staff:changed"
    STAFF_ENDED = "staff:ended"
    STAFF_READDRESSED = "staff:readdressed"
    WENT_AWAY = "away:begun"
    COVER_MOVED = "away:cover moved"
    CAME_BACK = "away:ended"


KNOWN_AFTER = timedelta(days=14)
"""So long a change can be put back, and so long an address is a new one."""


def needs_code(since: datetime, others: Sequence[datetime], now: datetime) -> bool:
    """Whether ending an address (confirmed at ``since``) would leave new ones only: then a code from it is needed.

    ``others``: when the other addresses were confirmed; there is one at least.
    """
    return all(one > since and one > now - KNOWN_AFTER for one in others)


def known_from(others: Sequence[datetime]) -> datetime:
    """When the first of the other addresses is no new one any more."""
    return min(others) + KNOWN_AFTER
