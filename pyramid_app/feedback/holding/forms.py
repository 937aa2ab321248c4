"""What an officer writes to hold words back, what their author writes against it, and the answer to that."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Needed, Text
from pyramid_app.base.web.render import translate
from pyramid_app.feedback.holding.rules import ANSWER_AT_MOST, BECAUSE_AT_MOST, OBJECTION_AT_MOST, WORDS, Reason


def reasons() -> list[SelectChoice]:
    return [SelectChoice(reason, translate(WORDS[reason])) for reason in Reason]


class HoldForm(Form):
    reason = RadioField(
        Lazy("Why is this not published?"), choices=reasons, widget=GovRadioInput(), validate_choice=False
    )
    because = Text(
        Lazy("The line that its author reads: we are not publishing this, because"), [AtMost(BECAUSE_AT_MOST)]
    )

    @property
    def chosen(self) -> Reason | None:
        return Reason(self.reason.data) if self.reason.data in set(Reason) else None


class ObjectionForm(Form):
    words = Text(Lazy("Why do you not agree?"), [AtMost(OBJECTION_AT_MOST)])


class DecisionForm(Form):
    publish = RadioField(
        Lazy("What do you decide?"),
        [Needed("Choose one.")],
        choices=[
            SelectChoice("yes", Lazy("It goes ahead: back to the desk, to be filed")),
            SelectChoice("no", Lazy("It stays held back")),
        ],
        widget=GovRadioInput(),
        validate_choice=True,
    )
    answer = Text(Lazy("Why? The author reads this."), [AtMost(ANSWER_AT_MOST)])
