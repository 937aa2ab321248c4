"""A count of people that can be compared and added, and cannot be printed, converted or stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn, Self

_REFUSAL = "A count of people is shown only through kit.disclosure, never as it is."


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError(_REFUSAL)


class Count:
    """How many people. ``>=``, ``>``, ``<``, ``<=``, ``==`` take an int or a Count; Counts add up to a Count.

    Whatever would let the number out raises ``TypeError``: ``str``, ``format``, ``bool``, ``int``, ``float``,
    ``hash``, JSON, pickle, arithmetic (DESIGN 4, law 5). ``repr`` keeps it to itself, so that logs do, too.
    """

    __slots__ = ("__number",)

    def __init__(self, number: int) -> None:
        """``number`` is 0 or more; anything else raises ``ValueError`` without naming it."""
        if type(number) is not int or number < 0:
            raise ValueError("A count of people is a whole number, 0 or more.")
        self.__number = number

    @classmethod
    def of(cls, people: Iterable[object]) -> Self:
        """How many things ``people`` yields."""
        return cls(sum(1 for _ in people))

    def __repr__(self) -> str:
        return "Count(…)"

    def __add__(self, other: object) -> Count:
        return Count(self.__number + other.__number) if isinstance(other, Count) else NotImplemented

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
        number = other.__number if isinstance(other, Count) else other
        return how(self.__number, number) if isinstance(number, int) else NotImplemented

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
