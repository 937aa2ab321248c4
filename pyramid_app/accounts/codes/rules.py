"""How many codes may be asked for, and how many wrong ones typed: pure.

A code has six digits. For one day and the next, codes are longer once ``WRONG_OF_ALL`` was reached: so all guessing,
from however many networks and at however many addresses, has in a day a chance of 300 in 1,000,000, and afterwards of
1 in 100,000,000 with each try; and nobody is kept out meanwhile.
"""

from collections.abc import Mapping
from datetime import timedelta

from pyramid_app.base.budgets.rules import A_DAY, AN_HOUR, Budget

SHORT, LONG = 6, 8
"""Digits of a code, on usual days and while somebody guesses."""

TO_A_MAILBOX = Budget("codes sent to one mailbox", 8, AN_HOUR)
"""Whatever they are for, and however the address is spelt."""
FROM_HERE_TO_A_MAILBOX = Budget("codes to one mailbox from one network", 2, AN_HOUR)
"""These go although the mailbox has had its share: nobody can use up what somebody elsewhere needs."""
ASKED_HERE = Budget("codes asked for from one network", 200, AN_HOUR)
"""Much, because all families of a mobile network may share one."""
ASKED_BY_ALL = Budget("codes asked for", 3000, AN_HOUR)
ASKED_HERE_WHEN_BUSY = Budget("codes asked for here in a busy hour", 5, AN_HOUR)
WRONG_HERE = Budget("wrong codes from one network", 60, AN_HOUR)
WRONG_OF_ALL = Budget("wrong codes", 300, A_DAY)

AT_ONE_CODE = "guesses at one code"
"""A budget of its own size: it rings when all other networks together have used up what they may try."""

NETWORKS = 10
"""How many other networks can use up their tries before a code works only where it was asked for first."""

JUST_NOW = timedelta(minutes=1)
"""So long the same browser may send the right code once more: a button pressed twice."""


def guesses(most: int) -> Budget:
    """How many wrong tries from elsewhere one code may have before the desk hears of it; ``most``: of one network."""
    return Budget(AT_ONE_CODE, most * NETWORKS - 1)


def may_try(wrong: Mapping[str, int], network: str, asked_from: str, most: int) -> bool:
    """Whether one more try from ``network`` counts. ``wrong``: wrong tries by network; ``most``: of one network.

    ``asked_from`` is the network whose asking had the code sent: tries elsewhere never cost it its own.
    """
    if wrong.get(network, 0) >= most:
        return False
    elsewhere = sum(tries for where, tries in wrong.items() if where != asked_from)
    return network == asked_from or elsewhere < most * NETWORKS
