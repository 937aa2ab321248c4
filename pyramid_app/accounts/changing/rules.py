"""Who can undo a change of addresses, and which of them ends only with a code from itself: pure.

Whoever finds a signed-in phone must not be able to take an account over: an address counts for less than those that
were there before it, until it has stood for ``KNOWN_AFTER``.
"""

from collections.abc import Sequence
from datetime import datetime


def may_put_back(since: datetime, changed_since: datetime, older: Sequence[datetime], *, is_it: bool) -> bool:
    """Whether whoever reads mail at an address (confirmed at ``since``) may undo what became of another one.

    Those may that were there before it; and the changed one itself (``is_it``), where none before it is left.
    ``older``: when those other addresses were confirmed that still stand.
    """
    return not any(one < changed_since for one in older) if is_it else since < changed_since
