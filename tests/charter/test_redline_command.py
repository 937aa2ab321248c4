"""``pyramid-app redline OLD NEW``: both files come back from what it prints, or one sentence says what is wrong."""

import json
import re
import subprocess
import sys
import time
from html import unescape
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pyramid_app.cli import main
from pyramid_app.kit.texts.redline import Kind, compare
from tests.support.reference import DATA, files, needs

CHARTERS = ("contributor-covenant", "pep-0013-governance")
PAIRS = [
    pytest.param(old, new, id=f"{old.parent.name} {old.stem} {new.stem}")
    for name in CHARTERS
    for versions in [files(f"charters/{name}", "v*")]
    for old, new in [*pairwise(versions), *([(versions[0], versions[-1])] if versions else [])]
]
UNSEEN = ["\r\n", "\r", "\ufeff", "\u200b", "\u202e", "\u0085", "שלום"]
MARKUP = ["<ins>", "</ins>", "<del>x", "&amp;", "&#13;", "&", "\"'", "**"]
WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
TEXT = st.lists(st.one_of(st.sampled_from(["the bus", "\n", " ", ". ", *UNSEEN, *MARKUP]), WRITTEN)).map("".join)
TAG = re.compile(r"</?(?:ins|del)>")


def redline(old, new):
    return CliRunner().invoke(main, ["redline", str(old), str(new)])


def rebuilt(html):
    """What is outside ``<ins>``, and what is outside ``<del>``."""
    without = (re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL) for tag in ("ins", "del"))
    return tuple(unescape(TAG.sub("", rest)) for rest in without)


def holds(done, old, new):
    assert (done.exit_code, done.stderr) == (0, "")
    html = done.stdout_bytes.decode()
    assert rebuilt(html) == (old.read_bytes().decode(), new.read_bytes().decode())
    assert "<" not in TAG.sub("", html)
    assert ">" not in TAG.sub("", html)


@needs("charters")
@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_both_versions_of_a_charter_come_back(old, new):
    holds(redline(old, new), old, new)


@given(TEXT, TEXT)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("\ufeffOne.\r\nTwo.\rThree.", "\ufeffOne.\nTwo.\r\n\r\nThree.")
@example("", "")
@example("a\n", "a")
@example("\0<b>\0", "&lt;b&gt;")
def test_any_two_texts_come_back(tmp_path, old, new):
    before, after = tmp_path / "old.md", tmp_path / "new.md"
    before.write_bytes(old.encode())
    after.write_bytes(new.encode())
    holds(redline(before, after), before, after)


def test_as_a_program_it_prints_nothing_else_and_no_line_end_is_lost(tmp_path):
    before, after = tmp_path / "old.md", tmp_path / "new.md"
    before.write_bytes(b"We answer.\r\n<b>Soon</b>")
    after.write_bytes("We answer within 10 days.\r\n<b>Soon</b> – שלום".encode())
    done = subprocess.run(
        [sys.executable, "-m", "pyramid_app.cli", "redline", before, after],
        capture_output=True, check=True, text=True, encoding="utf-8", env={"LC_ALL": "C"},
    )  # fmt: skip
    assert done.stdout == ("We answer<ins> within 10 days</ins>.&#13;\n&lt;b&gt;Soon&lt;/b&gt;<ins> – שלום</ins>")
    assert done.stderr == ""


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("content", "why"), [(None, "No such file"), ("folder", "Is a directory"), (b"caf\xe9", "as UTF-8: byte 4")]
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path, place, content, why):
    (tmp_path / "fine.md").write_text("Fine.")
    wrong = tmp_path / "wrong.md"
    if content == "folder":
        wrong.mkdir()
    elif content:
        wrong.write_bytes(content)
    done = redline(*[tmp_path / "fine.md", wrong][:: 1 if place else -1])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "wrong.md" in done.stderr
    assert why in done.stderr


def counted(folder):
    """For each version after the first: words that git's comparison marks, and words that ours does."""
    versions = json.loads((DATA / "charters" / folder / "index.json").read_text())["versions"]
    for one, other in pairwise(versions):
        texts = ((DATA / "charters" / folder / each["file"]).read_bytes().decode() for each in (one, other))
        marked = sum(len(piece.text.split()) for piece in compare(*texts) if piece.kind is not Kind.SAME)
        yield sum(other["from_previous"][f"words_{way}"] for way in ("inserted", "deleted")), marked


@needs("charters")
@pytest.mark.parametrize("folder", CHARTERS)
def test_little_more_is_marked_than_git_marks(folder):
    """A mark stands for a change that is read as one, so that a lone word between two goes with them."""
    both = list(counted(folder))
    assert all(ours <= 1.1 * git + 2 for git, ours in both), both
    assert sum(ours for _git, ours in both) <= 1.06 * sum(git for git, _ours in both)


@needs("charters")
def test_a_charter_of_twenty_thousand_words_takes_less_than_a_second(tmp_path):
    versions = files("charters/pep-0013-governance", "v*")
    old, new = (file.read_text() * 10 for file in (versions[0], versions[-1]))
    assert min(len(old.split()), len(new.split())) > 19_000
    (tmp_path / "old").write_text(old)
    (tmp_path / "new").write_text(new)
    took = []
    for _ in range(3):
        began = time.process_time()
        done = redline(tmp_path / "old", tmp_path / "new")
        took.append(time.process_time() - began)
        assert rebuilt(done.stdout) == (old, new)
    # The least of some readings is what it takes; the rest is what else the machine does.
    assert min(took) < 1, took
