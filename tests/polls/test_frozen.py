"""What is scheduled cannot change through any door: not by a service, not by SQL."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests.ballots.builders import a_key
from tests.polls.builders import a_draft
from tests.polls.conftest import TEAM

DOORS = [
    "UPDATE poll SET title = 'Another'",
    "UPDATE poll SET audience = '{}'",
    'UPDATE poll SET facts = \'{"age": ["any"]}\'',
    "UPDATE poll SET scheduled_at = NULL",
    "UPDATE poll SET ballot_id = NULL",
    "UPDATE poll SET closes_at = opens_at",
    "UPDATE question SET text = 'Another?'",
    "UPDATE question SET at_most = 9",
    "DELETE FROM option WHERE position = 2",
    "UPDATE option SET position = position + 10",
    "INSERT INTO option (id, question_id, position, name, meaning) SELECT poll_id, id, 9, 'x', 'y' FROM question",
    "UPDATE ballot SET closes_at = opens_at",
    "UPDATE ballot SET rules_digest = 'x'",
    "DELETE FROM ballot",
]


@pytest.mark.parametrize("door", DOORS)
def test_the_database_refuses(act, poll, door):
    with act(TEAM) as work, pytest.raises(DatabaseError, match="frozen"), work.session.begin_nested():
        work.session.execute(sa.text(door))


def test_the_same_words_can_change_while_it_is_being_written(area, act):
    with act(TEAM) as work:
        a_draft(work)
        for door in DOORS[:3]:
            work.session.execute(sa.text(door))
        assert work.session.execute(sa.text("UPDATE question SET text = 'Another?'")).rowcount == 1
        assert work.session.execute(sa.text("DELETE FROM option WHERE position = 2")).rowcount == 1


def test_what_time_and_fairness_do_is_not_refused(act, poll, keys):
    with act(TEAM) as work:
        a_key(work, keys)
        for allowed in (
            "UPDATE poll SET next_what = 'Sooner', invited_at = opens_at",
            "UPDATE ballot SET counting_at = closes_at, roll_digested_on = '2027-03-01'",
        ):
            assert work.session.execute(sa.text(allowed)).rowcount == 1
