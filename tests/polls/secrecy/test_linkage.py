"""Who has the whole database, its files and the order of casting, but not the private key, does no better than chance.

Each attack is first let loose on something that is known to be bad, and must find everything there.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import select

from pyramid_app.accounts.models import Person
from pyramid_app.ballots import counting as boxes
from pyramid_app.base.db import Database
from pyramid_app.base.work import Begin, working
from pyramid_app.feedback.models import Voice
from pyramid_app.polls.answering.service import answer_signed_in
from pyramid_app.polls.asking.drafts import QuestionDraft
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.results import own_words
from pyramid_app.polls.results.jobs import count_closed
from tests.builders import a_member, acting_as, the_area
from tests.polls.builders import BUS, CAME, OWN_WORDS, a_poll
from tests.polls.conftest import TEAM
from tests.support.attacker import Links, orders, shared_values
from tests.support.dump import Dump, dump, holds, stored_bytes

FAMILIES, POLLS = 24, 4
MEETINGS = 20
"""By chance the best of some hundred pairs of orders meets 12 or 13 times in four polls; this, once in a million."""

STRANGE = 6.0


@dataclass
class Town:
    """Families, each with words that are like nobody else's, and what was dumped on the way."""

    database: Database
    keys: Any
    clock: Any
    people: list[Person]
    poll: Poll | None = None
    cast: list[Any] = field(default_factory=list)
    words: dict[str, Any] = field(default_factory=dict)
    open: Dump = field(default_factory=dict)

    def ask(self, number: int = 0, texts: Sequence[QuestionDraft] = (OWN_WORDS,)) -> None:
        """A poll in which all answer, one after the other, in an order of its own, and write to every text."""
        with working(self.database, TEAM) as work:
            days = {"decided_on": date(2028, 1, 1), "next_by": date(2028, 2, 1)}
            self.poll = a_poll(work, self.keys, questions=(BUS, *texts), title=f"Poll {number}", **days)
            paper = paper_of(work.session, self.poll)
        self.cast = Random(number).sample(self.people, len(self.people))
        for at, person in enumerate(self.cast):
            bus, *own = paper.questions
            words = {one.id.hex: [f"canary {uuid4().hex}"] for one in own}
            self.words |= {said: person.id for (said,) in words.values()}
            with working(self.database, acting_as(person)) as work:
                answer_signed_in(
                    work, self.poll.id, {bus.id.hex: [paper.options[bus.id][at % 2].id.hex], **words}, CAME
                )
        self.open = dump(self.database)

    def count(self) -> None:
        assert self.poll
        self.clock.move_to(self.poll.closes_at)
        count_closed(Begin(self.database, "polls"), self.keys)
        self.clock.shift(timedelta(hours=12))

    def voices(self, whole: Dump) -> list[dict[str, Any]]:
        """All that lies about each voice of this poll, in one row."""
        assert self.poll
        topic = _hex(self.poll.topic_id)
        texts = {_hex(row["voice_id"]): row for row in whole["voice_text"]}
        noted = {_hex(row["subject"].rpartition(":")[2]): row for row in whole["audit_entry"]}
        mine = {_hex(row["id"]): row for row in whole["voice"] if _hex(row["suggested_topic_id"] or "") == topic}
        return [
            {**_named("voice", row), **_named("text", texts[one]), **_named("audit", noted[one])}
            for one, row in mine.items()
        ]


@pytest.fixture
def town(real_database, settings, clock):
    with working(real_database, TEAM) as work:
        the_area(work)
        people = [a_member(work, f"family{number}@example.org") for number in range(FAMILIES)]
    # As few at a time as a hundred thousand families would be in a real count.
    with patch.object(boxes, "AT_ONCE", 7), patch.object(own_words, "AT_ONCE", 5):
        yield Town(real_database, settings.keys, clock, people)


