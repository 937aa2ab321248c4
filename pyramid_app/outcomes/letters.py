"""Letters about a topic: what came of it, "we are late", "it takes longer". They begin with the reader's own words."""

from datetime import date
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.feedback.rules import shortened
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.views.queries import Line
from pyramid_app.topics.models import Topic


def outcome_words(
    area: AreaSettings,
    topic: Topic,
    outcome: Outcome,
    *,
    name: str,
    said: str | None,
    by: str,
    address: str,
    answered: str | None = None,
    reps: Line | None = None,
    again: bool = False,
) -> Words:
    """What one person reads; the desk shows exactly this before it is published.

    It begins with what they said, else with the title of the poll they ``answered``, else with the topic. ``reps``:
    what the representatives think of it, where they have said so already. ``again``: they have had a letter about an
    earlier version, and this one says that it was corrected, and why.
    """
    said = shortened(said) if said else None
    link = f"{address}/topics/{topic.ref}"
    return render_letter(
        "outcome_corrected" if again else "outcome_answer",
        area=area, topic=topic, outcome=outcome, name=name, said=said, answered=answered, by=by, link=link, reps=reps,
        changes=f"{address}/outcomes/{outcome.ref}/versions/{outcome.version}",
    )  # fmt: skip


def outcome_letter(words: Words, person_id: UUID, topic: Topic, address: str) -> Draft:
    return Draft(
        kind="outcome",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=person_id,
        about=f"topic:{topic.id}",
        link=f"{address}/topics/{topic.ref}",
    )


def date_letter(
    template: str,
    area: AreaSettings,
    topic: Topic,
    *,
    said: str | None,
    answered: str | None,
    person_id: UUID,
    missed: date,
    next_on: date,
    why: str,
    address: str,
) -> Draft:
    """A promised day that has passed (``outcome_late``) or that moves (``outcome_new_date``), and the next one."""
    said = shortened(said) if said else None
    link = f"{address}/topics/{topic.ref}"
    words = render_letter(
        template, area=area, topic=topic, said=said, answered=answered, missed_on=missed, next_on=next_on, why=why,
        link=link,
    )  # fmt: skip
    return Draft(
        kind="late",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        person_id=person_id,
        about=f"topic:{topic.id}",
        link=link,
    )
