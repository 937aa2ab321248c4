"""What an officer writes to answer a topic, or to give a late one a new date."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.partners.models import Partner


def answers() -> list[SelectChoice]:
    return [
        SelectChoice(Answer.WORKING.value, translate("We are working on it")),
        SelectChoice(Answer.DONE.value, translate("It is done")),
        SelectChoice(Answer.CANT.value, translate("We can't")),
        SelectChoice(Answer.NOT_OURS.value, translate("It is not ours: we have passed it on")),
    ]


class AnswerForm(Form):
    answer = RadioField(
        Lazy("What is the answer?"),
        choices=answers,
        default=Answer.WORKING.value,
        widget=GovRadioInput(),
        validate_choice=False,
    )
    you_said = Text(Lazy("You said: what families told us, in short"), [AtMost(500)])
    we_did = Text(Lazy("We did: what has happened, or is happening"), [AtMost(4000)])
    for_families = Text(Lazy("What this means for families"), [AtMost(1000)])
    next_word_on = DayField(Lazy("They hear from us again by (when you are working on it)"))
    evidence = Line(Lazy("A link that shows it (when it is done)"), [AtMost(500)])
    done_on = DayField(Lazy("Done on which day? (when it is done)"))
    reason = Text(Lazy("Why? (when you can't, or it is not yours)"), [AtMost(1000)])
    instead = Line(Lazy("What is possible instead? (when you can't)"), [AtMost(500)])
    to_whom = Line(Lazy("Whose is it, and how to reach them? (when it is not yours)"), [AtMost(200)])

    partners = SelectMultipleField(
        Lazy("Which partners does this answer speak for? They see it before it is public"),
        widget=GovCheckboxesInput(),
        validate_choice=False,
    )
    ask_reps = BooleanField(Lazy("Ask the reps what they think of it"), widget=GovCheckboxInput())

    def offer(self, partners: list[Partner], replied: set[str]) -> None:
        """The partners to choose from; those that ``replied`` are ticked until somebody unticks them."""
        self.partners.choices = [(partner.slug, partner.name) for partner in partners]
        if not self.is_submitted():
            self.partners.data = [partner.slug for partner in partners if partner.slug in replied]

    def draft(self) -> Draft:
        """What was written, as the rules read it."""
        known = [answer.value for answer in Answer]
        answer = Answer(self.answer.data) if self.answer.data in known else Answer.WORKING
        values = {name: self._fields[name].data or "" for name in TEXTS}
        return Draft(answer, next_word_on=self.next_word_on.data, done_on=self.done_on.data, **values)


TEXTS = ("you_said", "we_did", "for_families", "evidence", "reason", "instead", "to_whom")


class NewDateForm(Form):
    next_word_on = DayField(Lazy("When will families hear from us?"))
    why = Text(Lazy("Why does it take longer?"), [AtMost(500)])
