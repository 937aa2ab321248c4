"""What families type to tell us something."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.forms import AddressField
from pyramid_app.base.web.forms import Form, Lazy, Text
from pyramid_app.base.web.render import translate
from pyramid_app.feedback.rules import Speaker


def speakers() -> list[SelectChoice]:
    return [
        SelectChoice(Speaker.PARENT_CARER, translate("I am a parent or carer")),
        SelectChoice(Speaker.YOUNG_PERSON, translate("I am a young person")),
        SelectChoice(Speaker.CHILD_HELPED, translate("I write for a child or young person, in their words")),
    ]


class VoiceForm(Form):
    """One box, and a few questions round it."""

    words = Text(Lazy("What do you want to tell us?"))
    speaker = RadioField(
        Lazy("Who is speaking?"),
        choices=speakers,
        default=Speaker.PARENT_CARER,
        widget=GovRadioInput(),
        validate_choice=False,
    )
    may_quote = BooleanField(Lazy("You may put my words on the website, without my name"), widget=GovCheckboxInput())
    tell = BooleanField(Lazy("Tell me what happens"), default=True, widget=GovCheckboxInput())
    address = AddressField(
        Lazy("Your e-mail address, if you want to hear what happens (you can leave this empty)"),
        Lazy("Your e-mail address or mobile number, if you want to hear what happens (you can leave this empty)"),
    )
