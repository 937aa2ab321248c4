"""Decides how much of a ranking counted in rounds is shown: every round, or only the order, or neither."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyramid_app.kit.disclosure.count import Count, _firm, _mostly_firm, _number
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.disclosure.question import QuestionShown
from pyramid_app.kit.say import Say

Round = tuple[str | None, Sequence[Count], Count]
"""Who left in it (``None``: the first round), everybody's votes at its end as on the paper, and papers without a next
choice."""


@dataclass(frozen=True)
class RoundLine:
    """One round, whole: ``numbers`` as on the paper, ``None`` for whoever has left."""

    left: str | None
    numbers: tuple[int | None, ...]
    no_choice: int


@dataclass(frozen=True)
class RoundsShown:
    """``options`` as on the paper. Either every round, or the order in which options left (several may leave
    together), and whoever was left at the end; or words that say why there is neither."""

    words: Say | None
    options: tuple[str, ...] = ()
    full: tuple[RoundLine, ...] = ()
    order: tuple[tuple[str, ...], ...] = ()
    winner: str | None = None
    note: Say | None = None


def show_rounds(
    answered: Count,
    first: Mapping[str, Count],
    shown: QuestionShown,
    rounds: Sequence[Round],
    limits: Limits = DEFAULTS,
) -> RoundsShown:
    """``answered``: whole rankings; ``first``: who put each option first; ``shown``: what is published of that.

    Every round only from 50 rankings on and where no option and no transfer between two rounds is of 1 to 4 people
    (elections do the same: DESIGN 8). Otherwise the order alone. Options that are counted together leave together: in
    which order they did, and their sum, would tell their numbers. Where many came late, the order could be made to
    turn on a single transfer: then there is none.
    """
    options = tuple(first)
    if shown.words is not None or not rounds:
        return RoundsShown(shown.words or Say("No one ranked these."))
    if answered >= limits.whole_rounds and _all_large(options, rounds, limits):
        return RoundsShown(None, options, _full(options, rounds), winner=_winner(options, rounds))
    together = tuple(name for line in shown.lines if line.merged for name in line.options if name in first)
    alone = [name for name in options if name not in together]
    order, winner = _order(rounds, together), _winner(options, rounds)
    if len(alone) < 2 or winner in together or not _mostly_firm(answered):
        return RoundsShown(Say("We don't show the rounds. From small numbers like these someone could be known."))
    return RoundsShown(None, options, (), order, winner, Say("We show the order and not the numbers of each round,"
                                                             " so that no one can be known."))  # fmt: skip


def _all_large(options: Sequence[str], rounds: Sequence[Round], limits: Limits) -> bool:
    """No number, and no difference between two rounds, is of 1 to 4 people: of those who are firm, where there are
    any at all."""
    tables = [[*counts, lost] for _, counts, lost in rounds]
    pairs = [(_number(count), _firm(count)) for count in tables[0][: len(options)]] + [
        (abs(_number(new) - _number(old)), abs(_firm(new) - _firm(old)))
        for before, after in pairwise(tables)
        for old, new in zip(before, after, strict=True)
    ]
    return all(number == 0 or firm >= limits.option for number, firm in pairs)


def _full(options: Sequence[str], rounds: Sequence[Round]) -> tuple[RoundLine, ...]:
    gone: set[str] = set()
    lines = []
    for left, counts, lost in rounds:
        gone |= {left} if left else set()
        numbers = tuple(None if name in gone else _number(count) for name, count in zip(options, counts, strict=True))
        lines.append(RoundLine(left, numbers, _number(lost)))
    return tuple(lines)


def _order(rounds: Sequence[Round], together: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Who left when; those counted together come first, as one."""
    leaving = [left for left, _, _ in rounds if left and left not in together]
    return ((together,) if together else ()) + tuple((name,) for name in leaving)


def _winner(options: Sequence[str], rounds: Sequence[Round]) -> str:
    last = rounds[-1][1]
    return max(zip(options, last, strict=True), key=lambda pair: _number(pair[1]))[0]
