"""A poll, its questions and options. Answers are envelopes in ``ballots``; what came out is in ``results``."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.ballots.rules import Roll
from pyramid_app.base.db import Row, words
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.rules import PollKind


class Poll(Row, table=True):
    """A poll or a consultation about a topic. Times say where it is in its life: scheduled, open, closed, counted.

    ``version`` counts edits, so that two officers cannot overwrite each other. ``facts``: what voters may
    share, with its groups. ``audience``: levels, wards and settings, empty for everybody who answers Parliament polls.
    ``words_digest``: the fingerprint of the words as they were frozen.
    ``promised_close_at`` is the close that was frozen; ``closes_at`` moves later when it is extended.
    ``quorum_percent`` of the roll must vote, and more than ``more_than_percent`` of yes and no say yes, where it
    ratifies drafts of the charter; ``decided_at``: since then they are adopted, or fell.
    """

    __tablename__ = "poll"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=80)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    kind: PollKind = Field(default=PollKind.POLL, sa_type=words(PollKind))
    title: str = Field(max_length=120)
    why: str = Field(default="", max_length=1000)
    proposal: str = Field(default="", max_length=2000)
    considered: str = Field(default="", max_length=2000)
    who_decides: str = Field(default="", max_length=200)
    where_decided: str = Field(default="", max_length=200)
    decided_on: date | None = None
    can_change: str = Field(default="", max_length=500)
    cannot_change: str = Field(default="", max_length=500)
    next_what: str = Field(default="", max_length=300)
    next_by: date | None = None
    one_by_one: bool = False
    facts: dict[str, list[str]] = Field(default_factory=dict, sa_type=sa.JSON)
    roll: Roll = Field(default=Roll.OPEN, sa_type=words(Roll))
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    for_young_people: bool = False
    twin_id: UUID | None = Field(default=None, foreign_key="poll.id")
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    promised_close_at: datetime | None = None
    words_digest: str = Field(default="", max_length=64)
    shorter_because: str = Field(default="", max_length=500)
    minutes: int = 2
    version: int = 1
    written_at: datetime
    written_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    scheduled_at: datetime | None = None
    invited_at: datetime | None = None
    reminded_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str = Field(default="", max_length=500)
    counted_at: datetime | None = None
    told_at: datetime | None = None
    considered_at: datetime | None = None
    considered_told_at: datetime | None = None
    quorum_percent: int | None = None
    more_than_percent: int = 50
    decided_at: datetime | None = None
    ballot_id: bytes | None = Field(default=None, sa_type=sa.LargeBinary, foreign_key="ballot.id", unique=True)

    @property
    def ratifies(self) -> bool:
        """It asks about the exact words of drafts of the charter; what families say is final."""
        return self.quorum_percent is not None

    @property
    def for_those_before(self) -> Say | None:
        """Where the roll is fixed, who can answer; before it is scheduled, without the instant."""
        if self.roll is not Roll.FIXED:
            return None
        if self.opens_at is None:
            return Say("This question is only for people who joined before it opens.")
        if self.for_young_people:
            return Say("This question is only for young people who joined before {at}.", at=self.opens_at)
        return Say("This question is only for families who joined before {at}.", at=self.opens_at)

    @property
    def closed_on(self) -> date | None:
        """The day of its close, in London."""
        return london_date(self.closes_at) if self.closes_at else None


class Question(Row, table=True):
    """``at_most`` is how many options may be chosen where ``kind`` is several. ``shuffled``: each voter sees the
    options in an order of her own. ``commitment``: the number of the promise that the question checks."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("poll_id", "position"),)

    id: UUID = Field(primary_key=True)
    poll_id: UUID = Field(foreign_key="poll.id")
    position: int
    text: str = Field(max_length=300)
    kind: QuestionKind = Field(sa_type=words(QuestionKind))
    at_most: int = 1
    shuffled: bool = False
    commitment: int | None = Field(default=None, foreign_key="commitment.number")


class Option(Row, table=True):
    """A name and what it means. "Not sure" is always there and is no row."""

    __tablename__ = "option"
    __table_args__ = (sa.UniqueConstraint("question_id", "position"),)

    id: UUID = Field(primary_key=True)
    question_id: UUID = Field(foreign_key="question.id")
    position: int
    name: str = Field(max_length=200)
    meaning: str = Field(default="", max_length=300)


class PollDraft(Row, table=True):
    """A draft of the charter that the question at the same place asks about. The fingerprints of its exact text and of
    each of its twins are written when the poll is frozen."""

    __tablename__ = "poll_draft"
    __table_args__ = (sa.UniqueConstraint("poll_id", "position"),)

    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id")
    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id", index=True)
    position: int
    digest: str = Field(default="", max_length=64)
    twins: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)


class DraftVote(Row, table=True):
    """What families said of one draft, whole: written once, when their votes are counted. ``fell_because``: empty for
    one that was adopted."""

    __tablename__ = "draft_vote"

    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id")
    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id")
    in_favour: int
    against: int
    unsure: int
    fell_because: str = Field(default="", max_length=500)


class PollUnderDraft(Row, table=True):
    """A draft of the charter rests on what families said in this poll."""

    __tablename__ = "poll_under_draft"

    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id")
    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id", index=True)
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
