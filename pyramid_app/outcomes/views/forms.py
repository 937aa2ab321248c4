"""What a representative says about an answer."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Text
from pyramid_app.outcomes.views.rules import View


class ViewForm(Form):
    view = RadioField(
        Lazy("Do you agree with this answer?"),
        choices=[
            SelectChoice(View.AGREE.value, Lazy("I agree")),
            SelectChoice(View.DISAGREE.value, Lazy("I do not agree, because:")),
        ],
        widget=GovRadioInput(),
        validate_choice=False,
    )
    because = Text(Lazy("Why? (needed only if you do not agree)"), [AtMost(500)])

    @property
    def chosen(self) -> View | None:
        return View(self.view.data) if self.view.data in list(View) else None
