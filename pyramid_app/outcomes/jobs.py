"""What time does to answers: everyone is told within a minute; a date that passes is said to have passed."""

from itertools import islice

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes import queries, service
from pyramid_app.outcomes.replies import jobs as replies
from pyramid_app.topics import queries as topics

BATCH = 50
"""People in one act: a long act would keep others from writing."""


def jobs(begin: Begin, address: str) -> list[Job]:
    return [
        Job("make answers public", 20, lambda: make_public(begin)),
        Job("tell what happened", 20, lambda: tell(begin, address)),
        Job("late words", 300, lambda: tell_late(begin, address)),
        *replies.jobs(begin),
    ]


def make_public(begin: Begin) -> int:
    """One act for each answer whose time has come: its topic moves. Killed in between, the next run goes on."""
    with begin.looking() as session:
        due = queries.to_move(session, clock.now())
    moved = 0
    for outcome_id in due:
        with begin() as work:
            moved += service.make_public(work, outcome_id)
    return moved


def tell(begin: Begin, address: str) -> int:
    """Letters about every answer that not everybody has been told of."""
    with begin.looking() as session:
        due = [
            (
                outcome.id,
                queries.who_spoke(session, outcome.topic_id),
                queries.polls_answered(session, outcome.topic_id, clock.now()),
            )
            for outcome in queries.to_tell(session, clock.now())
        ]
    written = 0
    for outcome_id, listeners, answered in due:
        people = iter(sorted(listeners.items(), key=lambda one: one[0]))
        while some := dict(islice(people, BATCH)):
            with begin() as work:
                written += service.tell_some(work, outcome_id, some, answered, address)
        with begin() as work:
            service.all_told(work, outcome_id)
    return written


def tell_late(begin: Begin, address: str) -> int:
    """One act for each topic whose day has passed; one that was answered in time has moved before."""
    make_public(begin)
    with begin.looking() as session:
        due = [topic.id for topic in topics.overdue(session, london_date(clock.now()))]
    written = 0
    for topic_id in due:
        with begin() as work:
            written += service.be_late(work, topic_id, address)
    return written
