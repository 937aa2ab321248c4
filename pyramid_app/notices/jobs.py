"""What time does to notices: when the minutes of undo are over, everybody it is for is written to."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin, batches
from pyramid_app.notices import queries, service


def jobs(begin: Begin, address: str) -> list[Job]:
    return [Job("send notices", 30, lambda: tell(begin, address))]


def tell(begin: Begin, address: str) -> int:
    """Letters about every notice that not everybody has been written about; a second run writes none again."""
    with begin.looking() as session:
        now = clock.now()
        due = [
            (one.id, queries.readers(session, one.level, queries.topics_of(session, one.id), now))
            for one in queries.to_tell(session, now)
        ]
    written = 0
    for notice_id, readers in due:
        for some in batches(sorted(readers)):
            with begin() as work:
                written += service.tell_some(work, notice_id, {one: readers[one] for one in some}, address)
        with begin() as work:
            service.all_told(work, notice_id)
    return written
