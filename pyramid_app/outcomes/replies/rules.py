"""The life of a question to a partner: asked → answered | late → answered | no longer needed. Pure."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pyramid_app.kit.say import Say


class Did(StrEnum):
    ASKED = "partner:asked"
    SENT_AGAIN = "partner:sent again"
    NOT_NEEDED = "partner:no longer asked"
    WARNED = "partner:warned"
    DRAFTED = "partner:draft saved"
    REPLIED = "partner:answered"
    ENTERED = "partner:answer written down"
    PASSED_ON = "partner:passed on"
    SAID_WHY = "partner:said why late"
    SHOWN = "partner:shown an answer"
    NOTED = "partner:added words"


class State(StrEnum):
    """Stored are times; this follows from them and the day."""

    WAITING = "waiting"
    LATE = "late"
    REPLIED = "replied"
    STOPPED = "stopped"


MOST = 4000
WARNINGS = (timedelta(days=7), timedelta(days=2))
"""So long before the day the two warnings go."""


class AskLike(Protocol):
    @property
    def asked_at(self) -> datetime: ...
    @property
    def due_on(self) -> date: ...
    @property
    def replied_at(self) -> datetime | None: ...
    @property
    def stopped_at(self) -> datetime | None: ...
    @property
    def warned_1_at(self) -> datetime | None: ...
    @property
    def warned_2_at(self) -> datetime | None: ...


def state_of(ask: AskLike, today: date) -> State:
    """The day itself is still in time."""
    if ask.stopped_at is not None:
        return State.STOPPED
    if ask.replied_at is not None:
        return State.REPLIED
    return State.LATE if ask.due_on < today else State.WAITING


def warning_due(ask: AskLike, asked_on: date, today: date) -> int:
    """Which warning goes today: 1, 2, or 0 for none.

    None goes twice, after the day, or before the question itself is older than its warning; where both are due
    because nobody ran for a while, only the second goes.
    """
    if state_of(ask, today) is not State.WAITING:
        return 0
    gone = (ask.warned_1_at or ask.warned_2_at, ask.warned_2_at)
    for number, before, warned in ((2, WARNINGS[1], gone[1]), (1, WARNINGS[0], gone[0])):
        day = ask.due_on - before
        if asked_on < day <= today:
            return 0 if warned else number
    return 0


def what_is_wrong_with_question(question: str, partners: bool) -> dict[str, Say]:
    wrong = {}
    if not partners:
        wrong["partners"] = Say("Choose who should answer.")
    if not question:
        wrong["question"] = Say("Write what you ask them.")
    return wrong


def what_is_wrong_with_words(field: str, words: str) -> dict[str, Say]:
    """Why these words can't be kept as an answer, or as words beside one."""
    if not words:
        return {field: Say("Write your answer first.")}
    if len(words) > MOST:
        return {field: Say("Please make this shorter: {most} characters at the most.", most=MOST)}
    return {}


def what_is_wrong_with_entry(asked_on: date, wrote_on: date | None, source: str, today: date) -> dict[str, Say]:
    """Somebody else writes an answer down: where it comes from, and the day on which it came."""
    wrong = {}
    if not source:
        wrong["source"] = Say("Say how they told you, like “an e-mail”.")
    if wrote_on is None or not asked_on <= wrote_on <= today:
        wrong["wrote_on"] = Say("Say on which day, after you asked and not after today.")
    return wrong


FOR_ANYBODY = frozenset((
    "aol.com", "aol.co.uk", "blueyonder.co.uk", "btinternet.com", "btopenworld.com", "fastmail.com", "gmail.com",
    "gmx.co.uk", "gmx.com", "googlemail.com", "hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com",
    "mac.com", "mail.com", "me.com", "msn.com", "ntlworld.com", "outlook.com", "outlook.co.uk", "plus.net",
    "plusnet.com", "proton.me", "protonmail.com", "pm.me", "rocketmail.com", "sky.com", "talk21.com", "talktalk.net",
    "tiscali.co.uk", "tuta.com", "tutanota.com", "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com", "zoho.com",
))  # fmt: skip
"""Domains of public mail providers that families and small charities in Britain use."""


def same_house(mailbox: str, address: str) -> bool:
    """Both addresses end alike, so both belong to the partner; where anybody may have a mailbox, only that very one."""
    house = mailbox.rpartition("@")[2].lower()
    if house in FOR_ANYBODY:
        return mailbox.lower() == address.lower()
    return house == address.rpartition("@")[2].lower()
