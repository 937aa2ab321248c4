"""What an officer types to add something to the calendar."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.area.calendar_rules import KINDS, NAME_AT_MOST
from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line
from pyramid_app.base.web.render import translate


def kinds() -> list[SelectChoice]:
    return [SelectChoice(kind.value, translate(said)) for kind, said in KINDS.items()]


class PeriodForm(Form):
    """One period. The rules say what is missing; a last day that is left empty is the first day."""

    kind = RadioField(Lazy("What is it?"), choices=kinds, widget=GovRadioInput(), validate_choice=False)
    name = Line(Lazy("Its name, like Spring term or Eid al-Fitr"), [AtMost(NAME_AT_MOST)])
    from_on = DayField(Lazy("First day"))
    until_on = DayField(Lazy("Last day"))
