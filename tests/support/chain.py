"""What must be true of the chain, kept in plain sets beside the product: who said what, where it is, who is told."""

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

CANARY = re.compile(r"(canary|cleared)(\d+)bird")
"""Which words, of which voice."""
MARK = re.compile(r"mark(\d+)bird")
"""Which letter tells of what."""


class At(Enum):
    """Where words are."""

    DESK = "desk"
    FILED = "filed"
    THANKED = "thanked"
    HELD = "held back"
    ON_ITS_WAY = "with a place that has not said that they arrived"
    ARRIVED = "with a place"
    BACK = "taken back"


@dataclass
class Said:
    """One voice. ``speaker`` said it; ``person`` is she for as long as it leads to her."""

    id: UUID
    ref: str
    speaker: int | None
    person: int | None
    tell: bool
    own_child: bool
    quote: bool
    at: At = At.DESK
    topic: int | None = None
    words_here: bool = True


@dataclass
class Subject:
    """One topic. ``true``: those to whom it happens too, who said so on this very page."""

    id: UUID
    ref: str
    into: int | None = None
    true: set[int] = field(default_factory=set)


@dataclass
class Telling:
    """One thing of which everybody hears once: an answer, a correction that is told again, a new beginning."""

    topic: int
    done: bool = False


@dataclass
class Answered:
    """One answer: its newest version, and the telling that its letters belong to."""

    ref: str
    outcomes: list[UUID]
    telling: int


class Chain:
    """Whatever happened so far."""

    def __init__(self) -> None:
        self.voices: list[Said] = []
        self.topics: list[Subject] = []
        self.answers: list[Answered] = []
        self.tellings: list[Telling] = []
        self.marks: list[int] = []
        self.erased: set[int] = set()
        self.due: Counter[tuple[int, int]] = Counter()

    def root(self, topic: int) -> int:
        """Where its story goes on, however often it was merged."""
        into = self.topics[topic].into
        return topic if into is None else self.root(into)

    def roots(self) -> list[int]:
        return [one for one, topic in enumerate(self.topics) if topic.into is None]

    def together(self, topic: int) -> list[int]:
        """Every topic whose story is this one."""
        return [one for one in range(len(self.topics)) if self.root(one) == self.root(topic)]

    def voices_at(self, *places: At) -> list[int]:
        return [number for number, voice in enumerate(self.voices) if voice.at in places]

    def voices_of(self, topic: int) -> list[int]:
        here = self.together(topic)
        return [number for number, voice in enumerate(self.voices) if voice.topic in here]

    def listeners(self, topic: int) -> set[int]:
        """Who spoke and wants to hear, and to whom it happens too."""
        spoke = {self.voices[one].person for one in self.voices_of(topic) if self.voices[one].tell}
        return {one for one in spoke if one is not None}.union(*(self.topics[one].true for one in self.together(topic)))

    def new_telling(self, topic: int) -> int:
        self.tellings.append(Telling(topic))
        return len(self.tellings) - 1

    def mark(self, telling: int) -> None:
        """The next mark in a letter stands for this telling."""
        self.marks.append(telling)

    def letters_are_written(self) -> None:
        """Once for each telling: to whoever is there at that moment."""
        for number, telling in enumerate(self.tellings):
            if not telling.done:
                self.due.update((person, number) for person in self.listeners(telling.topic))
                telling.done = True

    def erase(self, person: int) -> None:
        self.erased.add(person)
        for voice in self.voices:
            if voice.person == person:
                voice.person, voice.words_here, voice.quote = None, False, False
                voice.at = At.ARRIVED if voice.at is At.ON_ITS_WAY else voice.at
        for topic in self.topics:
            topic.true.discard(person)

    def may_read(self, kind: str, number: int, *, family: bool) -> bool:
        """Whether a page may show it to everybody (``family``) or to a representative: never raw, never a case."""
        voice = self.voices[number]
        shown = voice.at is At.FILED and voice.words_here and not voice.own_child
        return kind == "cleared" and shown and (voice.quote or not family)
