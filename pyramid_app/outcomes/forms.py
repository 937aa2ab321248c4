"""What an officer writes to answer a topic, or to give a late one a new date."""

from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base import errors
from pyramid_app.base.files.forms import FileForm
from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.rules import Answer, Draft, what_is_missing
from pyramid_app.partners.models import Partner

NAMES = {
    Answer.WORKING: Say("We are working on it"),
    Answer.DONE: Say("It is done"),
    Answer.CANT: Say("We can't"),
    Answer.NOT_OURS: Say("It is not ours: we have passed it on"),
}
NOT_YET = UUID(int=0)
"""Stands for a file that has come and has no row yet."""


def answers() -> list[SelectChoice]:
    return [SelectChoice(answer.value, translate(name)) for answer, name in NAMES.items()]


class AnswerForm(FileForm):
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

    def draft(self, file_id: UUID | None = None) -> Draft:
        """What was written, as the rules read it; ``file_id`` is the row of the file that shows it."""
        known = [answer.value for answer in Answer]
        answer = Answer(self.answer.data) if self.answer.data in known else Answer.WORKING
        values = {name: self.fitting(name) for name in TEXTS}
        return Draft(
            answer, next_word_on=self.next_word_on.data, done_on=self.done_on.data, evidence_file_id=file_id, **values
        )

    def looked_at(self) -> Draft:
        """The same before anything is kept."""
        return self.draft(NOT_YET if self.brought else None)

    def kept(self, work: Work) -> Draft:
        """The same with its file kept in this act. Raises ``Invalid`` for what the file lacks and all the rest."""
        if self.looked_at().answer is not Answer.DONE:
            return self.draft()
        try:
            return self.draft(self.keep(work))
        except errors.Invalid as refused:
            missing = what_is_missing(self.looked_at(), london_date(work.now))
            raise errors.Invalid({**missing, **refused.fields}) from refused


TEXTS = ("you_said", "we_did", "for_families", "evidence", "reason", "instead", "to_whom")


class NewDateForm(Form):
    next_word_on = DayField(Lazy("When will families hear from us?"))
    why = Text(Lazy("Why does it take longer?"), [AtMost(500)])
