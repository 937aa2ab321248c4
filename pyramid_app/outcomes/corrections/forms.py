"""What an officer writes to correct an answer: the answer again, why, and whether people are told."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField, HiddenField

from pyramid_app.base.files.forms import filled_with
from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.web.forms import AtMost, Lazy, Text
from pyramid_app.outcomes.corrections.queries import draft_of
from pyramid_app.outcomes.forms import AnswerForm
from pyramid_app.outcomes.models import Outcome


class CorrectForm(AnswerForm):
    because = Text(Lazy("Why do you correct it? Families read this."), [AtMost(500)])
    tell_again = BooleanField(
        Lazy("Write again to everyone who was told, to say what we corrected and why"), widget=GovCheckboxInput()
    )
    version = HiddenField()
    # A correction is public at once, and what representatives said stays beside it.
    partners = None  # type: ignore[assignment]
    ask_reps = None  # type: ignore[assignment]

    def seen(self, versions: list[Outcome]) -> Outcome:
        """The version that the officer had before her; the newest where the note of it is lost."""
        return next((one for one in versions if str(one.version) == self.version.data), versions[-1])


def form_for(outcome: Outcome, file: StoredFile | None) -> CorrectForm:
    """The form with what the answer says now."""
    said = vars(draft_of(outcome))
    return CorrectForm(data={**said, **filled_with(file), "answer": outcome.state.value, "version": outcome.version})
