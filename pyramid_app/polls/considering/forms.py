"""The form in which an officer answers each main point of a consultation."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import FieldList, FormField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Text
from pyramid_app.polls.considering.models import Point
from pyramid_app.polls.considering.rules import PointDraft
from pyramid_app.polls.models import Question

MOST_POINTS = 30
SPARE = 1


class PointForm(PlainForm):
    said = Line(Lazy("What families said"), [AtMost(300)])
    question = SelectField(Lazy("To which question"), validate_choice=False)
    changed = RadioField(
        Lazy("What came of it"),
        choices=[SelectChoice("yes", Lazy("We changed it")), SelectChoice("no", Lazy("We did not change it"))],
        default="no",
    )
    answer = Text(Lazy("What we changed, or why not"), [AtMost(1000)])


class ConsideringForm(Form):
    points = FieldList(FormField(PointForm), min_entries=1, max_entries=MOST_POINTS)

    def drafts(self) -> list[PointDraft]:
        """What was written, without the rows left empty."""
        rows = [entry.form for entry in self.points]
        return [
            PointDraft(row.said.data or "", row.answer.data or "", row.changed.data == "yes", _uuid(row.question.data))
            for row in rows
            if row.said.data or row.answer.data
        ]


def considering_form(points: Sequence[Point], questions: Sequence[Question]) -> ConsideringForm:
    """The form with what is stored; or, at first, a row for each question."""
    rows = [
        {"said": p.said, "question": str(p.question_id), "changed": "yes" if p.changed else "no", "answer": p.answer}
        for p in points
    ] or [{"question": str(question.id)} for question in questions]
    form = ConsideringForm(data={"points": rows[:MOST_POINTS]})
    for entry in form.points:
        entry.form.question.choices = [SelectChoice(str(question.id), question.text) for question in questions]
    return form


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
