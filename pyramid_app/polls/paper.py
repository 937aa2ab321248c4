"""A poll as it stands on its paper, and the fingerprint of what must not change about it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from pyramid_app.ballots.rules import Roll
from pyramid_app.participation.rules import Circle
from pyramid_app.polls.kinds import Asked
from pyramid_app.polls.models import Option, Poll, Question


def circle_of(poll: Poll) -> Circle:
    """Whom this poll asks."""
    names = {name: tuple(poll.audience.get(name, ())) for name in ("levels", "wards", "places")}
    return Circle(**names, young=poll.for_young_people)


def asked_at(poll: Poll, at: datetime) -> datetime:
    """The instant that decides who belongs: now, or the opening where the roll is fixed."""
    return min(at, poll.opens_at) if poll.roll is Roll.FIXED and poll.opens_at else at


@dataclass(frozen=True)
class Paper:
    """A poll with its questions and their options, as they stand on the paper."""

    poll: Poll
    questions: list[Question]
    options: dict[UUID, list[Option]]
    drafts: tuple[str, ...] = ()
    """Fingerprints of the drafts that it ratifies, in their order."""

    @property
    def asked(self) -> Asked:
        """What its answers are checked against."""
        return Asked(self.questions, self.options, self.poll.facts)


def digest_of(paper: Paper) -> str:
    """A fingerprint of everything that must not change: words, options and their order, rules and first dates.

    Not in it: the close, which may move later with a public reason, and what happens next, which may be sharpened.
    """
    poll = paper.poll
    whole = [
        poll.id.hex, poll.roll, poll.audience, poll.for_young_people, poll.facts, poll.one_by_one,
        _moment(poll.opens_at), _moment(poll.promised_close_at), digest_of_words(paper),
        [[question.id.hex, [option.id.hex for option in paper.options[question.id]]] for question in paper.questions],
    ]  # fmt: skip
    if poll.ratifies:
        whole.append([poll.quorum_percent, poll.more_than_percent, *paper.drafts])
    return _fingerprint(whole)


def digest_of_words(paper: Paper) -> str:
    """A fingerprint of what a representative looks at: everything that a family reads before she answers.

    Words alone: saving a draft again gives its questions new names, and changes nothing that anybody reads.
    """
    poll = paper.poll
    asked = [
        [q.text, q.kind, q.at_most, q.shuffled, [[o.name, o.meaning] for o in paper.options[q.id]]]
        for q in paper.questions
    ]
    whole = [
        poll.kind, poll.title, poll.why, poll.proposal, poll.considered, poll.who_decides, poll.where_decided,
        str(poll.decided_on), poll.can_change, poll.cannot_change, asked,
    ]  # fmt: skip
    return _fingerprint(whole)


def _fingerprint(whole: Sequence[object]) -> str:
    return sha256(json.dumps(whole, separators=(",", ":"), sort_keys=True).encode()).hexdigest()


def _moment(at: datetime | None) -> str:
    return str(at and at.timestamp())
