"""What people type to join, to say how involved they want to be, and what a lead types to invite."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovSelect, GovTextInput
from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.addresses import normal_address
from pyramid_app.accounts.forms import AddressField
from pyramid_app.base import errors
from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Needed, Text
from pyramid_app.base.web.house import house
from pyramid_app.base.web.render import translate
from pyramid_app.participation.models import Level

CARES = Lazy("I care for someone aged 0 to 25 with SEND who lives in this area or uses services here")


class Reachable:
    """An address this installation can write to, kept in our one spelling. ``missing`` is said of an empty box."""

    field_flags: Mapping[str, Any] = {}

    def __init__(self, missing: str = "") -> None:
        self.missing = missing

    def __call__(self, _form: PlainForm, field: Any) -> None:
        if self.missing and not field.data:
            raise ValidationError(translate(self.missing))
        try:
            _kind, field.data = normal_address(field.data or "", house().channels)
        except errors.Invalid as refused:
            raise ValidationError(translate(refused.reason)) from refused


class JoinForm(Form):
    cares = BooleanField(
        CARES, [Needed("Tick this box if it is true. It is the one thing we ask.")], widget=GovCheckboxInput()
    )
    read = BooleanField(
        Lazy("I have read how you use what I tell you"),
        [Needed("Tick this box when you have read it.")],
        widget=GovCheckboxInput(),
    )
    address = AddressField(validators=[Reachable()])


class InvolvedForm(Form):
    """The levels are buttons; the tick is shown to those who never made the declaration."""

    cares = BooleanField(CARES, widget=GovCheckboxInput())


class WelcomeForm(InvolvedForm):
    name = Line(Lazy("What shall we call you? (You can leave this empty.)"), [AtMost(80)])


class InvitedForm(Form):
    """Yes and no are buttons; yes to a level that votes needs the tick."""

    cares = BooleanField(CARES, widget=GovCheckboxInput())


class LettersForm(Form):
    questions = BooleanField(Lazy("Send me a letter when there is a question for me"), widget=GovCheckboxInput())
    answers = BooleanField(Lazy("Send me a letter when there is an answer for me"), widget=GovCheckboxInput())
    notices = BooleanField(
        Lazy("Send me a letter when something else may be of use to me, like a survey or a meeting"),
        widget=GovCheckboxInput(),
    )

    def wishes(self) -> dict[str, bool]:
        """What was ticked, by kind of letter."""
        return {name: bool(self[name].data) for name in ("questions", "answers", "notices")}


class FactsForm(Form):
    ward = SelectField(Lazy("Where do you live?"), widget=GovSelect(), validate_choice=False)
    place = SelectField(Lazy("Where does your child learn?"), widget=GovSelect(), validate_choice=False)

    def offer(self, wards: Sequence[str], places: Sequence[str]) -> None:
        """What this area knows; the first choice is to say nothing."""
        nothing = SelectChoice("", Lazy("I would rather not say"))
        self.ward.choices = [nothing, *(SelectChoice(name, name) for name in wards)]
        self.place.choices = [nothing, *(SelectChoice(name, name) for name in places)]


class InviteForm(Form):
    name = Line(Lazy("First name"), [Needed("Write their first name."), AtMost(80)])
    address = StringField(Lazy("E-mail address"), [Reachable("Write their e-mail address.")], widget=GovTextInput())
    level = RadioField(
        Lazy("What do you ask them to be part of?"),
        [Needed("Choose what you ask them to be part of.")],
        widget=GovRadioInput(),
        validate_choice=False,
    )
    why = Text(Lazy("Why do you ask this person?"), [Needed("Write why you ask them. They read it."), AtMost(500)])

    def __init__(self, levels: Sequence[Level], **values: Any) -> None:
        super().__init__(**values)
        self.level.choices = [SelectChoice(level.slug, level.name) for level in levels]
