"""What time does to what families said, room by room."""

from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.filing import jobs as filing


def jobs(begin: Begin, address: str) -> list[Job]:
    return [*filing.jobs(begin, address)]
