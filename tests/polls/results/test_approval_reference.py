"""Several choices added up as real approval votes were, by another hand."""

import csv
from uuid import uuid4

import pytest

from pyramid_app.polls.kinds import Asked, QuestionKind
from pyramid_app.polls.results.adding import Adding
from tests.support.papers import Opt, Ques
from tests.support.reference import files, needs


@needs("polls")
@pytest.mark.parametrize("file", files("polls", "*approvals.pb"), ids=lambda file: file.stem[-40:])
def test_the_tally_equals_the_published_one(file):
    projects, votes = _sections(file.read_text(encoding="utf-8-sig"))
    options = {row["project_id"]: Opt(row["project_id"]) for row in projects}
    question = Ques(kind=QuestionKind.SEVERAL, at_most=len(options))
    added = Adding(Asked([question], {question.id: list(options.values())}))
    for row in votes:
        chosen = [options[one].id.hex for one in row["vote"].split(",") if one]
        added.add({question.id.hex: chosen}, uuid4().bytes)
    tally = added.tallies[question.id]
    assert {name: tally[option.id.hex] for name, option in options.items()} == {
        row["project_id"]: int(row["votes"]) for row in projects
    }
    assert votes


def _sections(text):
    after = text.split("PROJECTS\n", 1)[1]
    projects, votes = after.split("VOTES\n", 1)
    return tuple(list(csv.DictReader(part.splitlines(), delimiter=";")) for part in (projects, votes))
