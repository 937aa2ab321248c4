"""What a notice needs, and where it is in its life."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pyramid_app.notices.rules import MOST_TOPICS, Content, State, state_of, what_is_missing

TODAY = date(2027, 3, 1)
WHOLE = Content("A survey", "Inspectors want to hear from you.", "https://example.org/survey", TODAY, "parliament")


def test_a_whole_one_lacks_nothing_on_its_last_day():
    assert what_is_missing(WHOLE, TODAY) == {}
    assert what_is_missing(replace(WHOLE, level="", topics=("buses",), link=""), TODAY) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "A SEND survey"}, "title"),
        ({"title": "For families with disabled children"}, "title"),
        ({"words": ""}, "words"),
        ({"link": "http://example.org"}, "link"),
        ({"link": "https://"}, "link"),
        ({"link": "https://exa mple.org"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"until_on": None}, "until_on"),
        ({"until_on": TODAY - timedelta(days=1)}, "until_on"),
        ({"level": ""}, "level"),
        ({"topics": tuple(str(n) for n in range(MOST_TOPICS + 1))}, "topics"),
    ],
)
def test_each_gap_is_said_at_its_box(change, field):
    assert list(what_is_missing(replace(WHOLE, **change), TODAY)) == [field]


def test_plain_words_that_look_alike_are_no_secret():
    assert what_is_missing(replace(WHOLE, title="Send us your views by Friday"), TODAY) == {}


@dataclass
class Times:
    published_at: datetime | None = None
    leaves_at: datetime | None = None
    until_on: date | None = TODAY


def test_the_clock_says_where_it_is():
    at = datetime(2027, 3, 1, 10, tzinfo=UTC)
    leaves = at + timedelta(minutes=10)
    assert state_of(Times(), at, TODAY) is State.DRAFT
    assert state_of(Times(at, leaves), at, TODAY) is State.LEAVING
    assert state_of(Times(at, leaves), leaves, TODAY) is State.OUT
    assert state_of(Times(at, leaves), leaves, TODAY + timedelta(days=1)) is State.OVER
