"""What changed between two editions, what stands beside a promise, and what a signature needs."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.charter.editions.rules import (
    Part,
    differs,
    makers_say,
    runs,
    since,
    what_is_wrong_with_signing,
    wordings_that_differ,
)
from pyramid_app.charter.rules import Says, Words
from pyramid_app.kit.texts import sentence


@dataclass(frozen=True)
class Maker:
    slug: str
    name: str
    says: Says = Says.KEEPS
    condition: str = ""


@dataclass(frozen=True)
class Promise:
    number: int
    words: Words
    makers: tuple[Maker, ...] = ()


BUS = Promise(9, Words(4, "The bus comes on time.", makers=("council",)), (Maker("council", "The council"),))
PROMISES = st.dictionaries(st.integers(1, 6), st.sampled_from(["a", "b"])).map(
    lambda found: [Promise(number, Words(1, text)) for number, text in found.items()]
)


@pytest.mark.parametrize(
    ("after", "part"),
    [
        (replace(BUS.words, text="The bus comes."), Part.TEXT),
        (replace(BUS.words, how_we_know="We count."), Part.HOW),
        (replace(BUS.words, timescale="May"), Part.TIMESCALE),
        (replace(BUS.words, owner_role="Head"), Part.OWNER),
        (replace(BUS.words, review_on=date(2028, 1, 1)), Part.REVIEW),
        (replace(BUS.words, principle=5), Part.PRINCIPLE),
        (replace(BUS.words, asks=True), Part.ASKS),
    ],
)
def test_each_thing_that_changes_is_named(after, part):
    assert differs(BUS, replace(BUS, words=after)) == {part}


def test_another_maker_or_another_answer_is_a_change():
    refuses = replace(BUS, makers=(replace(BUS.makers[0], says=Says.CANNOT, condition="no money"),))
    assert differs(BUS, refuses) == {Part.MAKERS}
    assert differs(BUS, replace(BUS, makers=(Maker("nhs", "The NHS"),))) == {Part.MAKERS}
    assert differs(BUS, BUS) == frozenset()


@given(PROMISES, PROMISES)
def test_what_came_what_went_and_what_changed_is_all_there_is(old, new):
    changes = since(old, new)
    rebuilt = {one.number: one for one in old}
    for gone in changes.taken_out:
        del rebuilt[gone.number]
    rebuilt |= {one.number: one for one in changes.added}
    rebuilt |= {one.after.number: one.after for one in changes.reworded}
    assert rebuilt == {one.number: one for one in new}
    assert bool(changes) == ({one.number: one for one in old} != rebuilt)
    assert all(one.before != one.after for one in changes.reworded)


def test_a_history_tells_only_the_steps_at_which_something_changed():
    later = replace(BUS, words=replace(BUS.words, text="The bus comes."))
    steps = wordings_that_differ([BUS, BUS, later, later, BUS])
    assert [(step.before, step.after) for step in steps] == [(BUS, later), (later, BUS)]


def test_who_makes_it_is_said_honestly():
    makers = [
        Maker("a", "The council"), Maker("b", "The forum"), Maker("c", "Schools", Says.IF, "we have staff"),
        Maker("d", "The NHS", Says.CANNOT, "it costs too much."), Maker("e", "Colleges", Says.SILENT),
        Maker("f", "Buses", Says.CANNOT),
    ]  # fmt: skip
    assert [sentence(say) for say in makers_say(makers, asks=False)] == [
        "Made by: The council, The forum.",
        "Promised by Schools on this condition: we have staff.",
        "Asked for by parents, not agreed by The NHS, because: it costs too much.",
        "Asked for by parents, not agreed by Buses.",
        "Colleges has not said whether it can keep this.",
    ]
    assert [sentence(say) for say in makers_say([], asks=False)] == [
        "Asked for by parents. Nobody has promised it yet."
    ]
    assert makers_say([], asks=True) == []


@pytest.mark.parametrize(("numbers", "said"), [([1, 2, 3, 5], "1–3, 5"), ([2], "2"), ([1, 3, 4], "1, 3–4"), ([], "")])
def test_editions_are_listed_as_people_do(numbers, said):
    assert runs(numbers) == said


@dataclass(frozen=True)
class Partner:
    name: str = "The NHS"
    ended_on: date | None = None


PUBLISHED, TODAY = date(2027, 2, 1), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("partner", "role", "on", "wrong"),
    [
        (Partner(), "Director", PUBLISHED, set()),
        (Partner(), "Director", TODAY, set()),
        (Partner(), "Director", date(2027, 1, 31), {"signed_on"}),
        (Partner(), "Director", date(2027, 3, 2), {"signed_on"}),
        (Partner(), "Director", None, {"signed_on"}),
        (Partner(ended_on=date(2027, 2, 10)), "Director", date(2027, 2, 9), set()),
        (Partner(ended_on=date(2027, 2, 10)), "Director", date(2027, 2, 10), {"signed_on"}),
        (None, "", TODAY, {"partner", "role"}),
    ],
)
def test_what_a_signature_needs(partner, role, on, wrong):
    assert set(what_is_wrong_with_signing(partner, role, on, PUBLISHED, TODAY)) == wrong
