"""Adding up, one opened envelope at a time. What one family said never stands side by side anywhere. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pyramid_app.ballots.stv import Counted, count_stv
from pyramid_app.polls.kinds import KINDS, NOT_SURE, TELL_ME, Answers, Asked, QuestionKind, QuestionLike
from pyramid_app.polls.kinds.facts import SHARE
from pyramid_app.polls.kinds.ranking import BETWEEN

Tally = Counter[str]
"""How often each answer to one question was chosen, by what its kind calls chosen."""


@dataclass(frozen=True)
class Written:
    """Own words from one envelope. ``roll`` is kept only where the writer asked to be told."""

    question: UUID
    words: str
    roll: bytes | None


@dataclass
class Adding:
    """``tallies`` and ``people`` by question; ``groups`` the same by fact and group, for those who shared it."""

    asked: Asked
    tallies: dict[UUID, Tally] = field(default_factory=lambda: defaultdict(Counter))
    people: Counter[UUID] = field(default_factory=Counter)
    groups: dict[tuple[str, str], "Adding"] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)

    def add(self, answers: Answers, roll: bytes) -> None:
        self._add(answers)
        for fact in self.asked.facts:
            for group in answers.get(SHARE + fact, ()):
                self.groups.setdefault((fact, group), Adding(self.asked))._add(answers)
        for question in self.asked.questions:
            said = answers[question.id.hex]
            if question.kind is QuestionKind.TEXT and said:
                self.written.append(Written(question.id, said[0], roll if TELL_ME in said else None))

    def _add(self, answers: Answers) -> None:
        for question in self.asked.questions:
            answer = answers[question.id.hex]
            self.people[question.id] += bool(answer)
            self.tallies[question.id].update(KINDS[question.kind].chosen(answer))


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
    numbers = {option.id.hex: number for number, option in enumerate(asked.options[question.id])}
    papers: Counter[tuple[int, ...]] = Counter()
    for ranking, number in tally.items():
        if ranking != NOT_SURE:
            papers[tuple(numbers[one] for one in ranking.split(BETWEEN))] += number
    return count_stv(papers, len(numbers), 1)