def people_in_order(town, whole):
    """In the order of casting, and in every order in which rows of people lie."""
    assert town.poll
    person_of = {_hex(row["id"]): _hex(row["person_id"]) for row in town.open["roll_entry"]}
    ballot = _hex(town.poll.ballot_id)
    found = {"as they cast": [_hex(person.id) for person in town.cast]}
    for name, rows in (("open", town.open), ("counted", whole)):
        mine = [row for row in rows["roll_entry"] if _hex(row["ballot_id"]) == ballot]
        found |= orders(mine, lambda row: _hex(row["person_id"]), f"{name} roll")
        found |= orders(rows["person"], lambda row: _hex(row["id"]), f"{name} people")
    mine = [row for row in town.open["envelope"] if _hex(row["ballot_id"]) == ballot]
    return found | orders(mine, lambda row: person_of[_hex(row["roll_id"])], "envelopes")


def attack(town, polls=POLLS):
    """Count poll after poll, and try every pair of orders on each."""
    links, families = Links(), {_hex(person.id) for person in town.people}
    for number in range(polls):
        town.ask(number)
        town.count()
        whole = dump(town.database)
        voices = town.voices(whole)
        assert len(voices) == FAMILIES
        writers = orders(voices, lambda row: _hex(town.words[row["text text"]]), "voices")
        del writers["voices by text text"]
        people = {name: order for name, order in people_in_order(town, whole).items() if set(order) == families}
        links.try_all(people, writers)
    return links


def test_no_order_tells_who_wrote_what(town):
    links = attack(town)
    assert links.most <= MEETINGS, links.met.most_common(3)
    assert links.strangest < STRANGE, sorted(links.drift.items(), key=lambda pair: -abs(pair[1]))[:3]


def test_the_order_of_the_box_would_tell_all(town):
    """The known-bad way: own words in the order in which the envelopes are read."""
    with patch.object(boxes.OpenBox, "lot", lambda _box, name: name):
        links = attack(town, polls=1)
    assert links.most == FAMILIES


def side_by_side(town):
    """How often two voices that lie beside each other are one family's, where every family wrote two."""
    town.ask(texts=(OWN_WORDS, replace(OWN_WORDS, text="And what is good?")))
    town.count()
    writers = [town.words[row["text text"]] for row in town.voices(dump(town.database))]
    assert len(writers) == 2 * FAMILIES
    return sum(one == next_one for one, next_one in pairwise(writers))


def test_the_two_voices_of_one_family_do_not_lie_side_by_side(town):
    """By chance it happens to one family."""
    assert side_by_side(town) <= 10


def test_an_order_of_envelopes_alone_would_lay_them_side_by_side(town):
    """The known-bad way: families in no order, but each with all that she wrote."""
    with patch.object(boxes.OpenBox, "lot", lambda box, name: sha256(bytes(box._private) + name[:16]).digest()):
        assert side_by_side(town) == FAMILIES


def test_no_value_leads_from_a_person_to_her_words(town):
    town.ask()
    town.count()
    with town.database.reading() as session:
        voices = [voice.id for voice in session.exec(select(Voice))]
    people = [person.id for person in town.people]
    assert shared_values(dump(town.database), people, voices) == set()


@pytest.mark.parametrize("bad", ["box beside the roll", "words and roll in one act"])
def test_a_value_that_leads_there_would_be_found(town, bad):
    """Known-bad ways: a detached box that is filled in the act that marks the roll; a name beside a name."""
    made = "CREATE TABLE bad (id CHAR(32) PRIMARY KEY, other CHAR(32))"
    with town.database.writing() as session:
        session.execute(sa.text(made))
        session.execute(sa.text("CREATE TABLE roll (person CHAR(32) PRIMARY KEY)"))
    answers = {}
    for person in town.people:
        answers[person.id] = secrets.token_hex(16)
        with town.database.writing() as session:
            beside = person.id.hex if bad == "box beside the roll" else ""
            put = sa.text("INSERT INTO bad VALUES (:id, :other)")
            session.execute(put, {"id": answers[person.id], "other": beside})
            session.execute(sa.text("INSERT INTO roll VALUES (:person)"), {"person": person.id.hex})
    found = shared_values(dump(town.database), list(answers), list(answers.values()))
    sees_acts = town.database.engine.dialect.name == "postgresql" or bad == "box beside the roll"
    assert found == (set(answers.items()) if sees_acts else set())


