"""What an officer asks partners, and what whoever holds a partner's link writes."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectMultipleField

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.outcomes.replies.rules import MOST
from pyramid_app.partners.models import Partner


class AskForm(Form):
    partners = SelectMultipleField(Lazy("Who should answer?"), widget=GovCheckboxesInput(), validate_choice=False)
    question = Text(Lazy("What do you ask them?"), [AtMost(1000)])

    def offer(self, partners: list[Partner]) -> None:
        self.partners.choices = [(partner.slug, partner.name) for partner in partners]


class EntryForm(Form):
    words = Text(Lazy("What they answered"), [AtMost(MOST)])
    source = Line(Lazy("How did they tell you? Like “an e-mail” or “a phone call”"), [AtMost(120)])
    wrote_on = DayField(Lazy("On which day?"))


class ReplyForm(Form):
    words = Text(Lazy("Your answer"), [AtMost(MOST)])


class LateForm(Form):
    why_late = Line(Lazy("Why does it take longer? One line"), [AtMost(300)])


class PassForm(Form):
    address = Line(Lazy("Your colleague's e-mail address"), [AtMost(254)])


class NoteForm(Form):
    note = Text(Lazy("Your words beside it"), [AtMost(MOST)])
