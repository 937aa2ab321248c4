"""What the representatives think, in one line: pure."""

import pytest

from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import sentence
from pyramid_app.outcomes.views.rules import View, in_words, what_is_wrong_with_view


@pytest.mark.parametrize(
    ("which", "words"),
    [
        (set(), "they have been asked, and have not said yet."),
        ({View.AGREE}, "they agree. 5 of 8 said what they think."),
        ({View.DISAGREE}, "they do not agree. 5 of 8 said what they think."),
        ({*View}, "5 of 8 said what they think. They agree: 4. They do not agree: 1."),
    ],
)
def test_one_line_for_all(which, words):
    asked, said, agree, disagree = (Say("{n}", n=n) for n in (8, 5, 4, 1))
    assert sentence(in_words(asked, said, agree, disagree, frozenset(which))) == words


@pytest.mark.parametrize(
    ("view", "because", "wrong"),
    [
        (None, "", {"view"}),
        (View.AGREE, "", set()),
        (View.DISAGREE, "", {"because"}),
        (View.DISAGREE, "Too slow.", set()),
    ],
)
def test_a_no_has_a_reason(view, because, wrong):
    assert set(what_is_wrong_with_view(view, because)) == wrong
