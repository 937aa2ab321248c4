"""Closes against casters that never rest: whatever was acknowledged is counted, and nothing comes in afterwards."""

import threading
from random import Random

import pytest

from pyramid_app.ballots import counting, queries, service
from pyramid_app.ballots.models import Envelope
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.errors import NotAllowed
from pyramid_app.base.work import working
from tests.ballots.builders import a_ballot, a_voter

CLOSES, CASTERS = 8, 8
"""The drill (``tests/drill/drill_closes.py``) has more."""


class Close:
    """One ballot with its casters, who change their answer for as long as they are let, and the count that begins.

    ``missed`` tells how many boxes do not hold the last acknowledged answer.
    """

    def __init__(self, database, folder, number):
        self.database, self.folder = database, folder
        with working(database, NOBODY) as work:
            self.ballot = a_ballot(work, folder, f"poll:{number}")
            self.voters = [a_voter(work, self.ballot, f"{n}@{number}.example.org") for n in range(CASTERS)]
        self.thanked = dict.fromkeys(self.voters)
        self.one_more, self.read = threading.Semaphore(0), threading.Event()

    def missed(self, after):
        """The count begins once so many have been thanked."""
        threads = [threading.Thread(target=self._casts, args=(voter,)) for voter in self.voters]
        for thread in threads:
            thread.start()
        for _ in range(after):
            assert self.one_more.acquire(timeout=60)
        with working(self.database, NOBODY, self.ballot.closes_at) as work:
            counting.begin_counting(work, self.ballot.id)
        counted = self._counted()
        self.read.set()
        for thread in threads:
            thread.join()
        return sum(counted.get(voter) != answer for voter, answer in self.thanked.items())

    def _casts(self, voter):
        """Acts that began before the close: only the box itself can refuse them."""
        for number in range(10_000):
            try:
                with working(self.database, NOBODY, self.ballot.opens_at) as work:
                    service.cast(work, self.ballot.id, voter, {"q": [str(number)]})
            except NotAllowed:
                return
            self.thanked[voter] = str(number)
            self.one_more.release()

    def _counted(self):
        with self.database.looking() as session:
            box = counting.OpenBox(session, self.ballot.id, self.folder)
            return {queries.person_of(session, one.roll): one.answers["q"][0] for one in box if one.answers}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


def many_closes(database, folder, number):
    """Answers missed in each of so many closes."""
    random = Random(1)
    return [Close(database, folder, n).missed(after=random.randrange(4, 20)) for n in range(number)]


def test_against_casters_that_never_rest_no_ballot_is_late_and_none_is_lost(real_database, folder, clock):
    assert many_closes(real_database, folder, CLOSES) == [0] * CLOSES


def test_a_box_that_is_looked_at_before_it_is_locked_would_take_late_ballots(real_database, folder, clock):
    """The known-bad way: it was open when somebody looked, and is being counted when the envelope goes in."""

    class LooksFirst(Close):
        def _casts(self, voter):
            with self.database.reading() as session:
                assert queries.get_ballot(session, self.ballot.id).counting_at is None
            self.one_more.release()
            self.read.wait(60)
            with self.database.writing() as session:
                entry = queries.find_entry(session, self.ballot.id, voter)
                session.add(Envelope(ballot_id=self.ballot.id, roll_id=entry.id, sealed=b"late"))
            self.thanked[voter] = "0"

    assert LooksFirst(real_database, folder, 0).missed(after=CASTERS) == CASTERS
