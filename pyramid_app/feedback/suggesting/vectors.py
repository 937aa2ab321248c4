"""Messages as directions: two that point the same way say the same thing. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

Vector = dict[str, float]


class Rarity:
    """What each word tells, from all the messages there are: the fewer of them hold it, the more (tf-idf)."""

    def __init__(self, messages: Sequence[Sequence[str]]) -> None:
        holding = Counter(word for message in messages for word in set(message))
        most = math.log(len(messages) + 1)
        self._told = {word: 1 + most - math.log(held + 1) for word, held in holding.items()}
        self._unheard = 1 + most

    def vector(self, message: Iterable[str]) -> Vector:
        """Of length one; a word that comes again adds less than the first time. No words: no direction."""
        times = Counter(message)
        return unit({word: (1 + math.log(n)) * self._told.get(word, self._unheard) for word, n in times.items()})


def unit(vector: Vector) -> Vector:
    """The same direction, of length one."""
    length = math.hypot(*vector.values())
    return {word: weight / length for word, weight in vector.items()} if length else {}
