"""What an officer writes about a step."""

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.outcomes.steps.rules import Draft
from pyramid_app.partners.models import Partner


class StepForm(Form):
    what = Line(Lazy("What happens?"), [AtMost(300)])
    partner = SelectField(Lazy("Who does it?"), widget=GovSelect(), validate_choice=False)
    owner_role = Line(Lazy("Whose job is it there? A role, like “head of transport”, not a name"), [AtMost(120)])
    due_on = DayField(Lazy("By which day?"))
    shown_by = Line(Lazy("How will families see that it is done?"), [AtMost(300)])

    def offer(self, partners: list[Partner]) -> None:
        self.partner.choices = [(partner.slug, partner.name) for partner in partners]

    def draft(self) -> Draft:
        """What was written, as the rules read it."""
        return Draft(
            self.what.data or "", self.partner.data or "", self.owner_role.data or "", self.due_on.data,
            self.shown_by.data or "",
        )  # fmt: skip


class MoveForm(Form):
    due_on = DayField(Lazy("By which day now?"))
    because = Text(Lazy("Why does it change?"), [AtMost(500)])


class DoneForm(Form):
    done_on = DayField(Lazy("Done on which day?"))
    evidence = Line(Lazy("A link that shows it"), [AtMost(500)])


class StopForm(Form):
    because = Text(Lazy("Why will it not happen?"), [AtMost(500)])
