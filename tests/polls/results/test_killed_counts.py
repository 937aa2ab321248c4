"""A count that is killed at every point that outlives it, one after the other: counted once, every word once."""

from contextlib import contextmanager
from unittest.mock import patch

import pytest

from pyramid_app.base.ledger import progress
from pyramid_app.polls.results import own_words
from tests.polls.results.killing import ANSWERED, TOLD, a_closed_poll, at_every_point, once


@pytest.fixture
def world(database, settings, clock):
    """Every run is rolled back to the close."""

    @contextmanager
    def rolled_back():
        with database.connection.begin_nested() as start:
            yield database
            start.rollback()

    with a_closed_poll(database, settings.keys, clock, rolled_back) as one:
        yield one


def test_killed_at_every_commit_and_on_the_disk_it_is_counted_once(world):
    wanted, seen = once(world), 0
    assert (wanted["left"], wanted["key"], wanted["took part"]) == ([], False, ANSWERED)
    assert wanted["heard"] == [(f"words {number}", number < TOLD) for number in range(ANSWERED)]
    for point, left in at_every_point(world, every_statement=False):
        assert left == wanted, f"killed at {point!r}, point {seen + 1}"
        seen += 1
    assert seen >= 20


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_words_and_their_mark_in_two_acts_would_be_noticed(world):
    """The known-bad way: killed between the two, some voices come twice."""

    def in_two_acts(begin, paper, box, wrote):
        name, left = (
            own_words.handing_over(paper.poll.id),
            sorted(wrote, key=lambda one: box.lot(one[0] + one[1].bytes)),
        )
        with begin.looking() as session:
            at = progress.done_of(session, name)
        for start in range(at or 0, len(left), own_words.AT_ONCE):
            some = left[start : start + own_words.AT_ONCE]
            with begin.looking() as session:
                heard = list(own_words._heard(session, paper, box, some))
            with begin() as work:
                own_words.receive_all(work, heard, own_words.Speaker.PARENT_CARER, paper.poll.topic_id)
            with begin() as work:
                progress.say(work.session, name, start + len(some), len(left), work.now)
        with begin() as work:
            progress.over(work.session, name)

    with patch.object(own_words, "hand_over", in_two_acts):
        wanted = once(world)
        doubled = [point for point, left in at_every_point(world, every_statement=False) if left != wanted]
    assert len(doubled) >= ANSWERED // own_words.AT_ONCE
