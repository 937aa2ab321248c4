"""Twenty-five closes against eight casters that never rest: no ballot is late, none that was acknowledged is lost."""

from tests.ballots.test_closes import CASTERS, many_closes

CLOSES = 25


def test_in_25_closes_against_8_casters_no_ballot_is_late(real_database, tmp_path, clock, capsys):
    missed = many_closes(real_database, tmp_path / "keys", CLOSES)
    with capsys.disabled():
        print(f"\n{real_database.engine.dialect.name}: {CLOSES} closes, {CASTERS} casters, {sum(missed)} late or lost")
    assert missed == [0] * CLOSES
