"""What an officer fills in to write and schedule a poll."""

from datetime import date, datetime, time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import FieldList, FormField, HiddenField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Needed, Text
from pyramid_app.kit.texts import LONDON
from pyramid_app.polls.asking.drafts import Content, OptionDraft, QuestionDraft
from pyramid_app.polls.asking.rules import MOST_OPTIONS, MOST_QUESTIONS
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import Paper

OPENING_HOURS = range(6, 23)
CLOSING_HOURS = range(8, 24)


def _hour(hour: int) -> str:
    return Lazy("{hour} {half}", hour=hour % 12 or 12, half="am" if hour < 12 else "pm")


class NewPollForm(Form):
    topic = RadioField(
        Lazy("Which topic is it about?"), [Needed("Choose the topic it is about.")], widget=GovRadioInput(),
        validate_choice=True,
    )  # fmt: skip
    title = Line(Lazy("Its title, as families see it"), [Needed("Write a title."), AtMost(120)])


class OptionForm(PlainForm):
    name = Line(Lazy("Answer"), [AtMost(200)])
    meaning = Line(Lazy("What it means"), [AtMost(300)])


class QuestionForm(PlainForm):
    text = Line(Lazy("The question"), [AtMost(300)])
    at_most = SelectField(
        Lazy("How many answers may a family choose?"),
        choices=[SelectChoice(str(n), Lazy("One") if n == 1 else Lazy("Up to {n}", n=n))
                 for n in range(1, MOST_OPTIONS + 1)],
        widget=GovSelect(),
    )  # fmt: skip
    options = FieldList(FormField(OptionForm), min_entries=MOST_OPTIONS, max_entries=MOST_OPTIONS)


class PollForm(Form):
    """Everything about a poll but its topic and its times. Nothing is needed yet: a draft may have gaps."""

    version = HiddenField()
    title = Line(Lazy("Title"), [Needed("Write a title."), AtMost(120)])
    why = Text(Lazy("Why do you ask?"), [AtMost(1000)])
    who_decides = Line(Lazy("Who decides?"), [AtMost(200)])
    where_decided = Line(Lazy("Where is it decided?"), [AtMost(200)])
    decided_on = DayField(Lazy("On which day is it decided?"))
    can_change = Text(Lazy("What can change?"), [AtMost(500)])
    cannot_change = Text(Lazy("What cannot change?"), [AtMost(500)])
    next_what = Text(Lazy("What happens next?"), [AtMost(300)])
    next_by = DayField(Lazy("By which day do families hear?"))
    minutes = SelectField(
        Lazy("How many minutes does it take?"),
        choices=[SelectChoice(str(n), str(n)) for n in range(1, 11)],
        widget=GovSelect(),
    )
    questions = FieldList(FormField(QuestionForm), min_entries=1, max_entries=MOST_QUESTIONS)

    @property
    def may_grow(self) -> bool:
        return len(self.questions) < MOST_QUESTIONS

    def content(self) -> Content:
        """What was written, without the rows left empty."""
        plain = {name: self._fields[name].data for name in Content.__dataclass_fields__ if name != "questions"}
        plain["minutes"] = int(plain["minutes"])
        drafts = tuple(_question(entry.form) for entry in self.questions)
        return Content(**plain, questions=tuple(one for one in drafts if one.text or one.options))


def _question(form: QuestionForm) -> QuestionDraft:
    options = tuple(
        OptionDraft(row.form.name.data or "", row.form.meaning.data or "")
        for row in form.options
        if row.form.name.data or row.form.meaning.data
    )
    most = int(form.at_most.data or 1)
    kind = QuestionKind.SEVERAL if most > 1 else QuestionKind.SINGLE
    return QuestionDraft(form.text.data or "", options, kind, most)


def filled(paper: Paper) -> PollForm:
    """The form with what is stored; what has just been sent goes before it."""
    questions = [
        {
            "text": question.text,
            "at_most": str(question.at_most),
            "options": [{"name": o.name, "meaning": o.meaning} for o in paper.options[question.id]],
        }
        for question in paper.questions
    ]
    data: dict[str, Any] = {**paper.poll.model_dump(), "minutes": str(paper.poll.minutes), "questions": questions}
    return PollForm(data=data)


class ScheduleForm(Form):
    version = HiddenField()
    opens_on = DayField(Lazy("Opens on"))
    opens_hour = SelectField(
        Lazy("At"), choices=[SelectChoice(str(n), _hour(n)) for n in OPENING_HOURS], widget=GovSelect()
    )
    closes_on = DayField(Lazy("Closes on"), [Needed("Say on which day it closes.")])
    closes_hour = SelectField(
        Lazy("At"), choices=[SelectChoice(str(n), _hour(n)) for n in CLOSING_HOURS], widget=GovSelect()
    )

    @property
    def opens_at(self) -> datetime | None:
        """Empty: at once."""
        return _at(self.opens_on.data, self.opens_hour.data) if self.opens_on.data else None

    @property
    def closes_at(self) -> datetime:
        assert self.closes_on.data is not None  # noqa: S101  the field is needed
        return _at(self.closes_on.data, self.closes_hour.data)


def _at(on: date, hour: str | None) -> datetime:
    return datetime.combine(on, time(int(hour or 0)), LONDON)


def schedule_form(poll: Poll, closes_at: datetime) -> ScheduleForm:
    """Opening at once and closing at ``closes_at``, unless the officer says otherwise."""
    local = closes_at.astimezone(LONDON)
    closes = {"closes_on": local.date(), "closes_hour": str(local.hour)}
    return ScheduleForm(data={"version": str(poll.version), "opens_hour": "9", **closes})
