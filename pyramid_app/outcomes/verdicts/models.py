"""Verdicts and the rounds in which they are asked; topics that start again; the question of each term.

A row of ``verdict`` or ``pulse`` is written when somebody is asked; ``answer`` is empty until they answer. None of them
holds words: a line of text goes to the desk as a voice of its own.
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.kit.say import Say
from pyramid_app.outcomes.verdicts.rules import Helped, Told, why_reopened


class VerdictRound(Row, table=True):
    """One "done" answer about which families are asked, once. ``year``: the London year, for pooling.

    ``all_asked_at``: when the last of them had been written to.
    """

    __tablename__ = "verdict_round"

    outcome_id: UUID = Field(primary_key=True, foreign_key="outcome.id")
    asked_at: datetime
    year: int
    all_asked_at: datetime | None = None


class Verdict(Row, table=True):
    """One person about one answer. ``ring_by_on`` is the day by which we promised to ring; the number goes when we
    have, or 60 days after it was given."""

    __tablename__ = "verdict"

    outcome_id: UUID = Field(primary_key=True, foreign_key="verdict_round.outcome_id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", index=True)
    answer: Helped | None = Field(default=None, sa_type=words(Helped))
    at: datetime | None = None
    ring_number: str | None = Field(default=None, max_length=20)
    ring_asked_at: datetime | None = None
    ring_by_on: date | None = None
    called_at: datetime | None = None
    called_by_id: UUID | None = Field(default=None, foreign_key="person.id")


class Reopening(Row, table=True):
    """A topic that starts again: by itself (no ``by_id``), or because an officer says so. Once for each answer.

    ``told_at``: everybody who spoke, and the representatives, were written to. ``seen_at``: a representative said that
    they have talked about it.
    """

    __tablename__ = "reopening"

    id: UUID = Field(primary_key=True)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    outcome_id: UUID = Field(foreign_key="outcome.id", unique=True)
    at: datetime = Field(index=True)
    because: str = Field(default="", max_length=500)
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    told_at: datetime | None = None
    seen_at: datetime | None = None

    @property
    def by_hand(self) -> bool:
        return self.by_id is not None

    @property
    def why(self) -> Say:
        return why_reopened(self.by_hand, self.because)


class PulseRound(Row, table=True):
    """The one question of a term, named by the term's last day."""

    __tablename__ = "pulse_round"

    term_on: date = Field(primary_key=True)
    asked_at: datetime
    all_asked_at: datetime | None = None


class Pulse(Row, table=True):
    """One person's answer about one term."""

    __tablename__ = "pulse"

    term_on: date = Field(primary_key=True, foreign_key="pulse_round.term_on")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", index=True)
    answer: Told | None = Field(default=None, sa_type=words(Told))
    at: datetime | None = None
