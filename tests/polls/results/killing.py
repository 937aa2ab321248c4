"""A closed poll that is counted again and again from the same start, killed at another point each time."""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import sqlalchemy as sa
from sqlmodel import Session, select

from pyramid_app.ballots import counting as boxes
from pyramid_app.ballots import keys as key_files
from pyramid_app.ballots.jobs import make_spare_keys
from pyramid_app.ballots.models import Envelope
from pyramid_app.ballots.queries import took_part
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.db import Database
from pyramid_app.base.ledger.models import Progress
from pyramid_app.base.work import Begin, working
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.results import own_words
from pyramid_app.polls.results.jobs import count_closed
from pyramid_app.polls.results.models import PollResult
from tests.builders import a_member, acting_as, the_area
from tests.polls.builders import BUS, CAME, OWN_WORDS, a_poll
from tests.polls.conftest import TEAM

ANSWERED, TOLD = 5, 2


class Killed(BaseException):
    """The process is gone: nothing catches this."""


@dataclass
class World:
    """A closed poll, not counted. ``copied`` gives its database as it was at the close, for one run."""

    database: Database
    keys: Path
    copied: Callable[[], AbstractContextManager[Database]]

    @contextmanager
    def again(self):
        """Database and keys as they were at the close."""
        shutil.copytree(self.keys, self.keys.parent / "copied")
        try:
            with self.copied() as database:
                yield database, self.keys.parent / "copied"
        finally:
            shutil.rmtree(self.keys.parent / "copied")


@contextmanager
def a_closed_poll(database, keys, clock, copied):
    """Five of six families have answered and written; an act takes two or three at a time."""
    with working(database, TEAM) as work:
        the_area(work)
        poll = a_poll(work, keys, questions=(BUS, OWN_WORDS))
        people = [a_member(work, f"family{number}@example.org") for number in range(ANSWERED + 1)]
    make_spare_keys(Begin(database, "ballots"), keys)
    for number, person in enumerate(people[:ANSWERED]):
        with working(database, acting_as(person)) as work:
            paper = answering.queries.paper_of(work.session, poll)
            bus, words = paper.questions
            raw = {bus.id.hex: [paper.options[bus.id][number % 2].id.hex], words.id.hex: [f"words {number}"]}
            tell = {f"{words.id.hex}-tell": ["tell me"]} if number < TOLD else {}
            answering.answer_signed_in(work, poll.id, raw | tell, CAME)
    clock.move_to(poll.closes_at)
    with patch.object(boxes, "AT_ONCE", 3), patch.object(own_words, "AT_ONCE", 2):
        yield World(database, keys, copied)


@contextmanager
def killed_at(database, point, *, every_statement):
    """Ends the block at that point, counted from 1; yields the list of the points that were reached."""
    reached = []

    def here(what):
        if not reached or len(reached) < point:
            reached.append(what)
        if len(reached) == point:
            raise Killed

    fsync = os.fsync
    # What a statement changed is gone with its act: only commits and files outlive a kill.
    hooks = [(Session, name, lambda _, name=name: here(name)) for name in ("before_commit", "after_commit")]
    if every_statement:
        hooks.append((database.engine, "before_cursor_execute", lambda *facts: here(facts[2])))
    for hook in hooks:
        sa.event.listen(*hook)
    try:
        with patch.object(key_files.os, "fsync", lambda handle: (here("on disk"), fsync(handle))):
            yield reached
    except Killed:
        pass
    finally:
        for hook in hooks:
            sa.event.remove(*hook)


def found(database, keys):
    """Everything that a count leaves behind."""
    with database.reading() as session:
        (result,) = session.exec(select(PollResult)).all()
        (poll,) = session.exec(select(boxes.Ballot)).all()
        heard = session.exec(select(VoiceText.text, Voice.tell).join(Voice)).all()
        did = Counter(entry.did for entry in session.exec(select(AuditEntry)))
        left = [*session.exec(select(Envelope)), *session.exec(select(Progress))]
        return {
            "document": (result.document, result.on_roll, result.answered, result.spoilt),
            "heard": sorted(heard),
            "took part": len(took_part(session, poll.id)),
            "did": did,
            "left": left,
            "key": poll.key_name in key_files.list_names(keys),
        }


def once(world):
    """What a count leaves behind that nobody kills."""
    with world.again() as (database, keys):
        count_closed(Begin(database, "polls"), keys)
        return found(database, keys)


def at_every_point(world, *, every_statement):
    """Kill at the first point, the second …, let the scheduler's other jobs go on, count again: what each left."""
    point = 1
    while True:
        with world.again() as (database, keys):
            begin = Begin(database, "polls")
            with killed_at(database, point, every_statement=every_statement) as reached:
                count_closed(begin, keys)
            if len(reached) < point:
                return
            make_spare_keys(Begin(database, "ballots"), keys)
            count_closed(begin, keys)
            yield reached[-1], found(database, keys)
        point += 1
