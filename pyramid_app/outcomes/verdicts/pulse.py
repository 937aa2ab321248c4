"""The one question of each term, to everybody who spoke in a year: did we tell you what happened?"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.accounts import queries as people
from pyramid_app.area.calendar_rules import DayKind
from pyramid_app.area.queries import list_periods, settings_of
from pyramid_app.base.db import insert_new, table
from pyramid_app.base.errors import NotFound
from pyramid_app.base.work import Work
from pyramid_app.feedback import sums
from pyramid_app.kit.disclosure import Count, GrowingShown, show_growing
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.verdicts import letters, queries
from pyramid_app.outcomes.verdicts.links import Link
from pyramid_app.outcomes.verdicts.models import Pulse, PulseRound
from pyramid_app.outcomes.verdicts.rules import Did, Told, closes_at, find_pulse_day
from pyramid_app.outcomes.verdicts.service import not_before

YEAR = timedelta(days=365)
NAMES = {Told.YES: Say("Yes"), Told.PARTLY: Say("Partly"), Told.NO: Say("No")}
"""What people read for each answer."""


def find_due(session: Session, now: datetime) -> date | None:
    """The term about which somebody still has to be asked, if there is one."""
    last = queries.find_last_pulse(session)
    if last and last.all_asked_at is None:
        return last.term_on
    today = london_date(now)
    terms = [one for one in list_periods(session, today - YEAR) if one.kind is DayKind.TERM]
    return find_pulse_day([one.until_on for one in terms], today, last.term_on if last else None)


def begin(work: Work, term_on: date) -> None:
    if insert_new(work.session, table(PulseRound), term_on=term_on, asked_at=work.now):
        work.record(Did.PULSE_ASKED, f"pulse:{term_on}")


def people_to_ask(session: Session, now: datetime) -> list[UUID]:
    """Everybody who told us something in a year, and can hear from us."""
    return sums.who_spoke_since(session, now - YEAR)


def ask_some(work: Work, term_on: date, ids: Sequence[UUID]) -> int:
    """Ask each of these people once; returns how many were new."""
    begun = work.session.get_one(PulseRound, term_on, with_for_update=True)
    area, said = settings_of(work.session, work.now), sums.last_words(work.session, list(ids), begun.asked_at - YEAR)
    asked = 0
    for person in people.list_people(work.session, ids):
        if not person.wants_answers or not insert_new(work.session, table(Pulse), term_on=term_on, person_id=person.id):
            continue
        draft = letters.were_you_told(
            area, term_on, person.id, said=said.get(person.id), until=closes_at(begun.asked_at),
            not_before=not_before(work.now),
        )  # fmt: skip
        asked += work.post(draft, key=f"pulse:{term_on}:{person.id}")
    return asked


def all_asked(work: Work, term_on: date) -> None:
    work.session.get_one(PulseRound, term_on).all_asked_at = work.now


def answer(work: Work, link: Link, told: Told) -> None:
    """Take somebody's answer; a second one takes the first one's place. Raises ``NotFound`` once it is closed."""
    pulse = queries.find_pulse(work.session, link, work.now)
    if pulse is None:
        raise NotFound
    pulse.answer, pulse.at = told, work.now


def find_result(session: Session) -> tuple[date, GrowingShown] | None:
    """What those who spoke say about the last term, by the small-number rules: one statement."""
    last = select(func.max(PulseRound.term_on)).scalar_subquery()
    rows = session.execute(
        sa.select(PulseRound.term_on, Pulse.answer, func.count(col(Pulse.answer)))  # type: ignore[call-overload]
        .outerjoin(Pulse, col(Pulse.term_on) == col(PulseRound.term_on))
        .where(col(PulseRound.term_on) == last)
        .group_by(PulseRound.term_on, Pulse.answer)
    ).all()
    if not rows:
        return None
    counted = {answer: number for _term, answer, number in rows}
    return rows[0][0], show_growing([(told.value, Count(counted.get(told, 0))) for told in NAMES])
