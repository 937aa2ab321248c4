"""What is typed about an exercise: its plan, and afterwards who came and what they said."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovSelect, GovTextInput
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import Optional

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.meetings.agenda.forms import chosen
from pyramid_app.meetings.exercises.models import Exercise
from pyramid_app.meetings.exercises.rules import (
    CAME,
    DEGREES,
    KINDS,
    MOST_CONSENT,
    Came,
    Degree,
    ExerciseKind,
    Note,
    Plan,
)
from pyramid_app.meetings.forms import OccasionForm, filled
from pyramid_app.topics.models import Topic


class ExerciseForm(OccasionForm):
    kind = RadioField(Lazy("What is it?"), widget=GovRadioInput(), validate_choice=False)
    topic = SelectField(Lazy("What is it about?"), widget=GovSelect(), validate_choice=False)
    degree = RadioField(Lazy("How much may those who come change?"), widget=GovRadioInput(), validate_choice=False)

    is_open = BooleanField(Lazy("Any family may come"), widget=GovCheckboxInput())

    def offer(self, topics: Sequence[Topic]) -> None:
        self.kind.choices = [SelectChoice(kind.value, translate(said)) for kind, said in KINDS.items()]
        self.degree.choices = [SelectChoice(degree.value, translate(said)) for degree, said in DEGREES.items()]
        self.topic.choices = [
            SelectChoice("", translate("Choose one")), *(SelectChoice(str(one.id), one.title) for one in topics)
        ]  # fmt: skip

    def plan(self) -> Plan:
        """What was typed, as the rules read it."""
        kind = ExerciseKind(self.kind.data) if self.kind.data in list(ExerciseKind) else None
        degree = Degree(self.degree.data) if self.degree.data in list(Degree) else None
        return Plan(
            kind=kind, degree=degree, topic_id=chosen(self.topic), is_open=bool(self.is_open.data), **self.said()
        )


def exercise_form(exercise: Exercise | None) -> ExerciseForm:
    data = filled(exercise)
    if exercise is not None:
        data |= {"kind": exercise.kind.value, "degree": exercise.degree.value, "topic": str(exercise.topic_id)}
        data |= {"is_open": exercise.is_open}
    return ExerciseForm(data=data)


class Number(IntegerField):
    """How many; left empty it is none."""

    widget = GovTextInput()

    def __init__(self, label: str, **extra: Any) -> None:
        super().__init__(label, [Optional()], **extra)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is no number, or too long for one, is refused by the rules as any number out of range."""
        typed = (valuelist[0] if valuelist else "").strip()
        found = whole(typed)
        self.data = (-1 if found is None else found) if typed else None


class WriteUpForm(Form):
    """Its page has a name, so that the same press twice is heard once."""

    form_id = HiddenField(default=lambda: str(uuid4()))
    parents = Number(Lazy("Parents and carers"))
    young_people = Number(Lazy("Children and young people"))
    officers = Number(Lazy("Officers"))
    health = Number(Lazy("From health"))
    schools = Number(Lazy("From schools"))
    others = Number(Lazy("Others"))
    consent = Line(Lazy("How did they say yes to your writing it down?"), [AtMost(MOST_CONSENT)])

    def came(self) -> dict[Came, int]:
        return {kind: self[kind.name.lower()].data or 0 for kind in CAME}


class NoteForm(Form):
    """One note. Its boxes are called ``note-0-words`` and so on; the page's own form carries the guard."""

    words = Text(Lazy("What somebody said, in their words"))
    young = BooleanField(Lazy("A child or young person said it"), widget=GovCheckboxInput())
    may_quote = BooleanField(Lazy("These words may stand on the website"), widget=GovCheckboxInput())

    class Meta:
        csrf = False

    def __init__(self, number: int, **values: Any) -> None:
        super().__init__(prefix=f"note-{number}-", **values)
        self.number = number

    def note(self) -> Note:
        return Note(self.words.data or "", bool(self.may_quote.data), bool(self.young.data))


def write_up_form(came: dict[Came, int]) -> WriteUpForm:
    return WriteUpForm(data={kind.name.lower(): number for kind, number in came.items()})
