"""Letters about whether it helped. They begin with the reader's own words, and their link is made while sending."""

from datetime import date, datetime
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import Words, render_letter
from pyramid_app.feedback.rules import shortened
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.verdicts.links import Asks, of_term
from pyramid_app.outcomes.verdicts.models import Reopening
from pyramid_app.outcomes.verdicts.rules import Helped
from pyramid_app.topics.models import Topic

MAKER = "verdict"
PLACE = "[[link]]"


def did_it_help(
    area: AreaSettings,
    topic: Topic,
    says: Outcome,
    person_id: UUID,
    *,
    outcome_id: UUID,
    said: str | None,
    answered: str | None,
    until: datetime,
    not_before: datetime,
) -> Draft:
    """The question about one thing that was done, in the words of its newest version (``says``)."""
    words = render_letter(
        "did_it_help", area=area, topic=topic, outcome=says, said=shortened(said) if said else None,
        answered=answered, told_on=london_date(says.answered_at), until=until,
    )  # fmt: skip
    facts = {"asks": int(Asks.HELPED), "about": outcome_id.hex}
    return _asking("verdict", words, person_id, facts, not_before, until, f"topic:{topic.id}")


def were_you_told(
    area: AreaSettings, term_on: date, person_id: UUID, *, said: str | None, until: datetime, not_before: datetime
) -> Draft:
    """The one question of a term."""
    words = render_letter("pulse", area=area, said=shortened(said) if said else None, until=until)
    facts = {"asks": int(Asks.TOLD), "about": of_term(term_on).hex}
    return _asking("pulse", words, person_id, facts, not_before, until, f"pulse:{term_on}")


def _asking(
    kind: str,
    words: Words,
    person_id: UUID,
    facts: dict[str, object],
    not_before: datetime,
    until: datetime,
    about: str,
) -> Draft:
    return Draft(
        kind=kind, subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id, about=about,
        maker=MAKER, facts=facts, not_before=not_before, expires_at=until,
    )  # fmt: skip


def we_start_again(
    area: AreaSettings,
    topic: Topic,
    reopening: Reopening,
    person_id: UUID,
    *,
    said: str | None,
    answered: str | None,
    helped: Helped | None,
    address: str,
) -> Draft:
    """To everybody who spoke. ``helped``: what this reader had said about it."""
    link = f"{address}/topics/{topic.ref}"
    words = render_letter(
        "topic_reopened", area=area, topic=topic, reopening=reopening, said=shortened(said) if said else None,
        answered=answered, helped=helped, link=link,
    )  # fmt: skip
    return _reopened(words, topic, person_id, link)


def put_before_representatives(
    area: AreaSettings, topic: Topic, outcome: Outcome, reopening: Reopening, person_id: UUID, address: str
) -> Draft:
    """To those who speak for families: this did not help, and is worked on again."""
    link = f"{address}/topics/{topic.ref}"
    words = render_letter(
        "topic_reopened_reps", area=area, topic=topic, outcome=outcome, reopening=reopening, link=link
    )  # fmt: skip
    return _reopened(words, topic, person_id, link)


def _reopened(words: Words, topic: Topic, person_id: UUID, link: str) -> Draft:
    return Draft(
        kind="reopened", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"topic:{topic.id}", link=link,
    )  # fmt: skip
