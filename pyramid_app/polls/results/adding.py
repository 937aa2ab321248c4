"""Adding up, one opened envelope at a time. What one family said never stands side by side anywhere. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pyramid_app.ballots.stv import Counted, count_stv
from pyramid_app.polls.kinds import KINDS, NOT_SURE, Answers, Asked, QuestionKind, QuestionLike
from pyramid_app.polls.kinds.facts import SHARE
from pyramid_app.polls.kinds.ranking import BETWEEN

Tally = Counter[str]
"""How often each answer to one question was chosen, by what its kind calls chosen."""


Wrote = tuple[bytes, UUID]
"""Who (a roll entry) wrote own words to which question. The words themselves stay in the envelope."""


@dataclass
class Adding:
    """``tallies`` and ``people`` by question; ``groups`` the same by fact and group, for those who shared it; ``late``
    the same of those who joined while it was open, who are part of the others.

    ``wrote`` and ``late`` are empty in groups. Memory grows with the number of different rankings and of those who
    wrote, not with what they wrote.
    """

    asked: Asked
    tallies: dict[UUID, Tally] = field(default_factory=lambda: defaultdict(Counter))
    people: Counter[UUID] = field(default_factory=Counter)
    groups: dict[tuple[str, str], "Adding"] = field(default_factory=dict)
    wrote: list[Wrote] = field(default_factory=list)
    late: "Adding | None" = None

    def add(self, answers: Answers, roll: bytes, *, late: bool = False) -> None:
        chosen = {one.id: KINDS[one.kind].chosen(answers[one.id.hex]) for one in self.asked.questions}
        shared = [(fact, group) for fact in self.asked.facts for group in answers.get(SHARE + fact, ())]
        self._add_all(chosen, shared)
        if late:
            self.late = self.late or Adding(self.asked)
            self.late._add_all(chosen, shared)
        self.wrote += [
            (roll, one.id) for one in self.asked.questions if one.kind is QuestionKind.TEXT and answers[one.id.hex]
        ]

    def _add_all(self, chosen: "Chosen", shared: Sequence[tuple[str, str]]) -> None:
        self._add(chosen)
        if shared:
            first = {one.id: _first(one, chosen[one.id]) for one in self.asked.questions}
            for fact, group in shared:
                self.groups.setdefault((fact, group), Adding(self.asked))._add(first)

    def _add(self, chosen: "Chosen") -> None:
        for question, some in chosen.items():
            self.people[question] += bool(some)
            self.tallies[question].update(some)


Chosen = Mapping[UUID, Sequence[str]]
"""What one family chose, by question."""


def _first(question: QuestionLike, chosen: Sequence[str]) -> Sequence[str]:
    """What a group needs to know: of a ranking only its first choice."""
    return [chosen[0].split(BETWEEN)[0]] if question.kind is QuestionKind.RANKING else chosen


def first_choices(tally: Mapping[str, int]) -> Tally:
    """Of whole rankings, how often each option stands first; "not sure" stays what it is."""
    first: Tally = Counter()
    for ranking, number in tally.items():
        first[ranking.split(BETWEEN)[0]] += number
    return first


def in_rounds(question: QuestionLike, asked: Asked, tally: Mapping[str, int]) -> Counted:
    """Counted by Scottish STV for one seat: the last in each round leaves, and its papers go to their next choice.

    Where a lot would be needed, whoever stands first on the paper leaves.
    """
    return count_stv(_papers(question, asked, tally), len(asked.options[question.id]), 1)


Stand = tuple[list[int], int]
"""How many papers each option holds, and how many have no next choice."""


def where_they_stand(question: QuestionLike, asked: Asked, tally: Mapping[str, int], whole: Counted) -> Iterator[Stand]:
    """Of some papers, in each round of ``whole``, the count ``in_rounds`` of all papers."""
    papers, gone = _papers(question, asked, tally), set()
    for stage in whole.stages:
        gone.add(stage.candidate)
        held, lost = [0] * whole.candidates, 0
        for ranking, number in papers.items():
            at = next((one for one in ranking if one not in gone), None)
            if at is None:
                lost += number
            else:
                held[at] += number
        yield held, lost


def _papers(question: QuestionLike, asked: Asked, tally: Mapping[str, int]) -> Counter[tuple[int, ...]]:
    numbers = {option.id.hex: number for number, option in enumerate(asked.options[question.id])}
    papers: Counter[tuple[int, ...]] = Counter()
    for ranking, number in tally.items():
        if ranking != NOT_SURE:
            papers[tuple(numbers[one] for one in ranking.split(BETWEEN))] += number
    return papers
