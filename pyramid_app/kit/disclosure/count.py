"""A count of people that can be compared and added, and cannot be printed, converted or stored.

It also knows how many of them are *firm*. Whoever adds answers of her own knows these, and subtracts them from what is
published: what is left must still be enough people. So a limit is held against the firm ones alone, while the number
that is shown is everybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn, Self

_REFUSAL = "A count of people is shown only through kit.disclosure, never as it is."


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError(_REFUSAL)


class Count:
    """How many people; ``late``: those of them who do not help to reach a limit, the others are firm.

    Compared with an int, which is a limit, the firm ones count; compared with a Count, everybody. Counts add up to a
    Count.

    Whatever would let the number out raises ``TypeError``: ``str``, ``format``, ``bool``, ``int``, ``float``,
    ``hash``, JSON, pickle, arithmetic (DESIGN 4, law 5). ``repr`` keeps it to itself, so that logs do, too.
    """

    __slots__ = ("__late", "__number")

    def __init__(self, number: int, late: int = 0) -> None:
        """``number`` is 0 or more, ``late`` a part of it; anything else raises ``ValueError`` without naming it."""
        if type(number) is not int or type(late) is not int or not 0 <= late <= number:
            raise ValueError("A count of people is a whole number, 0 or more.")
        self.__number, self.__late = number, late

    @classmethod
    def of(cls, people: Iterable[object]) -> Self:
        """How many things ``people`` yields."""
        return cls(sum(1 for _ in people))

    def __repr__(self) -> str:
        return "Count(…)"

    def __add__(self, other: object) -> Count:
        if not isinstance(other, Count):
            return NotImplemented
        return Count(self.__number + other.__number, self.__late + other.__late)

    def __radd__(self, other: object) -> Count:
        """``sum`` begins with a plain 0; any other number is refused."""
        return self if type(other) is int and other == 0 else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self._compare(other, int.__eq__)

    def __lt__(self, other: Count | int) -> bool:
        return self._compare(other, int.__lt__)

    def __le__(self, other: Count | int) -> bool:
        return self._compare(other, int.__le__)

    def __gt__(self, other: Count | int) -> bool:
        return self._compare(other, int.__gt__)

    def __ge__(self, other: Count | int) -> bool:
        return self._compare(other, int.__ge__)

    def _compare(self, other: object, how: Callable[[int, int], bool]) -> bool:
        if isinstance(other, Count):
            return how(self.__number, other.__number)
        return how(self.__number - self.__late, other) if isinstance(other, int) else NotImplemented

    def __copy__(self) -> Count:
        return self

    def __deepcopy__(self, memo: object) -> Count:
        return self

    __hash__ = None  # type: ignore[assignment]  # the hash of a small number is the number
    # format goes through __str__, pickle through __getstate__; int, float and so on Python refuses by itself.
    __str__ = __bool__ = __getstate__ = _refuse


def _number(count: Count) -> int:
    """The number itself: for this package's own modules, and a test keeps it so."""
    number: int = count._Count__number  # type: ignore[attr-defined]
    return number


def _firm(count: Count) -> int:
    """How many of them count towards a limit."""
    late: int = count._Count__late  # type: ignore[attr-defined]
    return _number(count) - late


def _mostly_firm(count: Count) -> bool:
    """Whether so few came late that they hardly move an outcome of all: at most one for four who are firm.

    For outcomes that no number of people stands behind (nearly all agree, this one won): whoever adds answers moves
    the point at which they turn, and could put it where a single firm answer decides.
    """
    return 4 * _number(count) <= 5 * _firm(count)
