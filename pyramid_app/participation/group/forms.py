"""What a lead types about somebody who is to belong to the Group."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Needed
from pyramid_app.base.web.render import translate
from pyramid_app.participation.forms import Reachable
from pyramid_app.participation.group.rules import KINDS, NAMED, Draft, MemberKind


def kinds() -> list[SelectChoice]:
    return [SelectChoice(kind.value, translate(KINDS[kind])) for kind in NAMED]


class MemberForm(Form):
    name = Line(Lazy("First name"), [Needed("Write their first name."), AtMost(80)])
    address = StringField(Lazy("E-mail address"), [Reachable("Write their e-mail address.")], widget=GovTextInput())
    kind = RadioField(Lazy("For whom are they there?"), choices=kinds, widget=GovRadioInput(), validate_choice=False)
    body = Line(Lazy("Where do they come from? Like “Hill School”. A young person leaves this empty"), [AtMost(120)])
    until_on = DayField(Lazy("Until which day? You can leave this empty"))

    def draft(self) -> Draft:
        """What was typed, as the rules read it."""
        kind = MemberKind(self.kind.data) if self.kind.data in list(MemberKind) else None
        return Draft(
            self.name.data or "", self.address.data or "", kind, self.body.data or "", self.until_on.data
        )  # fmt: skip
