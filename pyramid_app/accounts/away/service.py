"""Being away, coming back, and who stands in meanwhile."""

from datetime import date
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries, service
from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.away import queries as away_queries
from pyramid_app.accounts.away.rules import leads_back, what_is_wrong_with_away
from pyramid_app.accounts.models import Away
from pyramid_app.accounts.permissions import may_say_away
from pyramid_app.accounts.rules import Did
from pyramid_app.accounts.staff_letters import cover_letter
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date


def go_away(work: Work, person_id: UUID, until_on: date | None, cover_id: UUID | None, *, site: str) -> None:
    """Away from now until the day before ``until_on``; ``cover_id`` has what waits so long, and is told.

    Saying it again with other words takes the place of what was said before. Raises ``Invalid``.
    """
    may_say_away(work.actor, person_id).enforce()
    service.hold_staff(work)
    today, here = london_date(work.now), staff.officers(work.session, work.now)
    if person_id not in here:
        raise NotFound
    standing = {away.person_id: away for away in away_queries.list_away(work.session, today)}
    before = standing.pop(person_id, None)
    covers = {away.person_id: away.cover_id for away in standing.values()}
    wrong = what_is_wrong_with_away(person_id, until_on, cover_id, today=today, here=here, covers=covers)
    if wrong or until_on is None or cover_id is None:
        raise Invalid(wrong)
    if before and (before.until_on, before.cover_id) == (until_on, cover_id):
        return
    if before:
        before.ended_at = work.now
    work.session.add(Away(id=uuid7(), person_id=person_id, until_on=until_on, cover_id=cover_id, from_at=work.now))
    work.session.flush()
    work.record(Did.WENT_AWAY, f"person:{person_id}", until=until_on, cover=cover_id)
    _tell_cover(work, person_id, until_on, cover_id, site)


def come_back(work: Work, person_id: UUID) -> None:
    """Here again, earlier than said. Twice is once."""
    may_say_away(work.actor, person_id).enforce()
    service.hold_staff(work)
    end_away(work, person_id)


def end_away(work: Work, person_id: UUID) -> None:
    """The absence of this person is over, whoever says so."""
    for away in away_queries.list_away(work.session, london_date(work.now)):
        if away.person_id == person_id:
            away.ended_at = work.now
            work.record(Did.CAME_BACK, f"person:{person_id}")
    work.session.flush()


def hand_cover(work: Work, from_id: UUID, to_id: UUID | None) -> None:
    """Whoever named ``from_id`` as cover has ``to_id`` instead. Raises ``Invalid`` at ``to`` if that led back."""
    standing = away_queries.list_away(work.session, london_date(work.now))
    covered = [away for away in standing if away.cover_id == from_id]
    if not covered or to_id is None:
        return
    if leads_back(from_id, to_id, {away.person_id: away.cover_id for away in standing}):
        raise Invalid({"to": Say("They are away themselves. Choose somebody who is here.")})
    for away in covered:
        away.cover_id = to_id
        work.record(Did.COVER_MOVED, f"person:{away.person_id}", cover=to_id)
    work.session.flush()


def _tell_cover(work: Work, person_id: UUID, until_on: date, cover_id: UUID, site: str) -> None:
    if cover_id == work.actor.person_id:
        return
    cover, away = queries.get_person(work.session, cover_id), queries.get_person(work.session, person_id)
    letter = cover_letter(settings_of(work.session, work.now), cover, away.name, until_on, site)
    work.post(letter, key=f"away:{person_id}:{uuid7()}")
