"""A town in which something was done, and families who spoke about it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

from sqlmodel import select

from pyramid_app.accounts.models import Person
from pyramid_app.base.actor import NOBODY, Actor
from pyramid_app.base.db import Database
from pyramid_app.base.work import Work
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.outcomes.verdicts import service
from pyramid_app.outcomes.verdicts.models import Reopening, Verdict
from pyramid_app.outcomes.verdicts.rules import Answer as Said
from pyramid_app.outcomes.verdicts.rules import Helped
from tests.builders import a_member

Act = Callable[..., AbstractContextManager[Work]]
BUS = "The bus is late."
DONE = Draft(
    Answer.DONE,
    you_said="The bus is late and nobody tells us.",
    we_did="You get a text when the bus is late.",
    for_families="You know when to leave.",
    evidence="https://example.org/bus",
    done_on=date(2027, 3, 1),
)


def speaks(work: Work, team: Actor, person: Person, topic_id: UUID, words: str = BUS) -> None:
    voice = feedback.receive(
        work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=words, person_id=person.id
    )  # fmt: skip
    before, work.actor = work.actor, team
    filing.file_voice(work, voice.id, topic_id, cleared=words)
    work.actor = before


def families(act: Act, team: Actor, topic_id: UUID, number: int) -> list[Person]:
    """So many families who spoke: family0@example.org and so on."""
    with act() as work:
        people = [a_member(work, f"family{n}@example.org", name=f"Family {n}") for n in range(number)]
        for person in people:
            speaks(work, team, person, topic_id)
    return people


def publish(act: Act, team: Actor, topic_id: UUID, draft: Draft = DONE) -> Outcome:
    with act(team) as work:
        return outcomes.publish(work, topic_id, draft)


def says(act: Act, outcome_id: UUID, person: Person, helped: Helped, **more: object) -> None:
    with act(NOBODY) as work:
        service.answer(work, outcome_id, person.id, Said(helped, **more))  # type: ignore[arg-type]


def all_say(act: Act, outcome_id: UUID, people: Sequence[Person], *answers: Helped) -> None:
    for person, helped in zip(people, answers, strict=False):
        says(act, outcome_id, person, helped)


def verdicts(database: Database) -> list[Verdict]:
    with database.reading() as session:
        return list(session.exec(select(Verdict)))


def reopenings(database: Database) -> list[Reopening]:
    with database.reading() as session:
        return list(session.exec(select(Reopening)))
