"""What time does: asks whether it helped, starts topics again, asks the question of a term, forgets numbers."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlmodel import Session

from pyramid_app.area.queries import settings_of
from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin, Work, batches
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.verdicts import pulse, queries, reopening, service

Tell = Callable[[Work, Mapping[UUID, str | None], Mapping[UUID, str]], int]


def jobs(begin: Begin, address: str) -> list[Job]:
    return [
        Job("ask whether it helped", 60, lambda: ask(begin)),
        Job("start topics again", 60, lambda: start_again(begin)),
        Job("tell who starts again", 20, lambda: tell_reopened(begin, address)),
        Job("ask once a term", 300, lambda: ask_pulse(begin)),
        Job("forget numbers", 300, lambda: forget_numbers(begin)),
    ]


def ask(begin: Begin) -> int:
    """Everybody who heard about an answer "done" is asked some weeks later, some in each act."""
    with begin.looking() as session:
        now = clock.now()
        due = [(one.id, one.topic_id) for one in queries.due(session, now, settings_of(session, now).verdict_weeks)]
    return sum(_ask_about(begin, outcome_id, topic_id) for outcome_id, topic_id in due)


def _ask_about(begin: Begin, outcome_id: UUID, topic_id: UUID) -> int:
    def ask_some(work: Work, some: Mapping[UUID, str | None], answered: Mapping[UUID, str]) -> int:
        return service.ask_some(work, outcome_id, some, answered)

    with begin() as work:
        service.begin_round(work, outcome_id)
    asked = _to_all(begin, topic_id, ask_some)
    with begin() as work:
        service.all_asked(work, outcome_id)
    return asked


def start_again(begin: Begin) -> int:
    """One act for each topic about which enough families say no; a second run, or a second scheduler, finds none."""
    with begin.looking() as session:
        counted = queries.without_help(session, clock.now())
    started = 0
    for outcome_id in [one for one, tallies in counted.items() if reopening.is_enough(tallies)]:
        with begin() as work:
            started += reopening.reopen_by_itself(work, outcome_id)
    return started


def tell_reopened(begin: Begin, address: str) -> int:
    """Letters to everybody who spoke, and to the representatives; a second run writes none again."""
    with begin.looking() as session:
        due = [(one.id, one.topic_id) for one in queries.reopenings_to_tell(session)]
    return sum(_tell_about(begin, reopening_id, topic_id, address) for reopening_id, topic_id in due)


def _tell_about(begin: Begin, reopening_id: UUID, topic_id: UUID, address: str) -> int:
    def tell_some(work: Work, some: Mapping[UUID, str | None], answered: Mapping[UUID, str]) -> int:
        return reopening.tell_some(work, reopening_id, some, answered, address)

    written = _to_all(begin, topic_id, tell_some)
    with begin() as work:
        return written + reopening.tell_representatives(work, reopening_id, address)


def _to_all(begin: Begin, topic_id: UUID, tell: Tell) -> int:
    """Do it for everybody who hears about that topic, some in each act: a long act would keep others from writing."""
    with begin.looking() as session:
        listeners, answered = _listeners(session, topic_id)
    written = 0
    for some in batches(sorted(listeners)):
        with begin() as work:
            written += tell(work, {one: listeners[one] for one in some}, answered)
    return written


def _listeners(session: Session, topic_id: UUID) -> tuple[dict[UUID, str | None], dict[UUID, str]]:
    return outcomes.who_spoke(session, topic_id), outcomes.polls_answered(session, topic_id, clock.now())


def ask_pulse(begin: Begin) -> int:
    """At the end of a term: everybody who spoke in a year, once."""
    with begin.looking() as session:
        term_on = pulse.find_due(session, clock.now())
        people = pulse.people_to_ask(session, clock.now()) if term_on else []
    if term_on is None:
        return 0
    with begin() as work:
        pulse.begin(work, term_on)
    asked = 0
    for some in batches(people):
        with begin() as work:
            asked += pulse.ask_some(work, term_on, some)
    with begin() as work:
        pulse.all_asked(work, term_on)
    return asked


def forget_numbers(begin: Begin) -> int:
    """Numbers that nobody rang in sixty days, and those of people who have left."""
    with begin.looking() as session:
        due = queries.numbers_to_forget(session, clock.now())
    forgotten = 0
    for outcome_id, person_id in due:
        with begin() as work:
            forgotten += service.forget_number(work, outcome_id, person_id)
    return forgotten
