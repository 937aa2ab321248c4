"""Scottish STV by hand-made papers and by properties: nothing is lost, nobody elected receives, names don't matter."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.ballots.stv import UNIT, Action, Counted, count_stv
from tests.support.reference import DATA, files, needs


def stages(counted: Counted) -> list[tuple[str, int | None, list[int]]]:
    return [(stage.action, stage.candidate, [total // UNIT for total in stage.totals]) for stage in counted.stages]


def test_one_seat_goes_to_whoever_has_more_than_half_at_once():
    counted = count_stv({(0, 1): 6, (1,): 4}, 2, 1)
    assert (counted.quota, counted.winners, len(counted.stages)) == (6, (0,), 1)


def test_the_last_leaves_and_her_papers_go_on():
    counted = count_stv({(0,): 4, (1,): 3, (2, 1): 2}, 3, 1)
    assert stages(counted) == [("first_preferences", None, [4, 3, 2]), ("exclusion", 2, [4, 5, 0])]
    assert counted.winners == (1,)


def test_a_surplus_is_shared_by_all_papers_and_cut_after_five_decimals():
    """Ten papers, two seats, quota 4: 7 for the first, so each paper goes on at 3/7 = 0.42857."""
    counted = count_stv({(0, 1): 5, (0,): 2, (1,): 1, (2,): 2}, 3, 2)
    surplus = counted.stages[1]
    assert surplus.action is Action.SURPLUS
    assert surplus.totals == (4 * UNIT, UNIT + 5 * 42857, 2 * UNIT)
    assert surplus.non_transferable == 10 * UNIT - sum(surplus.totals)


def test_exactly_the_quota_is_no_surplus_and_no_stage():
    counted = count_stv({(0, 1): 4, (1,): 3, (2,): 2, (3,): 2}, 4, 2)
    assert counted.quota == 4
    assert all(stage.action is not Action.SURPLUS for stage in counted.stages)


def test_a_tie_is_settled_by_the_last_stage_at_which_they_differed():
    papers = {(0,): 9, (1,): 5, (2,): 4, (3, 2): 1, (4,): 7}
    counted = count_stv(papers, 5, 1)
    tie = counted.ties[0]
    assert (tie.tied, tie.chosen, tie.by_lot) == ((1, 2), 2, False)


def test_equal_from_the_start_is_settled_by_lot():
    papers = {(0,): 4, (1,): 2, (2,): 2}
    assert count_stv(papers, 3, 1, [0, 2, 1]).stages[1].candidate == 2
    assert count_stv(papers, 3, 1).stages[1].candidate == 1
    assert count_stv(papers, 3, 1).ties[0].by_lot


def test_as_many_seats_as_candidates_elects_everybody_at_once():
    counted = count_stv({(0,): 5, (1,): 1}, 2, 3)
    assert sorted(counted.winners) == [0, 1]
    assert len(counted.stages) == 1


def test_no_papers_at_all_still_ends():
    assert len(count_stv({}, 3, 1).winners) == 1
    assert count_stv({(): 4}, 3, 1).valid == 0


@pytest.mark.parametrize(
    ("papers", "candidates", "seats", "lots"),
    [({(0,): 1}, 0, 1, None), ({(0,): 1}, 1, 0, None), ({(5,): 1}, 2, 1, None), ({(0, 0): 1}, 2, 1, None),
     ({(0,): -1}, 2, 1, None), ({(0,): 1}, 2, 1, [0]), ({(0,): 1}, 2, 1, [0, 0])],
)  # fmt: skip
def test_what_is_no_count_is_refused(papers, candidates, seats, lots):
    with pytest.raises(ValueError, match=r"\."):
        count_stv(papers, candidates, seats, lots)


@st.composite
def contests(draw):
    candidates = draw(st.integers(2, 6))
    rankings = st.lists(st.integers(0, candidates - 1), min_size=1, unique=True).map(tuple)
    papers = draw(st.lists(rankings, max_size=40))
    return Counter(papers), candidates, draw(st.integers(1, candidates))


@given(contests())
def test_nothing_is_lost_and_nobody_elected_receives(contest):
    papers, candidates, seats = contest
    counted = count_stv(papers, candidates, seats)
    assert len(counted.winners) == min(seats, candidates)
    standing: dict[int, int] = {}
    for stage in counted.stages:
        assert sum(stage.totals) + stage.non_transferable == counted.valid * UNIT
        for one, total in standing.items():
            assert stage.totals[one] <= total
        standing |= {one: stage.totals[one] for one in stage.elected}
    assert len(counted.stages) <= 2 * candidates


@given(contests(), st.randoms(use_true_random=False))
def test_names_do_not_matter(contest, random):
    papers, candidates, seats = contest
    counted = count_stv(papers, candidates, seats)
    if any(tie.by_lot for tie in counted.ties):
        return
    order = list(range(candidates))
    random.shuffle(order)
    renamed = Counter({tuple(order[one] for one in ranking): number for ranking, number in papers.items()})
    again = count_stv(renamed, candidates, seats)
    assert sorted(order[one] for one in counted.winners) == sorted(again.winners)
    for before, after in zip(counted.stages, again.stages, strict=True):
        assert [after.totals[order[one]] for one in range(candidates)] == list(before.totals)


@needs("stv")
@pytest.mark.parametrize("file", files("stv", "*.blt"), ids=lambda file: file.stem)
def test_every_official_count_is_reproduced_stage_by_stage(file):
    papers, names, seats = _read(file.read_text(encoding="utf-8-sig"))
    wanted = json.loads(file.with_suffix(".json").read_text())
    counted = count_stv(papers, len(names), seats)
    assert (counted.quota, counted.valid) == (wanted["quota"], wanted["valid_ballots"])
    assert sorted(one + 1 for one in counted.winners) == wanted["winners"]
    assert [_plain(stage) for stage in counted.stages] == [
        {key: stage[key] for key in ("action", "candidate", "totals", "non_transferable", "elected")}
        for stage in wanted["stages"]
    ]
    ties = [(tie.stage, tie.purpose, [one + 1 for one in tie.tied], tie.chosen + 1, tie.by_lot) for tie in counted.ties]
    assert ties == [(t["stage"], t["purpose"], t["tied"], t["chosen"], t["how"] == "lot") for t in wanted["ties"]]


@needs("polls")
def test_one_seat_agrees_with_instant_runoff_of_another_program():
    reference = json.loads((DATA / "polls" / "ranked_reference.json").read_text())
    compared = 0
    for name, wanted in reference["contests"].items():
        papers, names, _ = _read((DATA / "stv" / f"{name}.blt").read_text(encoding="utf-8-sig"))
        counted = count_stv(papers, len(names), 1)
        if not counted.ties:
            assert counted.winners[0] + 1 in wanted["irv"]
            compared += 1
    assert compared


def _read(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    _, seats = map(int, lines[0].split())
    papers, at = Counter(), 1
    while (numbers := [int(one) for one in lines[at].split()]) != [0]:
        papers[tuple(one - 1 for one in numbers[1:-1])] += numbers[0]
        at += 1
    return papers, lines[at + 1 : -1], seats


def _plain(stage):
    return {
        "action": stage.action,
        "candidate": None if stage.candidate is None else stage.candidate + 1,
        "totals": [f"{total // UNIT}.{total % UNIT:05d}" for total in stage.totals],
        "non_transferable": f"{stage.non_transferable // UNIT}.{stage.non_transferable % UNIT:05d}",
        "elected": [one + 1 for one in stage.elected],
    }
