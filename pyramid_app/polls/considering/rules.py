"""What "how we considered this" must hold before it can be published. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class PointDraft:
    """One main point: what families said, to which question, and what came of it."""

    said: str
    answer: str = ""
    changed: bool = False
    question_id: UUID | None = None


def what_is_missing(points: Sequence[PointDraft], questions: Mapping[UUID, str]) -> list[Say]:
    """Every point has an answer, and every question has a point: what families said is not passed over in silence.

    Conscientious consideration is the fourth of the Gunning principles (``domain.md`` 3).
    """
    missing = []
    if not points:
        missing.append(Say("Write the main points that families made."))
    missing += [Say("Say what came of this point: “{said}”", said=one.said) for one in points if not one.answer]
    spoken = {point.question_id for point in points}
    missing += [
        Say("No point is about this question: “{question}”", question=text)
        for ident, text in questions.items()
        if points and ident not in spoken
    ]
    return missing
