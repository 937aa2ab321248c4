"""A poll as it stands on its paper, and the fingerprint of what must not change about it."""

import json
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from pyramid_app.polls.models import Option, Poll, Question


@dataclass(frozen=True)
class Paper:
    """A poll with its questions and their options, as they stand on the paper."""

    poll: Poll
    questions: list[Question]
    options: dict[UUID, list[Option]]


def digest_of(paper: Paper) -> str:
    """A fingerprint of everything that must not change: words, options and their order, dates and limits."""
    poll = paper.poll
    asked = [
        [q.id.hex, q.text, q.kind, q.at_most, [[o.id.hex, o.name, o.meaning] for o in paper.options[q.id]]]
        for q in paper.questions
    ]
    whole = [
        poll.id.hex, poll.title, poll.why, poll.who_decides, poll.where_decided, str(poll.decided_on),
        poll.can_change, poll.cannot_change, poll.next_what, str(poll.next_by),
        str(poll.opens_at and poll.opens_at.timestamp()), str(poll.closes_at and poll.closes_at.timestamp()), asked,
    ]  # fmt: skip
    return sha256(json.dumps(whole, separators=(",", ":")).encode()).hexdigest()
