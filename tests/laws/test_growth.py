"""No text that a stranger writes costs more than its length: twice the text takes less than 2.6 times as long.

Measured is the processor's time of this process alone, the quickest of a few turns that small and large take one after
the other, over two doublings: what grows with the square of the length then takes sixteen times as long.
"""

import ast
import csv
import importlib
import io
import pkgutil
import re
from functools import cache
from itertools import count
from pathlib import Path
from time import process_time

import pytest

import pyramid_app
from pyramid_app.accounts.addresses import masked, normal_address
from pyramid_app.base.errors import Refused
from pyramid_app.base.files.papers import look_through
from pyramid_app.base.web.forms import clean
from pyramid_app.charter.commenting.rules import SENTENCES
from pyramid_app.charter.editions.markdown import read
from pyramid_app.charter.editions.writing import plain
from pyramid_app.feedback.intake.lists import read_table, same_words
from pyramid_app.feedback.intake.mail import read_mail
from pyramid_app.feedback.intake.mail_html import without_tags
from pyramid_app.feedback.intake.mail_parts import cut
from pyramid_app.feedback.noticing import clear, may_be_urgent, notice
from pyramid_app.feedback.suggesting.stems import stems
from pyramid_app.kit.texts.changes import changes
from pyramid_app.kit.texts.redline import compare, to_read
from pyramid_app.kit.texts.slugs import slug
from pyramid_app.kit.texts.tidy import tidy
from pyramid_app.outcomes.searching.rules import words_of

TWICE = 2.6
"""Linear is 2; sorting is a little more."""
FLOOR = 0.001
"""Seconds from which on a measured time means something."""
TURNS = 8
"""How often small and large take turns before a machine's other work is no excuse any more."""
MOST = 64_000
"""Letters: what is quick with so many is quick with all that a door takes."""


def numbered(unit):
    """Units that are all different, so that nothing is found twice."""

    def text(length):
        names = ("".join(chr(97 + int(digit)) for digit in str(number)) for number in count(1000))
        parts, total = [], 0
        while total < length:
            parts.append(unit.format(next(names)))
            total += len(parts[-1])
        return "".join(parts)

    return text


