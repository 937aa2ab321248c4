"""Roles in words, how many may be chair, what waits for whom: pure."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.accounts.away.rules import leads_back, stands_in, what_is_wrong_with_away
from pyramid_app.accounts.staff_rules import (
    PARTS,
    in_full,
    leaves_the_desk,
    why_not_give,
    why_not_take,
    why_not_without_heir,
)
from pyramid_app.base.actor import Role
from pyramid_app.kit.texts import sentence

ANN, BEN, CIT, DEE = (uuid4() for _ in range(4))
TODAY = date(2027, 3, 1)


def test_every_role_has_its_words():
    assert set(PARTS) == set(Role)
    assert sentence(in_full([Role.CHAIR])[0]) == "chair: Leads the meetings. Two people can share it."


def test_two_may_be_chair_and_anybody_else_as_many_as_wanted():
    assert not why_not_give(Role.CHAIR, 1)
    assert why_not_give(Role.CHAIR, 2)
    assert not why_not_give(Role.OFFICER, 200)


def test_the_last_lead_stays():
    assert why_not_take(Role.LEAD, 0)
    assert not why_not_take(Role.LEAD, 1)
    assert not why_not_take(Role.OFFICER, 0)


@pytest.mark.parametrize(
    ("before", "now", "leaves"),
    [
        ({Role.OFFICER, Role.LEAD}, {Role.LEAD}, False),
        ({Role.OFFICER, Role.CHAIR}, {Role.CHAIR}, True),
        ({Role.LINK_WORKER}, set(), False),
        (set(), set(), False),
    ],
)
def test_who_leaves_the_desk(before, now, leaves):
    assert leaves_the_desk(before, now) is leaves


def test_what_waits_wants_somebody():
    assert sentence(why_not_without_heir("Sam", 3, heir=False)) == "Something waits for Sam. Choose who has it next."
    assert not why_not_without_heir("Sam", 3, heir=True)
    assert not why_not_without_heir("Sam", 0, heir=False)


def test_the_end_of_the_chain_has_what_waits():
    here = {ANN, BEN, CIT}
    assert stands_in(ANN, {}, here) == ANN
    assert stands_in(ANN, {ANN: BEN}, here) == BEN
    assert stands_in(ANN, {ANN: BEN, BEN: CIT}, here) == CIT


def test_whoever_is_gone_keeps_nothing():
    assert stands_in(ANN, {ANN: BEN}, {ANN}) == ANN
    assert stands_in(ANN, {ANN: BEN, BEN: CIT}, {ANN, CIT}) == CIT


COVERS = st.dictionaries(st.sampled_from([ANN, BEN, CIT, DEE]), st.sampled_from([ANN, BEN, CIT, DEE]))


@given(COVERS, st.sets(st.sampled_from([ANN, BEN, CIT, DEE])))
def test_whatever_the_covers_somebody_is_found(covers, here):
    """Also of covers that go round, which no verb lets anybody write."""
    found = stands_in(ANN, covers, here)
    assert found == ANN or found in here


@given(COVERS, st.sampled_from([ANN, BEN, CIT, DEE]), st.sampled_from([ANN, BEN, CIT, DEE]))
def test_an_absence_that_is_allowed_closes_no_circle(covers, person, cover):
    def circles(chain):
        return {one for one in chain if leads_back(one, chain[one], chain)}

    others = {one: by for one, by in covers.items() if one != person}
    if not circles(others) and not leads_back(person, cover, others):
        assert not circles({**others, person: cover})


def wrong(until_on=date(2027, 3, 8), cover=BEN, covers=None):
    return set(what_is_wrong_with_away(ANN, until_on, cover, today=TODAY, here={ANN, BEN, CIT}, covers=covers or {}))


def test_an_absence_has_a_day_and_somebody_else():
    assert wrong() == set()
    assert wrong(cover=BEN, covers={BEN: CIT}) == set()
    for day in (None, TODAY, date(2026, 1, 1), date(2029, 1, 1)):
        assert wrong(until_on=day) == {"until_on"}
    for cover in (None, ANN, DEE):
        assert wrong(cover=cover) == {"cover"}
    assert wrong(cover=BEN, covers={BEN: CIT, CIT: ANN}) == {"cover"}
