"""Private keys: files only we can read, three spare, gone after the count, whole after being killed."""

import stat

import pytest

from pyramid_app.ballots import keys, queries
from pyramid_app.ballots.jobs import make_spare_keys
from pyramid_app.ballots.models import Ballot
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Begin
from tests.ballots.builders import a_ballot


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


def test_only_we_can_read_a_private_key(folder):
    name = keys.make_pair(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / f"{name}.key").stat().st_mode) == 0o600
    assert len(keys.public_half(folder, name)) == 32


def test_a_destroyed_key_is_gone_and_destroying_again_is_nothing(folder):
    name = keys.make_pair(folder)
    keys.destroy(folder, name)
    keys.destroy(folder, name)
    assert keys.list_names(folder) == set()
    with pytest.raises(Conflict):
        keys.read_private(folder, name)


def test_three_keys_lie_ready(folder, database, clock):
    begin = Begin(database, "ballots")
    assert make_spare_keys(begin, folder) == 3
    assert make_spare_keys(begin, folder) == 0
    with database.reading() as session:
        assert {key.name for key in queries.spare_keys(session)} == keys.list_names(folder)


def test_a_taken_key_is_replaced(folder, database, act):
    begin = Begin(database, "ballots")
    make_spare_keys(begin, folder)
    with act() as work:
        ballot = a_ballot(work, folder)
    assert make_spare_keys(begin, folder) == 0
    with database.reading() as session:
        assert ballot.key_name not in {key.name for key in queries.spare_keys(session)}
        assert len(queries.spare_keys(session)) == 3


def test_killed_between_file_and_row_the_key_becomes_a_spare_one(folder, database, clock):
    name = keys.make_pair(folder)
    assert make_spare_keys(Begin(database, "ballots"), folder) == 3
    with database.reading() as session:
        assert name in {key.name for key in queries.spare_keys(session)}
    assert len(keys.list_names(folder)) == 3


def test_a_row_whose_file_is_elsewhere_is_not_spare_here(folder, database, clock):
    begin = Begin(database, "ballots")
    make_spare_keys(begin, folder)
    keys.destroy(folder, min(keys.list_names(folder)))
    assert make_spare_keys(begin, folder) == 1


def test_a_key_left_behind_after_the_count_is_destroyed(folder, database, act):
    with act() as work:
        ballot = a_ballot(work, folder)
        work.session.get_one(Ballot, ballot.id).counted_at = work.now
    make_spare_keys(Begin(database, "ballots"), folder)
    assert ballot.key_name not in keys.list_names(folder)
