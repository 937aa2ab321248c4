"""Handing over a family's words about their own child: to whom, until when, what a link still opens. Pure."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from pyramid_app.kit.say import Say


class Did(StrEnum):
    HANDED_OVER = "voice:handed over"
    ASKED_AGAIN = "voice:place asked again"
    RECEIVED_THERE = "voice:received by the place"


class Place(StrEnum):
    """Who can help with one child: free advice, whoever writes the plans, whoever looks at complaints."""

    ADVICE = "advice"
    PLAN_TEAM = "plan team"
    COMPLAINTS = "complaints"


WORD_WORKING_DAYS = 3
"""The family hears by then whether the words arrived. A time limit may be running, so it is shorter than a first
answer; it is long enough for a part-time team to open its mailbox."""

KEPT = timedelta(days=30)
"""So long after it was handed over a case stays here, for questions of the place; the topic counts it for ever."""

RING_WITHIN = timedelta(days=60)
"""A day further away is a slip of the pen."""

PHONE_AT_MOST = 40
_PHONE = re.compile(r"\+?[\d\s().-]{5,}")


class Link(StrEnum):
    """What the link in a letter to a place still is."""

    OPEN = "open"
    RECEIVED = "received"
    OLD = "old"
    GONE = "gone"


def link_state(version: int, newest: int, received_at: datetime | None, here: bool) -> Link:
    """``here``: the family has not taken the words back, and they are still kept."""
    if received_at is not None:
        return Link.RECEIVED
    if not here:
        return Link.GONE
    return Link.OPEN if version == newest else Link.OLD


def what_is_wrong_with_hand_over(place: Place | None, offered: Collection[Place], phone: str) -> dict[str, Say]:
    """Why words can't go there, by field."""
    wrong = {}
    if place is None or place not in offered:
        wrong["place"] = Say("Choose who should get the words.")
    if phone and (len(phone) > PHONE_AT_MOST or not _PHONE.fullmatch(phone)):
        wrong["phone"] = Say("Write a phone number, or leave this empty.")
    return wrong


def what_is_wrong_with_receipt(who: str, ring_on: date | None, rings: bool, today: date) -> dict[str, Say]:
    """``rings``: the family left a number, and is told the day by which somebody rings."""
    wrong = {}
    if not who:
        wrong["who"] = Say("Write who has it now.")
    if rings and ring_on is None:
        wrong["ring_on"] = Say("Say by which day you ring the family.")
    if ring_on and not today <= ring_on <= today + RING_WITHIN:
        wrong["ring_on"] = Say("This must be a day in the next two months.")
    return wrong


def rings_on_desk(at: datetime, received_at: datetime | None, now: datetime) -> bool:
    """The days are over and nobody there has said that the words arrived: they are kept, and somebody must ring."""
    return received_at is None and now >= at + KEPT
