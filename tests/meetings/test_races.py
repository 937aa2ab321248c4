"""Two at once: a suggestion stands on one agenda once, what was parked comes back once, nobody is asked twice."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Refused
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import working
from pyramid_app.meetings import service as meetings
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.deciding import service as deciding
from pyramid_app.meetings.reporting import service as reporting
from pyramid_app.meetings.reporting.models import ReportBack
from pyramid_app.topics import service as topics
from tests.builders import a_member, acting_as, the_area
from tests.meetings.conftest import ENDS, LIFT, PLAN, SITE, STARTS

BEFORE, WEEK = datetime(2027, 3, 1, 10, tzinfo=UTC), timedelta(days=7)


def together(database, verb, who, now, times=4):
    """The same act by several at one moment; returns how many succeeded."""
    ready, done = threading.Barrier(times), []

    def one():
        ready.wait()
        try:
            with working(database, who, now) as work:
                verb(work)
            done.append(1)
        except Refused:
            pass

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def test_two_chairs_and_two_schedulers_at_once(real_database):
    with working(real_database, system("tests"), BEFORE) as work:
        the_area(work)
        rosa = a_member(work, "rosa@example.org", "group", name="Rosa")
        accounts.give_role(work, rosa.id, Role.CHAIR)
        topic = topics.start(work, "Buses", outside="None.", next_word_on=datetime(2027, 4, 1, tzinfo=UTC).date())
        topics.raise_to_reps(work, topic.id)
    chair = acting_as(rosa, Role.CHAIR)
    with working(real_database, chair, BEFORE) as work:
        first = meetings.arrange(work, PLAN)
        second = meetings.arrange(work, replace(PLAN, starts_at=STARTS + WEEK, ends_at=ENDS + WEEK))
        agenda.add(work, first.id, LIFT)
    took = together(real_database, lambda work: agenda.take(work, first.id, f"topic:{topic.id}"), chair, BEFORE)
    assert took == 1
    assert together(real_database, lambda work: meetings.publish(work, first.id, SITE), chair, BEFORE) == 1
    assert together(real_database, lambda work: deciding.close(work, first.id, SITE), chair, ENDS) == 1
    asked = ENDS + timedelta(days=1)
    together(real_database, lambda work: reporting.ask(work, first.id, SITE), system("meetings"), asked)
    with real_database.reading() as session:
        items = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == second.id)).all()
        assert sorted(item.title for item in items) == [LIFT.title, "Buses"]
        assert len(session.exec(select(ReportBack)).all()) == 1
        assert len(session.exec(select(Letter)).all()) == 3, "agenda, what came of it, three boxes"
