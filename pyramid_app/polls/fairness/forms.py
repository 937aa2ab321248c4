"""What a representative and an officer fill in around a question's fairness."""

from datetime import datetime, time

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Needed, Text
from pyramid_app.kit.texts import LONDON
from pyramid_app.polls.rules import CLOSING_HOURS


class MarkForm(Form):
    fair = RadioField(
        Lazy("Is this fair to ask?"),
        [Needed("Choose one.")],
        choices=[SelectChoice("yes", Lazy("Yes, it is fair")), SelectChoice("no", Lazy("No, because:"))],
        widget=GovRadioInput(),
        validate_choice=True,
    )
    because = Text(Lazy("What is not fair about it? (needed only if it is not)"), [AtMost(500)])


class FormatForm(Form):
    address = Line(Lazy("Where is it? A web address"), [AtMost(500)])
    because = Line(Lazy("Or: why is it not there?"), [AtMost(500)])


class ExtendForm(Form):
    closes_on = DayField(Lazy("Closes on"), [Needed("Say on which day it closes.")])
    closes_hour = SelectField(
        Lazy("At"),
        choices=[SelectChoice(str(n), Lazy("{n}.00", n=n)) for n in CLOSING_HOURS],
        default="22",
        widget=GovSelect(),
    )
    next_by = DayField(Lazy("By which day do families hear what happens next?"))
    because = Text(Lazy("Why?"), [Needed("Say why. Everybody who was asked will read it."), AtMost(500)])

    @property
    def closes_at(self) -> datetime:
        assert self.closes_on.data is not None  # noqa: S101  the field is needed
        return datetime.combine(self.closes_on.data, time(int(self.closes_hour.data)), LONDON)


class WithdrawForm(Form):
    because = Text(Lazy("Why?"), [Needed("Say why. Everybody who was asked will read it."), AtMost(500)])


class SharpenForm(Form):
    next_what = Text(Lazy("What happens next?"), [Needed("Say what happens next."), AtMost(300)])
    next_by = DayField(Lazy("By which day?"), [Needed("Say by which day.")])
