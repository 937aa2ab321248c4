"""Asking the representatives what they think of an answer; and saying so."""

from uuid import UUID

from pyramid_app.accounts import queries as people
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.permissions import may_publish
from pyramid_app.outcomes.views import letters, queries
from pyramid_app.outcomes.views.models import RepsView
from pyramid_app.outcomes.views.rules import Did, View, what_is_wrong_with_view
from pyramid_app.participation import queries as participation
from pyramid_app.topics import queries as topics


def ask(work: Work, outcome: Outcome, address: str) -> int:
    """Ask everybody who is a representative now; returns how many were asked. Twice is the same as once."""
    may_publish(work.actor).enforce()
    topic = topics.get_topic_by_id(work.session, outcome.topic_id)
    asked = participation.representatives(work.session, work.now)
    names = people.names_of(work.session, [*asked, outcome.by_id])
    for person_id in asked:
        if queries.find_mine(work.session, outcome.id, person_id):
            continue
        work.session.add(RepsView(outcome_id=outcome.id, by_id=person_id, asked_at=work.now))
        draft = letters.ask(
            work, outcome, topic, person_id, names.get(person_id, ""), names.get(outcome.by_id, ""), address
        )
        work.post(draft, key=f"reps-ask:{outcome.id}:{person_id}")
    work.session.flush()
    work.record(Did.ASKED, f"outcome:{outcome.id}", number=len(asked))
    return len(asked)


def say(work: Work, outcome_id: UUID, view: View | None, because: str) -> RepsView:
    """A representative's own view; she may change it. It stands beside the answer, and stops nothing.

    For anybody who was not asked there is no such answer: ``NotFound``.
    """
    mine, _outcome = queries.get_asked(work.session, outcome_id, work.actor.person_id, work.now)
    wrong = what_is_wrong_with_view(view, because)
    if wrong:
        raise Invalid(wrong)
    mine.view, mine.because, mine.at = view, because, work.now
    work.record(Did.SAID, f"outcome:{outcome_id}", view=view)
    return mine
