"""Where the sample's families came together beside the Group: a coffee morning that was held, a workshop to come."""

from datetime import datetime, time, timedelta

from sqlmodel import select

from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.queries import raw_words
from pyramid_app.kit.texts import LONDON
from pyramid_app.meetings.exercises import service as exercises
from pyramid_app.meetings.exercises.models import Exercise, ExerciseVoice
from pyramid_app.meetings.exercises.rules import Came, Degree, ExerciseKind, Note, Plan
from pyramid_app.sample import words
from pyramid_app.sample.teller import Teller

HELD_AGO, COMING_IN = 20, 9
CAME = {Came.PARENTS: 14, Came.YOUNG_PEOPLE: 2, Came.OFFICERS: 3, Came.SCHOOLS: 1}
NOTES = (
    Note("When the bus is late I cannot go to work on time, and nobody can tell me why.", may_quote=True),
    Note("My son is calm when the same driver comes. Please keep the same driver.", may_quote=True),
    Note("I like the bus. I do not like to wait.", may_quote=True, young=True),
)
FORM = "0c9f6a52-5a6e-4a57-8f6a-6a4f3c1d2b10"


def come_together(teller: Teller) -> None:
    coffee = _plan(
        teller, HELD_AGO + 21, -HELD_AGO, "Coffee morning about buses (sample)", ExerciseKind.COFFEE, Degree.CONSULT
    )
    _write_up(teller, coffee)
    _plan(
        teller, 6, COMING_IN, "Workshop: what to say when a bus is late (sample)", ExerciseKind.WORKSHOP,
        Degree.PARTICIPATE,
    )  # fmt: skip


def _plan(teller: Teller, days_ago: float, on_in: int, title: str, kind: ExerciseKind, degree: Degree) -> Exercise:
    """From 10 to 12 on that day, open to any family."""
    starts = datetime.combine(teller.workday(on_in), time(10), LONDON)
    with teller.ago(days_ago, teller.officer) as work:
        return exercises.plan(
            work,
            Plan(
                title, starts, starts + timedelta(hours=2), "The Sample Hub, ground floor",
                times="Come and go as you like.", childcare="There is a play room with two helpers.",
                travel="Keep your ticket: the team pays it back on the day.", interpreter="Tell us a week before.",
                kind=kind, degree=degree, topic_id=teller.topics[words.BUSES.title], is_open=True,
            ),
        )  # fmt: skip


def _write_up(teller: Teller, held: Exercise) -> None:
    """The team writes down what was said on the same day, and reads it on the desk the day after."""
    ended = (teller.today - held.ends_at) / timedelta(days=1)
    with teller.ago(ended - 0.1, teller.officer) as work:
        exercises.write_up(work, held.id, CAME, NOTES, "We asked the room. Nobody minded.", FORM)
    with teller.ago(ended - 1, teller.officer) as work:
        chosen = select(ExerciseVoice.voice_id).where(ExerciseVoice.exercise_id == held.id)
        for voice_id in list(work.session.exec(chosen)):
            filing.file_voice(work, voice_id, held.topic_id, cleared=raw_words(work.session, voice_id))
    teller.jobs(ended - 1.1)
