"""``pyramid-app suggestions evaluate``: two lines, the same each time, or one sentence that says what is wrong."""

import csv
import json
import re
import time
from collections import Counter

import pytest
from click.testing import CliRunner

from pyramid_app.cli import main
from pyramid_app.feedback.suggesting.measuring import accuracy_in_folds, read_comments, read_descriptions
from pyramid_app.feedback.suggesting.ranking import learn
from pyramid_app.feedback.suggesting.stems import stem
from tests.support.reference import DATA, needs

MOST_TIMES_AS_MUCH = 30

COMMENTS = [
    ("The bus is late", "t1"),
    ("Late bus again", "t1|t3"),
    ("No plan yet", "t2"),
    ("The plan is wrong", "t2"),
    ("Nobody filed this bus", ""),
]
CATEGORIES = {"categories": [{"id": "t1", "name": "Transport"}, {"id": "t2", "name": "Plans", "description": "EHC"}]}


def write_comments(file, comments, header=("id", "text", "labels", "sentiment"), encoding="utf-8"):
    with file.open("w", encoding=encoding, newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(header)
        rows.writerows([f"p{number}", *comment, "3"] for number, comment in enumerate(comments))
    return file


@pytest.fixture
def folder(tmp_path):
    write_comments(tmp_path / "comments.csv", COMMENTS)
    (tmp_path / "categories.json").write_text(json.dumps(CATEGORIES))
    return tmp_path


def evaluate(folder, *words):
    return CliRunner().invoke(main, ["suggestions", "evaluate", "--train", str(folder), *map(str, words)])


def test_two_lines_and_nothing_else(folder, tmp_path):
    other = write_comments(
        tmp_path / "other.csv",
        [("Transport!", "t1"), ("My plan", "t3|t2"), ("late bus", "t2"), ("late bus", "unheard of"), ("no label", "")],
        encoding="utf-8-sig",
    )
    done = evaluate(folder, "--test", other)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "acc@1 0.500\nacc@3 0.750\n", "")


def test_folds_are_drawn_by_the_seed(folder):
    first = evaluate(folder, "--folds", 4, "--seed", 1)
    assert first.exit_code == 0
    assert first.stdout == evaluate(folder, "--folds", 4).stdout
    assert [line.split()[0] for line in first.stdout.splitlines()] == ["acc@1", "acc@3"]


def spoil(folder, file, content):
    (folder / file).write_bytes(content)


BROKEN = [
    ("comments.csv", b"", "no column labels and no column text"),
    ("comments.csv", b"id,text\n1,bus\n", "no column labels"),
    ("comments.csv", b"id,text,labels\n1,bus,\n", "no comment with a label"),
    ("comments.csv", b'id,text,labels\n1,"bus"es,t1\n', "can't be read"),
    ("comments.csv", b"id,text,labels\n1,bus,t1\n2,bus\n", "line 3"),
    ("comments.csv", b"id,text,labels\n1,bus, and more,t1\n", "line 2"),
    ("comments.csv", b"id,text,labels\n1,caf\xe9,t1\n", "can't be read"),
    ("categories.json", b"{", "can't be read"),
    ("categories.json", b"[]", "not a list of categories"),
    ("categories.json", b'{"categories": [{"name": "Transport"}]}', "not a list of categories"),
]


@pytest.mark.parametrize(("file", "content", "why"), BROKEN)
def test_what_cannot_be_used_is_said_in_one_sentence(folder, file, content, why):
    spoil(folder, file, content)
    done = evaluate(folder, "--folds", 2)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["--folds", "1"],
        ["--folds", "5"],
        [],
        ["--folds", "2", "--test", "comments.csv"],
        ["--test", "nowhere.csv"],
        ["--test", "."],
    ],
)
def test_a_measure_that_cannot_be_taken_is_refused(folder, words):
    done = evaluate(folder, *words)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("missing", ["comments.csv", "categories.json"])
def test_a_missing_file_is_named(folder, missing):
    (folder / missing).unlink()
    done = evaluate(folder, "--folds", "2")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert missing in done.stderr


@needs("feedback")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_unseen_comments_are_ranked_as_people_did(seed):
    comments = read_comments(DATA / "feedback" / "comments.csv")
    described = read_descriptions(DATA / "feedback" / "categories.json")
    measured = accuracy_in_folds(comments, described, 5, seed)
    assert measured.first >= 0.70
    assert measured.first_three >= 0.87


def worked(work):
    """Seconds of the processor, the best of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


@needs("feedback")
def test_learning_and_ranking_cost_little_more_than_counting_the_words():
    comments = read_comments(DATA / "feedback" / "comments.csv")
    described = read_descriptions(DATA / "feedback" / "categories.json")

    def learn_and_rank():
        stem.cache_clear()  # as in a process that has just begun
        learned = learn(comments, described)
        assert all(len(learned.rank(text, 3)) == 3 for text, _ in comments[:100])

    bare = worked(lambda: [Counter(re.findall(r"\w+", text.lower())) for text, _ in comments])
    assert worked(learn_and_rank) < MOST_TIMES_AS_MUCH * bare
