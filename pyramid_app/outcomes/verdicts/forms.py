"""What a family may add to its verdict, and what an officer writes to start a topic again."""

from collections.abc import Mapping
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base import errors
from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Text
from pyramid_app.kit.say import Say
from pyramid_app.outcomes.verdicts.rules import LINE_AT_MOST, Answer, Helped


class HelpedForm(Form):
    """The four answers are buttons."""

    line = Text(Lazy("In your own words"), [AtMost(LINE_AT_MOST)])
    ring = BooleanField(Lazy("Please ring me about it"), widget=GovCheckboxInput())
    number = Line(Lazy("The number we can ring"), [AtMost(40)])
    no_ring = BooleanField(Lazy("Please don’t ring me any more"), widget=GovCheckboxInput())

    def answer(self, pressed: str | None) -> Answer:
        """What was sent, as the rules read it. Raises ``Invalid`` where no button was pressed."""
        if pressed not in {one.value for one in Helped}:
            raise errors.Invalid({"answer": Say("Press one of the four buttons.")})
        return Answer(
            Helped(pressed), self.line.data or "", bool(self.ring.data), self.number.data or "", bool(self.no_ring.data)
        )


class ReopenForm(Form):
    because = Text(Lazy("Why do we start again?"), [AtMost(500)])
    owner = RadioField(Lazy("Who looks after it?"), widget=GovRadioInput(), validate_choice=False)

    def offer(self, staff: Mapping[UUID, str]) -> None:
        self.owner.choices = [SelectChoice(str(person_id), name) for person_id, name in staff.items()]

    def owner_id(self) -> UUID | None:
        """Whom was chosen; nobody, where that is nobody we know."""
        return next((UUID(value) for value, *_ in self.owner.iter_choices() if value == self.owner.data), None)
