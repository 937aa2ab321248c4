"""Measuring suggestions by hand, on comments that people have labelled."""

from pathlib import Path

import click

from pyramid_app.feedback.suggesting.measuring import (
    Accuracy,
    accuracy,
    accuracy_in_folds,
    read_comments,
    read_descriptions,
)
from pyramid_app.feedback.suggesting.ranking import learn

FILES = click.Path(path_type=Path)


@click.group()
def suggestions() -> None:
    """What is suggested to the desk."""


@suggestions.command("evaluate")
@click.option("--train", type=FILES, required=True, help="A folder with comments.csv and categories.json.")
@click.option("--test", type=FILES, help="A CSV of other comments, with the same columns.")
@click.option("--folds", type=int, help="Instead of a test: so many parts of the folder, each held against the rest.")
@click.option("--seed", type=int, default=1, show_default=True, help="Shuffles what is laid in folds.")
def evaluate(train: Path, test: Path | None, folds: int | None, seed: int) -> None:
    """How often a label that people gave is suggested first, and among the first three."""
    measured = _measure(train, test, folds, seed)
    click.echo(f"acc@1 {measured.first:.3f}")
    click.echo(f"acc@3 {measured.first_three:.3f}")


def _measure(train: Path, test: Path | None, folds: int | None, seed: int) -> Accuracy:
    comments, described = read_comments(train / "comments.csv"), read_descriptions(train / "categories.json")
    if test is not None and folds is None:
        return accuracy(learn(comments, described), read_comments(test))
    if test is None and folds is not None:
        return accuracy_in_folds(comments, described, folds, seed)
    raise ValueError("Say what to measure on: either --test FILE.csv or --folds 5.")
