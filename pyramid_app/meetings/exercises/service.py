"""Planning an exercise, and writing down who came and what they said."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col, select
from uuid6 import uuid7

from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.work import Work
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.intake.rules import sent_from
from pyramid_app.feedback.rules import About, Channel, Speaker, what_is_wrong_with_words
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.kit.texts.slugs import slug
from pyramid_app.meetings.exercises import queries
from pyramid_app.meetings.exercises.models import Exercise, ExerciseCame, ExerciseVoice
from pyramid_app.meetings.exercises.permissions import may_hold, may_write_up
from pyramid_app.meetings.exercises.rules import (
    Came,
    Did,
    Note,
    Plan,
    what_is_wrong,
    what_is_wrong_with_came,
    what_is_wrong_with_consent,
)
from pyramid_app.meetings.rules import CHANGED
from pyramid_app.topics.models import Topic


def plan(work: Work, wanted: Plan) -> Exercise:
    """A new one. Raises ``Invalid`` by field."""
    may_hold(work.actor).enforce()
    _check(work, wanted)
    ref = _free_ref(work, f"{slug(wanted.title, empty='exercise')}-{london_date(wanted.starts_at or work.now)}")
    made = Exercise(id=uuid7(), ref=ref, by_id=work.actor.person_id, written_at=work.now, **vars(wanted))
    work.session.add(made)
    work.session.flush()
    work.record(Did.PLANNED, f"exercise:{made.id}", topic=made.topic_id, degree=made.degree)
    return made


def change(work: Work, exercise_id: UUID, version: int, wanted: Plan) -> Exercise:
    """Other words or another time. Raises ``Conflict`` where it has changed since ``version`` was on the screen."""
    may_hold(work.actor).enforce()
    found = queries.get_held(work.session, exercise_id)
    if found.version != version:
        raise Conflict(CHANGED)
    _check(work, wanted)
    for name, value in vars(wanted).items():
        setattr(found, name, value)
    found.version += 1
    work.session.flush()
    work.record(Did.CHANGED, f"exercise:{found.id}", version=found.version)
    return found


def write_up(
    work: Work, exercise_id: UUID, came: Mapping[Came, int], notes: Sequence[Note], consent: str, page: str
) -> int:
    """Who came, and what they said: every note waits on the desk as a voice from a meeting, beside the topic.

    The same page sent twice brings each note once; returns how many voices are new. Raises ``Invalid`` by field,
    a note's as ``note-0-words``.
    """
    found = queries.get_held(work.session, exercise_id)
    may_write_up(work.actor, found, work.now).enforce()
    most = settings_of(work.session, work.now).voice_characters
    wrong = what_is_wrong_with_came(came) | what_is_wrong_with_consent(notes, consent)
    for number, note in enumerate(notes):
        wrong |= {f"note-{number}-{name}": say for name, say in what_is_wrong_with_words(note.words, most).items()}
    if wrong:
        raise Invalid(wrong)
    for kind, number in came.items():
        row = work.session.get(ExerciseCame, (found.id, kind))
        row = row or ExerciseCame(exercise_id=found.id, kind=kind, number=number)
        row.number = number
        work.session.add(row)
    new = sum(_hear(work, found, note, consent, sent_from(page, note.words, at)) for at, note in enumerate(notes))
    work.session.flush()
    work.record(Did.WRITTEN_UP, f"exercise:{found.id}", notes=new)
    return new


def _hear(work: Work, exercise: Exercise, note: Note, consent: str, form_id: UUID | None) -> int:
    if form_id and feedback.find_sent(work, form_id):
        return 0
    voice = feedback.receive(
        work,
        about=About.SYSTEM,
        speaker=Speaker.YOUNG_PERSON if note.young else Speaker.PARENT_CARER,
        text=note.words,
        channel=Channel.MEETING,
        consent=consent,
        entered_by_id=work.actor.person_id,
        may_quote=note.may_quote,
        # Nobody's name or address is written down here, so there is nobody to write to.
        tell=False,
        said_on=london_date(exercise.starts_at),
        suggested_topic_id=exercise.topic_id,
        form_id=form_id,
    )
    work.session.add(ExerciseVoice(exercise_id=exercise.id, voice_id=voice.id))
    return 1


def _check(work: Work, wanted: Plan) -> None:
    wrong = what_is_wrong(wanted, work.now)
    if wanted.topic_id and work.session.get(Topic, wanted.topic_id) is None:
        wrong["topic"] = Say("Choose one from the list.")
    if wrong or wanted.ends_at is None:
        raise Invalid(wrong or {"ends": Say("Say when it ends.")})


def _free_ref(work: Work, wanted: str) -> str:
    """Readable, and never the same twice: two at once fail on the table's key."""
    taken = set(work.session.exec(select(Exercise.ref).where(col(Exercise.ref).startswith(wanted))))
    return next(ref for ref in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if ref not in taken)
