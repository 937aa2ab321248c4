"""How long words may be that are passed on."""

import pytest

from pyramid_app.polls.sharing.rules import ended, first_that_fits, fits_text_message, plain, septets


@pytest.mark.parametrize(
    ("text", "size"),
    [("", 0), ("a" * 160, 160), ("€[]", 6), ("Ünder Ø", 7), ("ć", None), ("it’s", None), ("سلام", None)],
)
def test_signs_of_a_text_message(text, size):
    assert septets(text) == size


def test_the_gsm_alphabet_is_whole():
    from pyramid_app.polls.sharing.rules import GSM, GSM_TWICE

    assert (len(GSM), len(GSM_TWICE)) == (127, 10)  # 128 places, one of them the escape


@pytest.mark.parametrize(
    ("text", "fits"),
    [("a" * 160, True), ("a" * 161, False), ("€" * 80, True), ("€" * 81, False), ("س" * 70, True), ("س" * 71, False),
     ("😀" * 35, True), ("😀" * 36, False)],
)  # fmt: skip
def test_one_message_is_enough(text, fits):
    assert fits_text_message(text) is fits


def test_curly_signs_become_plain():
    assert plain("“Don’t” – wait…") == '"Don\'t" - wait...'


@pytest.mark.parametrize(
    ("title", "sentence"), [("Buses", "Buses."), ("Is it late?", "Is it late?"), (" Two\n lines ", "Two lines.")]
)
def test_a_title_ends_as_a_sentence_does(title, sentence):
    assert ended(title) == sentence


def test_the_last_one_is_taken_when_nothing_fits():
    assert first_that_fits(["abc", "ab"], lambda text: len(text) < 2) == "ab"
    assert first_that_fits(["abc", "ab", "a"], lambda text: len(text) < 3) == "ab"
