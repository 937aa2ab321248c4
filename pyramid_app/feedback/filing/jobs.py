"""What time does on the desk: an answer that is late is said to be late; what grows without a promise is raised."""

from pyramid_app.area.queries import settings_of
from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.filing import queries, service
from pyramid_app.kit.texts import london_date
from pyramid_app.participation import queries as participation


def jobs(begin: Begin, address: str) -> list[Job]:
    return [
        Job("late voices", 300, lambda: tell_late(begin)),
        Job("raise topics", 3600, lambda: raise_topics(begin, address)),
    ]


def tell_late(begin: Begin) -> int:
    """One act for each voice whose day has passed; a second run finds none."""
    with begin.looking() as session:
        due = queries.overdue(session, london_date(clock.now()))
    for voice_id in due:
        with begin() as work:
            service.miss_word(work, voice_id)
    return len(due)


def raise_topics(begin: Begin, address: str) -> int:
    """Topics that many families speak of and no promise covers go before the representatives."""
    with begin.looking() as session:
        now = clock.now()
        enough = settings_of(session, now).raise_at_voices
        due = [topic.id for topic, _ in queries.growing_without_promise(session, enough)]
        reps = participation.representatives(session, now)
    for topic_id in due:
        with begin() as work:
            service.raise_topic(work, topic_id, reps, address)
    return len(due)
