"""Whose answers help to reach the limits of ``kit.disclosure``: pure."""

NEW_AREA = 2
"""Newcomers for each one who had joined before: from here on nearly everybody is new."""
SETTLED = 50
"""Who had joined before: so many that an area is new no more, and has enough answers of its own."""


def newcomers_count(stood: int, joined: int, *, rang: bool, for_some: bool) -> bool:
    """Whether those who joined while a question was open help to reach a limit, like everybody else.

    ``stood``: people on its roll who had joined before it opened; ``joined``: those who answered and had not.

    They do in a new area, which has fewer than fifty members and where at least two of three on the roll are new, and
    nowhere else: whoever adds accounts of her own has to bring twice as many as there are members, without ringing the
    bell. They never do once it rang, nor where a question goes to some only (``for_some``): there are few of them, and
    anybody can say that she is one.
    """
    return not rang and not for_some and stood < SETTLED and joined >= NEW_AREA * stood
