"""Topics, what they touch in the charter, the dates we promised a word by, and who follows them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.topics.rules import State


class Topic(Row, table=True):
    """One subject. Either it touches commitments (``TopicCommitment``) or ``outside`` says why it does not.

    ``next_word_on`` is the day everyone who spoke hears again; ``word_owed``: it passed, and the owner has not given
    a new one. A settled topic has none. ``merged_into_id``: its story goes on there; nothing of it moves, so nothing is
    lost, and it never points to a topic that is merged itself. ``raised_at``: put before the representatives.
    """

    __tablename__ = "topic"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=80)
    title: str = Field(max_length=120)
    summary: str = Field(default="", max_length=1000)
    state: State = Field(default=State.HEARD, sa_type=words(State))
    outside: str | None = Field(default=None, max_length=500)
    owner_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    started_at: datetime
    merged_into_id: UUID | None = Field(default=None, foreign_key="topic.id", index=True)
    merged_at: datetime | None = None
    split_from_id: UUID | None = Field(default=None, foreign_key="topic.id")
    raised_at: datetime | None = None
    next_word_on: date | None = Field(default=None, index=True)
    word_owed: bool = False


class TopicCommitment(Row, table=True):
    """The topic touches this wording of this commitment: the link is to an edition, not to whatever it says later."""

    __tablename__ = "topic_commitment"
    __table_args__ = (sa.ForeignKeyConstraint(["edition", "commitment"], ["wording.edition", "wording.commitment"]),)

    topic_id: UUID = Field(primary_key=True, foreign_key="topic.id")
    edition: int = Field(primary_key=True)
    commitment: int = Field(primary_key=True)


class WordPromised(Row, table=True):
    """Every date for the next word that a topic was given, why, and whether it was missed. None is ever deleted."""

    __tablename__ = "word_promised"

    id: UUID = Field(primary_key=True)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    word_on: date
    promised_at: datetime
    by_id: UUID | None = None
    why: str = Field(default="", max_length=500)
    missed_at: datetime | None = None


class Follower(Row, table=True):
    """Somebody who did not speak but wants to hear what happens here."""

    __tablename__ = "follower"

    topic_id: UUID = Field(primary_key=True, foreign_key="topic.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    from_at: datetime


class TrueForUs(Row, table=True):
    """A member to whom this happens too: counted, and told what comes of it. Taken back, the row goes."""

    __tablename__ = "true_for_us"

    topic_id: UUID = Field(primary_key=True, foreign_key="topic.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", index=True)
    at: datetime


class TopicDraft(Row, table=True):
    """A draft of the charter rests on this topic: what families said there is why it was written."""

    __tablename__ = "topic_draft"

    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id")
    topic_id: UUID = Field(primary_key=True, foreign_key="topic.id", index=True)
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
