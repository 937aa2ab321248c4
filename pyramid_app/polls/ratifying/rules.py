"""What a vote on drafts asks, and what its numbers come to. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from pyramid_app.kit.say import Say

MOST_DRAFTS = 10
"""On one paper: more would be read by nobody."""
YES, NO = 0, 1
"""The places of the two answers on the paper; not sure is the third."""


class Did(StrEnum):
    PROPOSED = "ratification:proposed"
    DECIDED = "ratification:decided"


def question_of(kind: str, numbers: Sequence[int], title: str) -> Say:
    """One draft in a sentence, to be answered by yes or no."""
    named = ", ".join(str(number) for number in numbers)
    if kind == "add":
        return Say("{title}. Add this promise?", title=title)
    if kind == "split":
        return Say("{title}. Make promise {numbers} into these?", title=title, numbers=named)
    if kind == "merge":
        return Say("{title}. Put promises {numbers} together into this one?", title=title, numbers=named)
    if kind == "retire":
        return Say("{title}. Take promise {numbers} out?", title=title, numbers=named)
    return Say("{title}. Use the new words for promise {numbers}?", title=title, numbers=named)


def why_it_falls(
    in_favour: int, against: int, answered: int, on_roll: int, quorum_percent: int, more_than_percent: int
) -> Say | None:
    """``None`` where families said yes: enough of them voted, and more for it than needed (``DESIGN.md`` 8).

    Who is not sure counts among those who voted, and neither for nor against.
    """
    if answered * 100 < on_roll * quorum_percent or not answered:
        return Say("Too few families voted: at least {percent}% were needed.", percent=quorum_percent)
    if in_favour * 100 <= (in_favour + against) * more_than_percent:
        if more_than_percent == 50:
            return Say("Not more families said yes than no.")
        return Say("Not more than {percent}% of those who said yes or no said yes.", percent=more_than_percent)
    return None


def what_is_wrong_with_choice(drafts: int, rivals: Sequence[int]) -> dict[str, Say]:
    """``rivals``: promises that two of the chosen drafts would change."""
    if not drafts:
        return {"drafts": Say("Choose at least one draft.")}
    if drafts > MOST_DRAFTS:
        return {"drafts": Say("Choose up to {most} drafts.", most=MOST_DRAFTS)}
    if rivals:
        return {"drafts": Say("Two of these drafts change promise {number}. Families can vote on one at a time.",
                              number=rivals[0])}  # fmt: skip
    return {}
