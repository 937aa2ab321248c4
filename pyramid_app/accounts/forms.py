"""What people type to sign in."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextInput
from wtforms import BooleanField, StringField

from pyramid_app.base.web.forms import Form, Lazy, Needed
from pyramid_app.base.web.house import house


class AddressField(StringField):
    """One box for any way to be reached; its label names only the ways this installation has."""

    widget = GovTextInput()

    def __init__(
        self,
        label: str = Lazy("Your e-mail address"),
        either: str = Lazy("Your e-mail address or mobile number"),
        validators: Any = (),
        **extra: Any,
    ) -> None:
        super().__init__(either if "mobile" in house().channels else label, validators, **extra)


class AddressForm(Form):
    address = AddressField()
    kept = BooleanField(Lazy("Keep me signed in on this device"), widget=GovCheckboxInput())


class CodeForm(Form):
    code = StringField(
        Lazy("The code from our message"),
        [Needed("Type the code from our message. It has only numbers.")],
        widget=GovTextInput(),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class OnlyAButton(Form):
    """A form that is just its button: what it does is in its address."""
