"""Statement figures equal those of an independent program to six digits, on real conversations and given groups."""

import csv
import gzip
import json
from collections import defaultdict

import pytest

from pyramid_app.kit.statistics import Stances, consensus, figures, share
from tests.support.reference import files, needs

CONVERSATIONS = files("polis", "*/reddwarf.json")


def test_nobody_is_one_half_and_everybody_is_never_certain():
    assert share(0, 0) == 0.5
    assert 0.9 < share(50, 50) < 1


def test_one_groups_no_weighs_as_much_as_anothers_yes():
    agreed = consensus([Stances(9, 1, 10), Stances(90, 10, 100)])
    divided = consensus([Stances(1, 9, 10), Stances(100, 0, 100)])
    assert agreed > divided


@needs("polis")
@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda file: file.parent.name)
def test_figures_equal_the_reference(file):
    reference = json.loads(file.read_text())["given_polis_groups"]
    heard = _stances(file.parent)
    compared = 0
    for group, statements in reference["stats"].items():
        for statement, wanted in statements.items():
            here = heard[group][statement]
            others = sum((heard[other][statement] for other in heard if other != group), Stances(0, 0, 0))
            found = figures(here, others)
            assert [here.agree, here.disagree, here.seen] == [int(one) for one in wanted[:3]]
            assert list(vars(found).values()) == pytest.approx(wanted[3:], abs=1.5e-6, rel=1e-6)
            compared += 1
    for statement, wanted in reference["group_aware_consensus_agree"].items():
        assert consensus([heard[group][statement] for group in heard]) == pytest.approx(wanted, abs=1e-6)
    assert compared


def _stances(folder):
    """By group and statement, from the votes as they were cast."""
    with (folder / "polis_groups.csv").open() as groups:
        rows = list(csv.DictReader(groups))
        voter, group = list(rows[0])[:2]
        belongs = {row[voter]: row[group] for row in rows}
    heard = {group: defaultdict(lambda: Stances(0, 0, 0)) for group in sorted(set(belongs.values()))}
    with gzip.open(folder / "votes.csv.gz", "rt") as votes:
        for row in csv.DictReader(votes):
            if row["voter"] in belongs:
                said = Stances(row["vote"] == "1", row["vote"] == "-1", 1)
                heard[belongs[row["voter"]]][row["comment"]] += said
    return heard
