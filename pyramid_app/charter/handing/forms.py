"""What is filled in when a draft goes on: a note, an owner's answer, a hand."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Text
from pyramid_app.charter.handing.rules import SAYS, STANDS, Stands
from pyramid_app.charter.rules import Says


class OnForm(Form):
    words = Text(Lazy("A line or two for them: what you ask, or what came of it"))


class LetGoForm(Form):
    because = Text(Lazy("Why does it end here? Everybody can read this"), [AtMost(500)])


class HandForm(Form):
    stands = RadioField(
        Lazy("Do you agree?"),
        choices=[SelectChoice(stands.value, Lazy(say.message)) for stands, say in STANDS.items()],
        widget=GovRadioInput(), validate_choice=False,
    )  # fmt: skip
    note = Text(Lazy("Your note. The Group reads it"), [AtMost(500)])

    @property
    def chosen(self) -> Stands | None:
        return Stands(self.stands.data) if self.stands.data in set(Stands) else None


class KeepForm(Form):
    says = RadioField(
        Lazy("Can you keep it?"),
        choices=[SelectChoice(says.value, Lazy(say.message)) for says, say in SAYS.items()],
        widget=GovRadioInput(), validate_choice=False,
    )  # fmt: skip
    words = Text(Lazy("If something would have to change, or you cannot: say what, or why"), [AtMost(500)])

    @property
    def chosen(self) -> Says | None:
        return Says(self.says.data) if self.says.data in set(Says) else None


class EnterForm(KeepForm):
    source = Line(Lazy("How did they tell you? Like “an e-mail” or “a phone call”"), [AtMost(120)])
