"""What time does to cases: a place that is silent is asked again."""

from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.own_child import queries, service


def jobs(begin: Begin) -> list[Job]:
    return [
        Job("ask places again", 300, lambda: ask_again(begin)),
    ]


def ask_again(begin: Begin) -> int:
    """One act for each place that was silent until the promised day; a second run finds none."""
    with begin.looking() as session:
        due = queries.to_ask_again(session)
    done = 0
    for hand_over_id in due:
        with begin() as work:
            done += service.ask_again(work, hand_over_id)
    return done
