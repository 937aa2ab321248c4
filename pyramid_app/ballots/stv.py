"""Scottish STV: the Weighted Inclusive Gregory count of SSI 2011/399, schedule 1, rules 46 to 53. Pure and exact.

Whole numbers in units of 0.00001 vote: the rule cuts every paper's value after five decimals, so nothing is rounded.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

UNIT = 100_000
"""One vote."""

Ranking = tuple[int, ...]
"""Candidates counted from 0, the most wanted first."""

Papers = Mapping[Ranking, int]
"""How many papers hold each ranking."""


class Action(StrEnum):
    FIRST = "first_preferences"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"


@dataclass(frozen=True)
class Stage:
    """``totals`` and ``non_transferable`` in units at its end; ``elected`` at its end, the highest first."""

    action: Action
    candidate: int | None
    totals: tuple[int, ...]
    non_transferable: int
    elected: tuple[int, ...] = ()


@dataclass(frozen=True)
class Tie:
    """``stage``: the number, from 1, of the stage for which one of the tied had to be chosen."""

    stage: int
    purpose: Action
    tied: tuple[int, ...]
    chosen: int
    by_lot: bool


@dataclass(frozen=True)
class Counted:
    """A whole count; ``winners`` in the order of election, ``valid`` and ``quota`` in votes."""

    candidates: int
    seats: int
    valid: int
    quota: int
    winners: tuple[int, ...]
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...]


def count_stv(papers: Papers, candidates: int, seats: int, lots: Sequence[int] | None = None) -> Counted:
    """Count ``papers`` for ``seats``. Papers without a preference are not valid.

    ``lots``: all candidates in the order drawn; of those tied at every stage, the one named first is chosen, for a
    surplus and an exclusion alike. Without it the order of the candidates is the lot. Raises ``ValueError``.
    """
    order = tuple(range(candidates)) if lots is None else tuple(lots)
    _refuse(papers, candidates, seats, order)
    running = _Count(candidates, seats, order)
    running.first({ranking: number for ranking, number in papers.items() if ranking and number})
    while running.more():
        running.next_stage()
    return running.result()


def _refuse(papers: Papers, candidates: int, seats: int, order: tuple[int, ...]) -> None:
    if candidates < 1 or seats < 1:
        raise ValueError("A count needs a candidate and a seat.")
    if sorted(order) != list(range(candidates)):
        raise ValueError("The lots name every candidate once.")
    for ranking, number in papers.items():
        if number < 0 or len(set(ranking)) < len(ranking) or any(not 0 <= one < candidates for one in ranking):
            raise ValueError("A paper names candidates that stand, each once, and no paper counts less than nothing.")


Parcel = Counter[tuple[Ranking, int]]
"""Papers with the same ranking and the same value, by both: how many."""


@dataclass
class _Count:
    candidates: int
    seats: int
    order: tuple[int, ...]
    quota: int = 0
    valid: int = 0
    lost: int = 0
    totals: list[int] = field(default_factory=list)
    held: dict[int, Parcel] = field(default_factory=lambda: defaultdict(Counter))
    continuing: set[int] = field(default_factory=set)
    elected: list[int] = field(default_factory=list)
    waiting: set[int] = field(default_factory=set)
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def first(self, papers: Papers) -> None:
        """First preferences, and the quota: a whole number, fixed for the whole count."""
        self.totals, self.continuing = [0] * self.candidates, set(range(self.candidates))
        self.valid = sum(papers.values())
        self.quota = self.valid // (self.seats + 1) + 1
        for ranking, number in papers.items():
            self._give(ranking[0], ranking, UNIT, number)
        self._end(Action.FIRST, None)

    def more(self) -> bool:
        return len(self.elected) < self.seats and bool(self.continuing)

    def next_stage(self) -> None:
        """While a surplus waits, nobody is excluded."""
        if self.waiting:
            self._transfer_surplus()
        else:
            self._exclude()

    def _transfer_surplus(self) -> None:
        """The largest surplus: every paper goes on, worth its value times surplus over total, cut at five decimals."""
        chosen = self._choose(self.waiting, Action.SURPLUS, max)
        surplus, total = self.totals[chosen] - self.quota * UNIT, self.totals[chosen]
        for (ranking, value), number in self.held.pop(chosen).items():
            self._move(ranking, surplus * value // total, number)
        self.waiting.discard(chosen)
        self.totals[chosen] = self.quota * UNIT
        self._end(Action.SURPLUS, chosen)

    def _exclude(self) -> None:
        """The lowest leaves, and the papers go on at the value they have."""
        chosen = self._choose(self.continuing, Action.EXCLUSION, min)
        self.continuing.discard(chosen)
        for (ranking, value), number in self.held.pop(chosen, Counter()).items():
            self._move(ranking, value, number)
        self.totals[chosen] = 0
        self._end(Action.EXCLUSION, chosen)

    def _move(self, ranking: Ranking, value: int, number: int) -> None:
        for wanted in ranking:
            if wanted in self.continuing:
                self._give(wanted, ranking, value, number)
                return

    def _give(self, candidate: int, ranking: Ranking, value: int, number: int) -> None:
        self.held[candidate][ranking, value] += number
        self.totals[candidate] += value * number

    def _end(self, action: Action, candidate: int | None) -> None:
        """Whoever has the quota is elected at once; so is everybody left when there are seats for all of them."""
        reached = [one for one in self.continuing if self.totals[one] >= self.quota * UNIT]
        self._elect(reached)
        self.waiting |= {one for one in reached if self.totals[one] > self.quota * UNIT}
        if len(self.elected) + len(self.continuing) <= self.seats:
            reached += list(self.continuing)
            self._elect(list(self.continuing))
        lost = self.valid * UNIT - sum(self.totals)
        elected = tuple(sorted(reached, key=lambda one: (-self.totals[one], one)))
        self.stages.append(Stage(action, candidate, tuple(self.totals), lost, elected))

    def _elect(self, some: Iterable[int]) -> None:
        newly = sorted(some, key=lambda one: (-self.totals[one], one))
        self.elected += newly
        self.continuing -= set(newly)

    def _choose(self, among: set[int], purpose: Action, best: Callable[[Iterable[int]], int]) -> int:
        """Of equals, whoever differed at the most recent earlier stage; then by lot."""
        wanted = best(self.totals[one] for one in among)
        tied = sorted(one for one in among if self.totals[one] == wanted)
        if len(tied) == 1:
            return tied[0]
        left, by_lot = tied, True
        for stage in reversed(self.stages[:-1]):
            at = best(stage.totals[one] for one in left)
            left = [one for one in left if stage.totals[one] == at]
            if len(left) == 1:
                by_lot = False
                break
        chosen = min(left, key=self.order.index)
        self.ties.append(Tie(len(self.stages) + 1, purpose, tuple(tied), chosen, by_lot))
        return chosen

    def result(self) -> Counted:
        return Counted(
            self.candidates, self.seats, self.valid, self.quota, tuple(self.elected), tuple(self.stages),
            tuple(self.ties),
        )  # fmt: skip
