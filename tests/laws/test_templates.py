"""Laws of the templates: every sentence goes through gettext, nothing is marked safe, none is crowded."""

import re
from itertools import pairwise
from string import Formatter

import pytest
from jinja2 import nodes

from pyramid_app.base.paths import folder

TEMPLATES = sorted(folder("templates").rglob("*.html")) + sorted(folder("templates").rglob("*.txt"))
NAMES = [str(file.relative_to(folder("templates"))) for file in TEMPLATES]
MOST_LINES = 120


def bare_words(source: str) -> list[str]:
    """Words of a template that stand outside ``{{ … }}``, tags and comments."""
    without = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    without = re.sub(r"<!doctype[^>]*>", " ", without, flags=re.IGNORECASE)
    attributes = re.findall(r'\b(?:aria-label|alt|title|placeholder|content)="([^"]*)"', without)
    spoken = [text for text in attributes if not re.fullmatch(r"[\w=,.:;#{}\s\[\]-]*", text) and " " in text]
    without = re.sub(r"<[^>]*>|\[\[\w+\]\]", " ", without)
    without = re.sub(r"&[a-z]+;|&#\d+;", " ", without)
    return re.findall(r"[^\W\d_]{2,}", without) + spoken


def test_the_finder_finds_bare_words():
    assert bare_words("<p>{{ _('Hello') }}</p>") == []
    assert bare_words("<p>Hello {{ name }}</p>") == ["Hello"]


@pytest.mark.parametrize("file", TEMPLATES, ids=NAMES)
def test_no_bare_words(file):
    assert bare_words(file.read_text()) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=NAMES)
def test_facts_of_a_sentence_are_given_where_it_is_said(app, file):
    tree = app.jinja_env.parse(file.read_text())
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args):
            continue
        if not isinstance(call.args[0], nodes.Const):
            continue
        needed = {name for _t, name, _f, _c in Formatter().parse(call.args[0].value) if name}
        assert needed == {pair.key for pair in call.kwargs}, f"{call.args[0].value!r}"


@pytest.mark.parametrize("file", TEMPLATES, ids=NAMES)
def test_nothing_written_by_people_is_marked_safe_here(file):
    source = file.read_text()
    marked = re.findall(r"\{\{[^}]*\|\s*safe[^}]*\}\}", source)
    assert [mark for mark in marked if "chart" not in mark and "pyramid" not in mark] == []
    assert "autoescape false" not in source


@pytest.mark.parametrize("file", TEMPLATES, ids=NAMES)
def test_no_template_is_crowded(file):
    assert len(file.read_text().splitlines()) <= MOST_LINES


SENTENCE_ENDS = re.compile(r"\) \}\}(?:</\w+>)?\{% endif %\}$")
SENTENCE_BEGINS = re.compile(r"^\s*\{% if [^%]*%\}(?:<a |<strong>)?(?:\{\{ _\(|class=)")


@pytest.mark.parametrize("file", TEMPLATES, ids=NAMES)
def test_two_sentences_do_not_stick_together(file):
    """Jinja takes away the line's end after a tag: ``{% endif +%}`` keeps it."""
    lines = file.read_text().splitlines()
    stuck = [
        number
        for number, (line, after) in enumerate(pairwise(lines), start=1)
        if SENTENCE_ENDS.search(line) and SENTENCE_BEGINS.search(after)
    ]
    assert stuck == []
