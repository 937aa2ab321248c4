"""What an officer fills in to write one question. Its kind is chosen first; the boxes depend on it."""

from typing import Any

from flask import request
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovSelect
from wtforms import BooleanField, FieldList, FormField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Lazy, Line, Needed
from pyramid_app.base.web.render import translate
from pyramid_app.polls.asking.drafts import OptionDraft, QuestionDraft
from pyramid_app.polls.asking.forms import Versioned
from pyramid_app.polls.kinds import MOST_OPTIONS, USUAL_LENGTH, QuestionKind

SPARE = 2
"""Empty rows below what is written."""

KIND_NAMES = {
    QuestionKind.SINGLE: Lazy("One answer"),
    QuestionKind.SEVERAL: Lazy("Several answers, up to a number"),
    QuestionKind.RANKING: Lazy("Ranking: what matters most"),
    QuestionKind.SCALE: Lazy("A scale, from one end to the other"),
    QuestionKind.STATEMENTS: Lazy("Statements: agree, disagree or pass"),
    QuestionKind.TEXT: Lazy("In their own words"),
}
EXPLAINED = {QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.RANKING}
"""Kinds whose answers say what they mean. A scale speaks for itself, and so does a statement."""
SHUFFLED = {*EXPLAINED, QuestionKind.STATEMENTS}
"""Kinds whose order may be different for each voter. A scale's never is."""


class OptionForm(PlainForm):
    name = Line(Lazy("Answer"), [AtMost(200)])
    meaning = Line(Lazy("What it means"), [AtMost(300)])


class QuestionForm(Versioned):
    text = Line(Lazy("The question"), [Needed("Write the question."), AtMost(300)])
    at_most = SelectField(
        Lazy("How many answers may a family choose?"),
        choices=[SelectChoice(str(n), Lazy("Up to {n}", n=n)) for n in range(2, MOST_OPTIONS + 1)],
        widget=GovSelect(),
        default="2",
    )
    shuffled = BooleanField(Lazy("Show the answers to each family in another order"), widget=GovCheckboxInput())
    options = FieldList(FormField(OptionForm))

    def validate(self, extra_validators: Any = None) -> bool:
        good: bool = super().validate(extra_validators)
        if len(_written(self)) > MOST_OPTIONS:
            words = translate("That are too many answers. {most} are the most.", most=MOST_OPTIONS)
            self.form_errors.append(words)
            return False
        return good

    def draft(self, kind: QuestionKind, commitment: int | None) -> QuestionDraft:
        at_most = {QuestionKind.SEVERAL: int(self.at_most.data or 2), QuestionKind.TEXT: USUAL_LENGTH}.get(kind, 1)
        options = () if kind is QuestionKind.TEXT else tuple(_written(self))
        shuffled = kind in SHUFFLED and bool(self.shuffled.data)
        return QuestionDraft(self.text.data or "", options, kind, at_most, shuffled, commitment)


def _written(form: QuestionForm) -> list[OptionDraft]:
    rows = [OptionDraft(row.form.name.data or "", row.form.meaning.data or "") for row in form.options]
    return [row for row in rows if row.name or row.meaning]


def question_form(draft: QuestionDraft, version: int) -> QuestionForm:
    """The form with what is stored and two rows to spare; what has just been sent goes before it."""
    options = [{"name": option.name, "meaning": option.meaning} for option in draft.options]
    if request.method == "GET" and draft.kind is not QuestionKind.TEXT:
        options += [{}] * max(SPARE, 3 - len(options))
    return QuestionForm(
        data={
            "version": str(version), "text": draft.text, "at_most": str(max(draft.at_most, 2)),
            "shuffled": draft.shuffled, "options": options,
        }
    )  # fmt: skip
