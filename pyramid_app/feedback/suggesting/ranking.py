"""Learning from messages that people filed, and ranking where a new one belongs. Pure, and always the same answer.

Nearest centroid: every label is the direction of all messages under it, and of the words that describe it.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from heapq import nlargest
from typing import Generic, TypeVar
from uuid import UUID

from pyramid_app.feedback.suggesting.rules import DESCRIBED_AS, LEAN
from pyramid_app.feedback.suggesting.stems import stems
from pyramid_app.feedback.suggesting.vectors import Rarity, Vector, unit

Label = TypeVar("Label", str, UUID)


class Learned(Generic[Label]):
    """What was learned: for every label how often people chose it, and for every word how far it points there."""

    def __init__(self, rarity: Rarity, chosen: Mapping[Label, int], pointing: Mapping[Label, Vector]) -> None:
        self.labels: list[Label] = sorted(chosen)
        total = sum(chosen.values())
        self._rarity = rarity
        self._lean = [LEAN * math.log((chosen[label] + 1) / (total + 1)) for label in self.labels]
        self._index: dict[str, list[tuple[int, float]]] = {}
        for place, label in enumerate(self.labels):
            for word, weight in pointing[label].items():
                self._index.setdefault(word, []).append((place, weight))

    def rank(self, words: str, most: int, *, like: float = 0.0) -> list[Label]:
        """The labels that fit best, the best first, at most so many; none that is less like the words than that."""
        alike = [0.0] * len(self.labels)
        for word, weight in self._rarity.vector(stems(words)).items():
            for place, pointing in self._index.get(word, ()):
                alike[place] += weight * pointing
        fitting = (place for place in range(len(alike)) if alike[place] >= like)
        best = nlargest(most, fitting, key=lambda place: (alike[place] + self._lean[place], -place))
        return [self.labels[place] for place in best]


def learn(
    lessons: Iterable[tuple[str, Collection[Label]]], described: Mapping[Label, str] | None = None
) -> Learned[Label]:
    """Learn from messages with the labels people gave them; what describes a label counts as a few more of them.

    Lessons are put in order first, so that their order never shows, not even in the last digit of a sum.
    """
    taught = sorted((words, sorted(set(labels))) for words, labels in lessons)
    messages = [stems(words) for words, _ in taught]
    rarity = Rarity(messages)
    chosen: Counter[Label] = Counter()
    pointing: dict[Label, Vector] = {}
    for message, (_, labels) in zip(messages, taught, strict=True):
        vector = rarity.vector(message)
        chosen.update(labels)
        for label in labels:
            _add(pointing.setdefault(label, {}), vector)
    for label, words in (described or {}).items():
        if label in pointing:
            _add(pointing[label], rarity.vector(stems(words)), DESCRIBED_AS)
    return Learned(rarity, chosen, {label: unit(vector) for label, vector in pointing.items()})


def _add(to: Vector, vector: Vector, times: float = 1.0) -> None:
    for word, weight in vector.items():
        to[word] = to.get(word, 0.0) + times * weight
