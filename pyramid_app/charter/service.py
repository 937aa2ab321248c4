"""Publishing an edition of the charter."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyramid_app.base.work import Work
from pyramid_app.charter.models import Commitment, Edition, Principle, Wording
from pyramid_app.charter.queries import current_edition

PUBLISHED = "charter:edition published"


@dataclass(frozen=True)
class PromiseDraft:
    """A promise before it is a row: who makes it, what it says, how anybody will know."""

    partner: str
    text: str
    how_we_know: str


@dataclass(frozen=True)
class PrincipleDraft:
    name: str
    meaning: str
    promises: tuple[PromiseDraft, ...]


def publish_edition(work: Work, introduction: str, principles: Sequence[PrincipleDraft], *, sample: bool) -> Edition:
    """The first edition of a charter: principles and commitments get their numbers, which are never used again."""
    before = current_edition(work.session)
    edition = Edition(
        number=before.number + 1 if before else 1, published_at=work.now, introduction=introduction, sample=sample
    )
    work.session.add(edition)
    number = 0
    for place, principle in enumerate(principles, start=1):
        work.session.add(Principle(number=place, name=principle.name, meaning=principle.meaning))
        # Rows of other tables point to these in the same act.
        work.session.flush()
        for promise in principle.promises:
            number += 1
            work.session.add(Commitment(number=number, principle=place, partner=promise.partner))
            work.session.flush()
            work.session.add(
                Wording(edition=edition.number, commitment=number, text=promise.text, how_we_know=promise.how_we_know)
            )
    work.record(PUBLISHED, f"edition:{edition.number}")
    return edition
