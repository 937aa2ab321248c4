"""``components/redline.html``: two wordings on a page, whole, without JavaScript, whatever people wrote."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyramid_app.kit.texts.redline import compare
from tests.support import pages

PAGE = """<!doctype html><html lang="en"><head><title>Words</title></head><body><h1>Words</h1>
{% from "components/redline.html" import redline, redline_key %}{{ redline_key() }}
{% for pieces in all %}{{ redline(pieces) }}{% endfor %}</body></html>"""


@pytest.fixture
def page(app):
    def show(*pairs):
        template = app.jinja_env.from_string(PAGE)
        return pages.check(template.render(all=[compare(old, new) for old, new in pairs]))

    return show


def views(tree):
    """Each folded view's name and its paragraphs."""
    return [
        (pages.words(next(fold.iter("summary"))), [pages.words(paragraph) for paragraph in fold.iter("p")])
        for fold in tree.iter("details")
    ]


def test_the_change_is_shown_and_each_text_by_itself(page):
    tree = page(("One.\n\nBy Monday.", "One.\n\nBy Friday."), ("", "New."), ("Old.", ""))
    assert [pages.words(item) for item in tree.iter("li")] == [
        "We changed “Monday” to “Friday”",
        "We added: “New.”",
        "We took out: “Old.”",
    ]
    assert views(tree) == [
        ("Before", ["One.", "By Monday."]),
        ("After", ["One.", "By Friday."]),
        ("Before", ["There was nothing here before."]),
        ("After", ["New."]),
        ("Before", ["Old."]),
        ("After", ["Nothing is left of these words."]),
    ]
    assert all(one.get("dir") == "auto" for one in tree.iter("p") if one.get("class") == "govuk-body app-marked")


def test_two_texts_that_are_the_same_are_said_to_be_so(page):
    tree = page(("Same.", "Same."), ("", ""))
    assert [pages.words(item) for item in tree.iter("li")] == ["Nothing changed.", "Nothing changed."]
    assert [*tree.iter("ins"), *tree.iter("del")] == []


def test_many_sentences_are_folded_so_that_the_text_is_not_far_below(page):
    lines = [f"Line {number} of this text is old.\n" for number in range(13)]
    texts = ("".join(lines[:most]) for most in (12, 13))
    tree = page(*((text, text.replace("old", "new")) for text in texts))
    (listed, folded) = tree.iter("ul")
    assert [len(listed), len(folded)] == [12, 13]
    assert [name for name, _shown in views(tree)][:3] == ["Before", "After", "All 13 changes in sentences"]


MARKUP = ["<b>", "</p>", "<script>x()</script>", "&lt;"]
WORDS = ["We ", "answer ", "late", ". ", "\n\n", "\r\n", "שלום "]
WRITTEN = st.lists(st.sampled_from(WORDS + MARKUP)).map("".join)


@given(WRITTEN, WRITTEN)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_people_write_breaks_the_page(page, old, new):
    tree = page((old, new))
    assert {one.tag for one in tree.iter("body")} == {"body"}
    assert [*tree.iter("b"), *tree.iter("script")] == []
    for (_name, shown), text in zip(views(tree)[-2:], (old, new), strict=True):
        assert "".join("".join(shown).split()) == "".join(text.split()) or not text.strip()
