"""Laws of the templates: every sentence goes through gettext, nothing is marked safe, none is crowded."""

import re
from itertools import pairwise
from string import Formatter

from jinja2 import nodes

from pyramid_app.base.paths import folder

TEMPLATES = {
    str(file.relative_to(folder("templates"))): file.read_text()
    for kind in ("html", "txt")
    for file in sorted(folder("templates").rglob(f"*.{kind}"))
}
MOST_LINES = 120


def faults(find):
    """By template, what ``find`` found in it."""
    found = {name: find(source) for name, source in TEMPLATES.items()}
    return {name: fault for name, fault in found.items() if fault}


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


def test_no_bare_words():
    assert faults(bare_words) == {}


def test_facts_of_a_sentence_are_given_where_it_is_said(standing):
    def wrong(source):
        return [said for said, needed, given in _sentences(standing.jinja_env.parse(source)) if needed != given]

    assert faults(wrong) == {}


def _sentences(tree):
    """What is said in a template, which facts it needs, and which it gets."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
            said = call.args[0]
            if isinstance(said, nodes.Const):
                needed = {name for _t, name, _f, _c in Formatter().parse(said.value) if name}
                yield said.value, needed, {pair.key for pair in call.kwargs}


def test_nothing_written_by_people_is_marked_safe_here():
    def marked(source):
        safe = re.findall(r"\{\{[^}]*\|\s*safe[^}]*\}\}", source)
        unescaped = ["autoescape false"] if "autoescape false" in source else []
        return [mark for mark in safe if "chart" not in mark and "pyramid" not in mark] + unescaped

    assert faults(marked) == {}


def test_no_template_is_crowded():
    assert faults(lambda source: max(0, len(source.splitlines()) - MOST_LINES)) == {}


SENTENCE_ENDS = re.compile(r"\) \}\}(?:</\w+>)?\{% endif %\}$")
SENTENCE_BEGINS = re.compile(r"^\s*\{% if [^%]*%\}(?:<a |<strong>)?(?:\{\{ _\(|class=)")


def test_two_sentences_do_not_stick_together():
    """Jinja takes away the line's end after a tag: ``{% endif +%}`` keeps it."""

    def stuck(source):
        lines = enumerate(pairwise(source.splitlines()), start=1)
        return [
            number for number, (line, after) in lines if SENTENCE_ENDS.search(line) and SENTENCE_BEGINS.search(after)
        ]

    assert faults(stuck) == {}