def repeated(unit, *, start="", end=""):
    return lambda length: start + unit * (length // len(unit)) + end


SHAPES = {
    "blank lines": repeated("\n", start="Hello\n", end="bye"),
    "spaces": repeated(" ", start="thanks", end="x"),
    "quote marks": repeated("> > "),
    "quoted lines": repeated("> x\n"),
    "attributions": repeated("On Monday Sam wrote:\n> x\n"),
    "greetings": repeated("Thanks\n"),
    "a greeting and blanks": repeated("Hello ,.! ", end="x"),
    "small print": repeated("This email is x\n"),
    "heads in the text": repeated("From: a\nSent: b\nTo: c\n"),
    "parameters": repeated('; a*0="b\\"'),
    "quotes": repeated('"'),
    "unclosed brackets": repeated("["),
    "comments in brackets": repeated("(a "),
    "links": repeated("[a](b "),
    "pictures": repeated("![[]("),
    "stars": repeated("*a _b "),
    "backticks": repeated("`a"),
    "lists": repeated("- a\n"),
    "nested lists": lambda length: "".join("  " * min(at, 30) + "- a\n" for at in range(length // 60)),
    "citations": repeated(">" * 40 + " a\n"),
    "unfinished tags": repeated("<a "),
    "tags with a quote": repeated('<a b="x>'),
    "comments": repeated("<!--"),
    "styles": repeated("<style>"),
    "nested tags": repeated("<div><b>", end="x"),
    "entities": repeated("&#x"),
    "ats": repeated("@"),
    "near addresses": repeated("a@b@c.d "),
    "a long name before an at": repeated("a", end="@"),
    "capitals": repeated("Aa "),
    "one word of capitals": repeated("Aa-"),
    "near names": repeated("my son Aa, "),
    "different names": numbered("my son A{0} "),
    "different names of two": numbered("my son Adam A{0}, "),
    "schools": repeated("St Aa School "),
    "different schools": numbered("a A{0} School "),
    "digits": repeated("0"),
    "near numbers": repeated("0 ."),
    "near deadlines": repeated("appeal "),
    "one letter": repeated("a"),
    "words": numbered("{0} "),
    "sentences": numbered("The {0} is late. "),
    "paragraphs": numbered("The {0} is late.\n\n"),
    "unseen signs": repeated("\u200b\u202e"),
    "joiners": repeated("\u0628\u200d"),
    "accents": repeated("\u0301", start="e"),
    "columns": repeated('words,"', end="\n"),
    "rows": repeated("words\n"),
    "formulas": repeated("=a,"),
    "semicolons": repeated(" ; "),
}

IN_A_HEAD = (
    "parameters", "quotes", "unclosed brackets", "comments in brackets", "ats", "near addresses", "one letter",
    "capitals", "entities", "digits", "different names",
)  # fmt: skip
HEAD = "From: a@b.example\nSubject: x\n"


def halves(text):
    """A text and another, of which each second word is new."""
    words = text.split(" ")
    return text, " ".join(f"{word}x" if at % 2 else word for at, word in enumerate(words))


def refused(reads):
    def read_it(text):
        try:
            reads(text)
        except Refused:
            return

    return read_it


def in_a_list(text):
    out = io.StringIO()
    csv.writer(out).writerows([["words"], *([line] for line in text.split("\n"))])
    read_table(out.getvalue().encode())


READERS = {
    "read_mail": read_mail,
    "read_mail, its sender": lambda text: read_mail(f"From: {text}\nSubject: x\n\nhello"),
    "read_mail, its subject": lambda text: read_mail(f"From: a@b.example\nSubject: =?utf-8?q?{text}\n\nhello"),
    "read_mail, its kind": lambda text: read_mail(f"{HEAD}Content-Type: multipart/mixed; boundary={text}\n\nhello"),
    "read_mail, a part's kind": lambda text: read_mail(
        f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name={text}\n\nhello\n--b--"
    ),
    "a mail that carries it": lambda text: read_mail(
        f"{HEAD}Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{text}"
    ),
    "cut": cut,
    "without_tags": without_tags,
    "notice": notice,
    "clear": clear,
    "may_be_urgent": may_be_urgent,
    "read_table": lambda text: read_table(f"words,channel\n{text}".encode()),
    "read_table, cells": in_a_list,
    "same_words": same_words,
    "the charter": read,
    "the charter, a promise": lambda text: read(f"## We listen\n\n- {text}"),
    "words_of": words_of,
    "stems": stems,
    "normal_address": refused(lambda text: normal_address(text, frozenset({"email", "mobile"}))),
    "masked": masked,
    "clean": clean,
    "tidy": tidy,
    "slug": lambda text: slug(text, empty="x"),
    "sentences": SENTENCES.split,
    "written": plain,
    "look_through": refused(lambda text: look_through(f"%PDF-1.7\n{text}".encode())),
}


@cache
def text_of(shape, length):
    return SHAPES[shape](length)


def took(reads, text):
    began = process_time()
    reads(text)
    return process_time() - began


def grows(reads, shape, most=MOST):
    """By how much a doubling makes it slower, where it takes any time at all; else 1."""
    length = 500
    while (quick := took(reads, text_of(shape, length))) < FLOOR:
        length *= 2
        if 4 * length > most:
            return 1.0
    small, large = text_of(shape, length), text_of(shape, 4 * length)
    slow = took(reads, large)
    for _turn in range(TURNS):
        if slow < TWICE**2 * quick:
            break
        quick, slow = min(quick, took(reads, small)), min(slow, took(reads, large))
    return (slow / quick) ** 0.5


@pytest.mark.parametrize("reader", READERS)
def test_reading_grows_with_the_length_and_no_more(reader):
    shapes = IN_A_HEAD if reader.startswith("read_mail, ") else SHAPES
    found = {shape: round(grows(READERS[reader], shape), 1) for shape in shapes}
    assert {name: times for name, times in found.items() if times > TWICE} == {}


def test_what_grows_with_the_square_is_found():
    """The measure itself: what the tail of a message was once looked for with."""

    def old_signature_start(text):
        own = text.splitlines(keepends=True)
        return sum(len([later.strip() for later in own[i + 1 :] if later.strip()]) for i, _line in enumerate(own))

    assert grows(old_signature_start, "blank lines") > TWICE


def redlined(text):
    pieces = compare(*halves(text))
    changes(pieces)
    to_read(pieces, added="a", removed="b", end="c")


@pytest.mark.parametrize("compares", [redlined, lambda text: compare(text, text[::-1])], ids=["halves", "reversed"])
def test_a_comparison_spends_no_more_on_nonsense_than_a_long_text_costs(compares):
    """Comparing takes the square, up to an effort that it counts itself: so it is the whole that is bounded."""
    usual = min(took(compares, text_of("sentences", 32_000)) for _ in range(3))
    dear = {shape: took(compares, text_of(shape, 2_000)) for shape in SHAPES}
    assert {shape: seconds for shape, seconds in dear.items() if seconds > 20 * usual} == {}


# Patterns ------------------------------------------------------------------------------------------------------------

TRUSTED = {"pyramid_app.base.web.assets"}
"""What they read comes with a release."""
ANYWHERE = ("search", "sub", "subn", "findall", "finditer", "split")
ANCHORED = ("match", "fullmatch")


def patterns():
    """Every pattern of the product, written out or kept in a module, as it is used there."""
    for module in pkgutil.walk_packages(pyramid_app.__path__, "pyramid_app."):
        if module.name in TRUSTED:
            continue
        loaded = importlib.import_module(module.name)
        source = Path(loaded.__file__).read_text()
        for name, value in vars(loaded).items():
            for one in flat(value):
                anchored = re.search(rf"\b{name}\.(?:{'|'.join(ANCHORED)})\(", source)
                anywhere = isinstance(value, tuple) or re.search(rf"\b{name}\.(?:{'|'.join(ANYWHERE)})\b", source)
                yield from uses(f"{module.name}.{name}", one, bool(anchored), bool(anywhere))
        for written, how in written_out(source):
            yield from uses(module.name, re.compile(written), how in ANCHORED, how in ANYWHERE)


def uses(place, pattern, anchored, anywhere):
    where = f"{place}: {pattern.pattern[:30]!r}"
    if isinstance(pattern.pattern, str) and anchored:
        yield where, pattern.fullmatch
        yield where, pattern.match
    if isinstance(pattern.pattern, str) and anywhere:
        yield where, lambda text: sum(1 for _ in pattern.finditer(text))


def flat(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from flat(one)


def written_out(source):
    """Patterns that stand where they are used, as ``re.sub("…", …)``."""
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        of_re, first = isinstance(call.func.value, ast.Name) and call.func.value.id == "re", call.args[0]
        if of_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, call.func.attr


def test_no_pattern_reads_a_text_many_times():
    """Whatever text each of them meets one day."""
    known = list(patterns())
    tried = ((where, use, shape) for where, use in known for shape in SHAPES)
    slow = {(where, shape): times for where, use, shape in tried if (times := grows(use, shape, 8_000)) > TWICE}
    assert slow == {}
    assert len(known) > 100, "the patterns were found"
