"""What the log says of partners, and which of them can be asked. Pure."""

from datetime import date
from enum import StrEnum
from typing import Protocol


class Did(StrEnum):
    ADDED = "partner:added"
    MAILBOX_SET = "partner:mailbox set"
    ENDED = "partner:ended"
    SPEAKER_NAMED = "speaker:named"
    SPEAKER_ENDED = "speaker:ended"


class PartnerLike(Protocol):
    @property
    def mailbox(self) -> str: ...
    @property
    def ended_on(self) -> date | None: ...


def can_be_asked(partner: PartnerLike, today: date) -> bool:
    """It has a mailbox, and is still a partner."""
    return bool(partner.mailbox) and (partner.ended_on is None or today < partner.ended_on)
