"""Publishing an edition of the charter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import func, select

from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.work import Work
from pyramid_app.charter.models import Commitment, Edition, Maker, Principle, Twin, Wording
from pyramid_app.charter.queries import current_edition
from pyramid_app.charter.rules import Did, Says, Words


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


@dataclass(frozen=True)
class Worded:
    """A commitment as the next edition says it: with what its partners answered, and its twins by language, each with
    the fingerprint of the text that it was made from."""

    words: Words
    said: Mapping[str, tuple[Says, str]] = field(default_factory=dict)
    twins: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def lay_charter(work: Work, introduction: str, principles: Sequence[PrincipleDraft], *, sample: bool) -> Edition:
    """The first edition of an area, with the numbers that principles and commitments keep."""
    numbers = [new_principle(work, principle.name, principle.meaning) for principle in principles]
    drafts = [
        Words(number, promise.text, promise.how_we_know, makers=(promise.partner,))
        for number, principle in zip(numbers, principles, strict=True)
        for promise in principle.promises
    ]
    return publish_edition(work, introduction, {new_number(work): Worded(words) for words in drafts}, sample=sample)


def publish_edition(work: Work, introduction: str, promises: Mapping[int, Worded], *, sample: bool = False) -> Edition:
    """A whole charter by the numbers of its commitments; it is numbered on from the last and never changes again."""
    one_at_a_time(work.session, "charter")
    before = current_edition(work.session)
    edition = Edition(
        number=before.number + 1 if before else 1, published_at=work.now, introduction=introduction, sample=sample
    )
    work.session.add(edition)
    work.session.flush()
    for commitment, worded in promises.items():
        _word(work, edition.number, commitment, worded)
    work.session.flush()
    work.record(Did.PUBLISHED, f"edition:{edition.number}", promises=len(promises))
    return edition


def new_principle(work: Work, name: str, meaning: str) -> int:
    """Its number, which no other principle ever had."""
    one_at_a_time(work.session, "charter")
    number = (work.session.exec(select(func.max(Principle.number))).one() or 0) + 1
    work.session.add(Principle(number=number, name=name, meaning=meaning))
    work.session.flush()
    return number


def new_number(work: Work) -> int:
    """A number for a commitment, which no other ever had: those that retired keep theirs."""
    one_at_a_time(work.session, "charter")
    number = (work.session.exec(select(func.max(Commitment.number))).one() or 0) + 1
    work.session.add(Commitment(number=number))
    work.session.flush()
    return number


def _word(work: Work, edition: int, commitment: int, worded: Worded) -> None:
    own = {name: value for name, value in vars(worded.words).items() if name != "makers"}
    work.session.add(Wording(edition=edition, commitment=commitment, **own))
    # Rows of other tables point to it in the same act.
    work.session.flush()
    for partner in worded.words.makers:
        says, condition = worded.said.get(partner, (Says.KEEPS, ""))
        work.session.add(Maker(edition=edition, commitment=commitment, partner=partner, says=says, condition=condition))
    for language, (text, of_digest) in worded.twins.items():
        work.session.add(
            Twin(edition=edition, commitment=commitment, language=language, text=text, of_digest=of_digest)
        )