def test_a_detached_box_would_be_linked_by_its_order_alone(town):
    """The known-bad way of most products: random names, no time, no key in common, an ordinary table."""
    with town.database.writing() as session:
        session.execute(sa.text("CREATE TABLE box (id CHAR(32) PRIMARY KEY)"))
    writer = {}
    for person in town.people:
        name = secrets.token_hex(16)
        writer[name] = person.id
        with town.database.writing() as session:
            session.execute(sa.text("INSERT INTO box VALUES (:id)"), {"id": name})
    links = Links()
    links.try_all({"as they cast": [person.id for person in town.people]},
                  orders(dump(town.database)["box"], lambda row: writer[row["id"]], "box"))  # fmt: skip
    assert links.most == FAMILIES


def test_while_it_is_open_no_answer_lies_anywhere(town):
    town.ask()
    stored = stored_bytes(town.database)
    assert holds(stored, town.people[0].id.hex) or holds(stored, "family0@example.org")
    assert [words for words in town.words if holds(stored, words)] == []
    with town.database.reading() as session:
        paper = paper_of(session, town.poll)
    chosen = [f'["{option.id.hex}"' for option in paper.options[paper.questions[0].id]]
    assert [answer for answer in chosen if holds(stored, answer)] == []
    envelopes = town.open["envelope"]
    assert len(envelopes) == FAMILIES
    assert len({len(row["sealed"]) for row in envelopes}) == 1
    assert set(envelopes[0]) - {"transaction", "place"} == {"ballot_id", "roll_id", "sealed"}
    assert set(town.open["roll_entry"][0]) - {"transaction", "place"} == {
        "id", "ballot_id", "person_id", "joined_while_open", "took_part", "mark", "waits", "network", "set_aside"
    }  # fmt: skip
    assert {row["took_part"] for row in town.open["roll_entry"]} == {None}


def test_after_the_count_words_lie_there_and_no_choice_does(town):
    town.ask()
    town.count()
    stored = stored_bytes(town.database)
    assert all(holds(stored, words) for words in town.words)
    whole = dump(town.database)
    assert whole["envelope"] == []
    with town.database.reading() as session:
        paper = paper_of(session, town.poll)
    options = {option.id.hex for option in paper.options[paper.questions[0].id]}
    where = Counter(
        name for name, rows in whole.items() for row in rows for one in options if one in str(row).replace("-", "")
    )
    # Their names on the paper, and the document of the result: never beside a person.
    assert set(where) == {"option", "poll_result"}


@pytest.mark.parametrize("how", ["as it is", "deleted rows stay", "the log stays"])
def test_no_envelope_is_left_in_sqlites_files(town, how):
    if not town.database.url.startswith("sqlite"):
        # PostgreSQL keeps deleted rows until it tidies up: what lies there cannot be opened, the key is gone.
        town.ask()
        town.count()
        assert list(town.keys.glob("*.key")) == []
        return
    if how == "deleted rows stay":
        sa.event.listen(town.database.engine, "checkout", lambda one, *_: one.execute("PRAGMA secure_delete=OFF"))
    town.ask()
    sealed = [row["sealed"] for row in town.open["envelope"]]
    with patch.object(Database, "forget", (lambda _: None) if how == "the log stays" else Database.forget):
        town.count()
    stored = stored_bytes(town.database)
    left = [one for one in sealed if any(one[at : at + 32] in stored for at in range(0, len(one) - 32, 32))]
    assert bool(left) == (how != "as it is")
    assert list(town.keys.glob("*.key")) == []


def _named(what, row):
    return {f"{what} {column}": value for column, value in row.items()}


def _hex(value):
    return value.hex() if isinstance(value, bytes) else str(value).replace("-", "")
