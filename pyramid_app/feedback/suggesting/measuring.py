"""How often the first suggestions are what people chose: on messages that were not learned from."""

import csv
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyramid_app.feedback.suggesting.ranking import Learned, learn

Labelled = tuple[str, frozenset[str]]
"""A comment, and the labels that people gave it."""


@dataclass(frozen=True)
class Accuracy:
    """The share of comments that have one of their labels in the first place, and among the first three."""

    first: float
    first_three: float


def read_comments(file: Path) -> list[Labelled]:
    """The labelled comments of a CSV, labels joined by ``|``. Raises ``ValueError`` where there is nothing to use."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, strict=True)
            if missing := {"text", "labels"}.difference(rows.fieldnames or ()):
                raise ValueError(f"{file} has no column {' and no column '.join(sorted(missing))}.")
            found = [_labelled(row, f"{file}, line {rows.line_num}") for row in rows]
    except (OSError, UnicodeError, csv.Error) as wrong:
        raise ValueError(_cannot_read(file, wrong)) from wrong
    labelled = [one for one in found if one[1]]
    if not labelled:
        raise ValueError(f"{file} has no comment with a label.")
    return labelled


def read_descriptions(file: Path) -> dict[str, str]:
    """What each category is called and what is said of it. Raises ``ValueError`` where that can't be read."""
    try:
        categories = json.loads(file.read_text(encoding="utf-8-sig"))["categories"]
        return {str(one["id"]): f"{one.get('name', '')} {one.get('description', '')}" for one in categories}
    except (OSError, ValueError) as wrong:
        raise ValueError(_cannot_read(file, wrong)) from wrong
    except (AttributeError, KeyError, TypeError) as wrong:
        raise ValueError(f"{file} is not a list of categories that each have an id.") from wrong


def accuracy(learned: Learned[str], comments: Iterable[Labelled]) -> Accuracy:
    """Of what was learned, on other comments."""
    return _share(_hits(learned, comments))


def accuracy_in_folds(comments: Sequence[Labelled], described: Mapping[str, str], folds: int, seed: int) -> Accuracy:
    """Shuffled by ``seed`` and laid in folds, of which each is ranked by what all the others teach."""
    if not 2 <= folds <= len(comments):
        raise ValueError(f"Choose at least 2 folds and at most {len(comments)}: so many comments have a label.")
    order = list(comments)
    random.Random(seed).shuffle(order)  # noqa: S311  a draw that anybody can repeat
    hits = []
    for fold in range(folds):
        others = (one for place, one in enumerate(order) if place % folds != fold)
        hits += _hits(learn(others, described), order[fold::folds])
    return _share(hits)


def _hits(learned: Learned[str], comments: Iterable[Labelled]) -> list[tuple[bool, bool]]:
    ranked = [(learned.rank(text, 3), labels) for text, labels in comments]
    return [(not labels.isdisjoint(best[:1]), not labels.isdisjoint(best)) for best, labels in ranked]


def _share(hits: Sequence[tuple[bool, bool]]) -> Accuracy:
    first, first_three = map(sum, zip(*hits, strict=True))
    return Accuracy(first / len(hits), first_three / len(hits))


def _labelled(row: Mapping[str | None, str | None], place: str) -> Labelled:
    text, labels = row["text"], row["labels"]
    if text is None or labels is None or None in row:
        raise ValueError(f"{place}: this row has more or fewer columns than the first.")
    return text, frozenset(label.strip() for label in labels.split("|") if label.strip())


def _cannot_read(file: Path, wrong: Exception) -> str:
    return f"{file} can't be read: {wrong.strerror if isinstance(wrong, OSError) else wrong}."
