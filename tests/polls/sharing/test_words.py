"""Forty words, one text message, and a link that is always whole, whatever the title."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.polls.sharing import words
from pyramid_app.polls.sharing.rules import count_words, fits_text_message, septets
from pyramid_app.polls.sharing.words import Facts

CLOSE = datetime(2027, 3, 21, 22, tzinfo=UTC)
LINK = "https://voice.example.org/q/school-buses-1a2b"
BUSES = Facts("School buses", 2, CLOSE, LINK)

refs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]-[0-9a-f]{4}", fullmatch=True)
any_facts = st.builds(
    Facts,
    title=st.text(min_size=1, max_size=120) | st.text("ab €’", min_size=1, max_size=120),
    minutes=st.integers(1, 60),
    closes_at=st.datetimes(datetime(2027, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    link=st.builds("https://parents.a-long-name-of-a-place.example.org/q/{}".format, refs),
    opens_at=st.none() | st.datetimes(datetime(2027, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


@given(any_facts)
def test_a_newsletter_gets_forty_words_at_the_most(facts):
    said = words.newsletter(facts)
    assert count_words(said) <= 40
    assert said.endswith(f" {facts.link}")


@given(any_facts)
def test_a_text_message_is_one_message(facts):
    said = words.text_message(facts)
    assert said.endswith(facts.link)
    assert said.count(facts.link) == 1
    size = septets(said)
    # A short title in another script is kept as it is; then one message holds 70 signs.
    assert size <= 160 if size is not None else fits_text_message(said)


@given(any_facts)
def test_whatsapp_gets_the_same_words_by_its_link(facts):
    line = words.whatsapp(facts)
    assert line.endswith(f" {facts.link}")
    asked = urlsplit(words.whatsapp_link(line))
    assert (asked.scheme, asked.netloc, asked.fragment) == ("https", "wa.me", "")
    assert parse_qs(asked.query, strict_parsing=True) == {"text": [line]}


def test_all_of_it_where_it_fits():
    until = "You have until Sunday 21 March 2027, 10 pm."
    said = f"We want to hear from you: School buses. It takes 2 minutes. {until}"
    assert words.newsletter(BUSES) == f"{said} Answer here: {LINK}"
    assert words.text_message(BUSES) == f"{said} {LINK}"
    assert words.whatsapp(BUSES) == f"{said} {LINK}"


def test_the_minutes_go_first_then_the_title():
    long = Facts("What should change on the bus in the morning and in the evening", 2, CLOSE, LINK)
    assert words.text_message(long) == f"{long.title}. You have until Sunday 21 March 2027, 10 pm. {LINK}"
    assert long.title not in words.text_message(Facts("x" * 100, 2, CLOSE, LINK))
    assert "It takes 2 minutes." in words.text_message(Facts("x" * 100, 2, CLOSE, LINK))
    wordy = Facts("a " * 30, 2, CLOSE, LINK)
    assert "minutes" not in words.newsletter(wordy)
    assert words.newsletter(Facts("a " * 60, 2, CLOSE, LINK)).startswith("We want to hear from you. It takes")


def test_a_title_that_would_halve_the_message_is_plain_or_left_out():
    assert "the driver's view." in words.text_message(Facts("the driver’s view", 2, CLOSE, LINK))
    assert "حافلات" not in words.text_message(Facts("حافلات المدرسة", 2, CLOSE, LINK))
    assert "حافلات" in words.newsletter(Facts("حافلات المدرسة", 2, CLOSE, LINK))


def test_one_minute_is_one_and_the_opening_is_said_until_it_opens():
    soon = Facts("School buses", 1, CLOSE, LINK, opens_at=CLOSE - timedelta(days=14))
    assert "It takes one minute. It opens on Sunday 7 March 2027, 10 pm. You have until" in words.newsletter(soon)


@pytest.mark.parametrize("make", [words.text_message, words.whatsapp, words.newsletter])
def test_nothing_on_a_locked_screen_says_what_it_is_about_but_the_title(make):
    said = make(BUSES).lower()
    assert not any(word in said.split() for word in ("send", "sen", "disability", "disabled", "special"))


def test_braces_in_a_title_stay_braces():
    assert "{at}" in words.whatsapp(Facts("{at} {link}", 2, CLOSE, LINK))
