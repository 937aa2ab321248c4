"""Asking families whether it helped, taking their answers, ringing those who want it."""

from collections.abc import Mapping
from datetime import datetime, time
from uuid import UUID

from pyramid_app.accounts import queries as people
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.area.queries import settings_of
from pyramid_app.base.db import insert_new, table
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback import sums
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import LONDON, add_working_days, london_date, sentence
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.verdicts import letters, queries
from pyramid_app.outcomes.verdicts.models import Verdict, VerdictRound
from pyramid_app.outcomes.verdicts.permissions import may_ring
from pyramid_app.outcomes.verdicts.queries import Asked
from pyramid_app.outcomes.verdicts.rules import OPEN_FOR, Answer, Did, closes_at, find_number, what_is_wrong
from pyramid_app.topics import queries as topics

MORNING = time(9)
"""No telephone rings at midnight because a day begins."""


def not_before(now: datetime) -> datetime:
    """When a question may leave that fell due today: from nine in the morning on."""
    return max(now, datetime.combine(london_date(now), MORNING, LONDON))


def begin_round(work: Work, outcome_id: UUID) -> None:
    """From now on families are asked about this answer; a second scheduler begins nothing new."""
    values = {"outcome_id": outcome_id, "asked_at": work.now, "year": london_date(work.now).year}
    if insert_new(work.session, table(VerdictRound), **values):
        work.record(Did.ASKED, f"outcome:{outcome_id}")


def ask_some(work: Work, outcome_id: UUID, listeners: Mapping[UUID, str | None], answered: Mapping[UUID, str]) -> int:
    """Ask each of these people once, with their own words; returns how many were new.

    ``answered``: by person, the title of the poll about it that they took part in.
    """
    begun = work.session.get_one(VerdictRound, outcome_id, with_for_update=True)
    outcome, area = work.session.get_one(Outcome, outcome_id), settings_of(work.session, work.now)
    topic, asked = topics.get_topic_by_id(work.session, outcome.topic_id), 0
    says = queries.newest_version(work.session, outcome, work.now)
    for person in people.list_people(work.session, listeners):
        key = {"outcome_id": outcome_id, "person_id": person.id}
        if not person.wants_answers or not insert_new(work.session, table(Verdict), **key):
            continue
        draft = letters.did_it_help(
            area, topic, says, person.id, outcome_id=outcome_id, said=listeners[person.id],
            answered=answered.get(person.id), until=closes_at(begun.asked_at), not_before=not_before(work.now),
        )  # fmt: skip
        asked += work.post(draft, key=f"verdict:{outcome_id}:{person.id}")
    return asked


def all_asked(work: Work, outcome_id: UUID) -> None:
    work.session.get_one(VerdictRound, outcome_id).all_asked_at = work.now


def answer(work: Work, outcome_id: UUID, person_id: UUID, said: Answer) -> Asked:
    """Take somebody's verdict; a second one takes the first one's place. A line goes to the desk as their own voice.

    Raises ``NotFound`` where she was not asked, ``NotAllowed`` once it is closed, ``Invalid`` by field.
    """
    asked = queries.get_asked(work.session, outcome_id, person_id, work.now)
    work.session.refresh(asked.verdict, with_for_update=True)
    wrong = what_is_wrong(said)
    if wrong:
        raise Invalid(wrong)
    asked.verdict.answer, asked.verdict.at = said.helped, work.now
    _promise_call(work, asked.verdict, said)
    if said.line:
        _pass_on(work, asked, said.line)
    work.record(Did.GIVEN, f"outcome:{outcome_id}")
    work.session.flush()
    return asked


def _promise_call(work: Work, verdict: Verdict, said: Answer) -> None:
    """A wish to be rung stands until we have rung, or until she says otherwise."""
    if said.no_ring:
        verdict.ring_number = verdict.ring_asked_at = verdict.ring_by_on = None
    if said.ring:
        days = settings_of(work.session, work.now).ring_working_days
        if verdict.ring_number is None:
            verdict.ring_asked_at, verdict.called_at, verdict.called_by_id = work.now, None, None
            verdict.ring_by_on = add_working_days(london_date(work.now), days)
        verdict.ring_number = find_number(said.number)


def _pass_on(work: Work, asked: Asked, line: str) -> None:
    """So that it is never lost, and is answered: one's words are a voice wherever they are said."""
    person = people.get_person(work.session, asked.verdict.person_id)
    if sums.has_said(work.session, person.id, line, asked.until - OPEN_FOR):
        return
    young = person.kind is PersonKind.YOUNG_PERSON
    feedback.receive(
        work,
        about=About.SYSTEM,
        speaker=Speaker.YOUNG_PERSON if young else Speaker.PARENT_CARER,
        text=line,
        person_id=person.id,
        asked=sentence(Say("Did it help? {topic}", topic=asked.topic.title)),
        suggested_topic_id=asked.topic.id,
    )


def have_rung(work: Work, outcome_id: UUID, person_id: UUID) -> None:
    """We have rung: the number goes. Twice is the same as once."""
    may_ring(work.actor).enforce()
    verdict = work.session.get_one(Verdict, (outcome_id, person_id), with_for_update=True)
    if verdict.ring_number is None:
        return
    verdict.ring_number, verdict.called_at, verdict.called_by_id = None, work.now, work.actor.person_id
    work.record(Did.RUNG, f"outcome:{outcome_id}", promised=verdict.ring_by_on)


def forget_number(work: Work, outcome_id: UUID, person_id: UUID) -> bool:
    """It has been kept for as long as we may, or its owner has left. Says whether it was still there."""
    verdict = work.session.get_one(Verdict, (outcome_id, person_id), with_for_update=True)
    if (outcome_id, person_id) not in queries.numbers_to_forget(work.session, work.now):
        return False
    verdict.ring_number = None
    work.record(Did.NUMBER_FORGOTTEN, f"outcome:{outcome_id}")
    return True
