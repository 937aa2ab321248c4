"""Nobody agrees with herself, and nobody decides about an objection to what she held back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.base.actor import NOBODY, Actor, Hat, Role
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.permissions import may_be_held, may_confirm, may_decide, may_object
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About, Sorting

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
IDS = [UUID(int=number) for number in range(1, 5)]
officers = st.sampled_from(IDS).map(lambda one: Actor(one, frozenset({Role.OFFICER}), Hat.STAFF, "Sam"))


def held(by=IDS[0], **facts):
    return HeldBack(voice_id=IDS[3], reason=Reason.VEXATIOUS, because="x", by_id=by, at=NOW, **facts)


@given(officers, st.sampled_from(IDS))
def test_a_second_officer_is_another_one(actor, by):
    assert bool(may_confirm(actor, held(by))) == (actor.person_id != by)
    assert not may_confirm(actor, held(by, confirmed_at=NOW))


@given(officers, st.sampled_from(IDS), st.none() | st.sampled_from(IDS))
def test_an_objection_goes_to_somebody_who_had_no_part_in_it(actor, by, agreed):
    one = held(by, second_by_id=agreed, objected_at=NOW)
    assert bool(may_decide(actor, one)) == (actor.person_id not in (by, agreed))
    one.answered_at = NOW
    assert not may_decide(actor, one)


def test_families_and_officers_with_the_family_hat_decide_nothing():
    for actor in (NOBODY, Actor(IDS[1]), Actor(IDS[1], frozenset({Role.OFFICER}), Hat.FAMILY)):
        assert not may_confirm(actor, held())
        assert not may_decide(actor, held(objected_at=NOW))


@given(st.timedeltas(timedelta(days=-2), timedelta(days=40)))
def test_from_when_the_author_is_told_to_the_end_of_the_last_day(after):
    allowed = may_object(held(told_at=NOW), NOW + after)
    assert bool(allowed) == (after >= timedelta() and (NOW + after).date() <= NOW.date() + timedelta(days=28))


def test_only_once_and_not_what_was_only_proposed():
    assert not may_object(held(), NOW)
    assert not may_object(held(told_at=NOW, objected_at=NOW), NOW)


@given(st.sampled_from(About), st.none() | st.sampled_from(Sorting))
def test_only_what_could_be_published_is_held_back(about, sorting):
    voice = Voice(about=about, sorted_as=sorting)
    assert bool(may_be_held(voice, None)) == (about is About.SYSTEM and sorting in (None, Sorting.FILED))
