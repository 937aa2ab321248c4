"""What a family ticks to have their words passed on, what an officer notes, and what a place answers."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line
from pyramid_app.base.web.render import translate
from pyramid_app.feedback.forms import VoiceForm
from pyramid_app.feedback.own_child.queries import Helper
from pyramid_app.feedback.own_child.rules import PHONE_AT_MOST, Place


class PlaceField(RadioField):
    """The places that an area has a mailbox for."""

    widget = GovRadioInput()

    def __init__(self, label: str, **extra: Any) -> None:
        super().__init__(label, validate_choice=False, choices=(), **extra)

    def offer(self, helpers: Sequence[Helper]) -> None:
        self.choices = [SelectChoice(str(helper.place), translate(helper.name)) for helper in helpers]

    @property
    def place(self) -> Place | None:
        """What was picked, if it is one."""
        return Place(self.data) if self.data in set(Place) else None


class OwnChildForm(VoiceForm):
    """The box, and the one tick that passes the words on."""

    pass_on = BooleanField(Lazy("Pass my words on to people who can help"), widget=GovCheckboxInput())
    place = PlaceField(Lazy("Who should get them?"))
    phone = Line(Lazy("Your phone number, so that they can ring you"), [AtMost(PHONE_AT_MOST)])


class HandOverForm(Form):
    """An officer passes words on for a family that said yes."""

    place = PlaceField(Lazy("Who should get the words?"))
    phone = Line(Lazy("The family's phone number (you can leave this empty)"), [AtMost(PHONE_AT_MOST)])
    consent = Line(Lazy("How did the family say yes?"), [AtMost(200)])


class ReceivedForm(Form):
    """Somebody has it."""

    who = Line(Lazy("Who has it now? A name, or a team"), [AtMost(80)])
    ring_on = DayField(Lazy("By which day do you ring the family?"))
