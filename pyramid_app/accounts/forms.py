"""What people type to sign in."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextInput
from wtforms import BooleanField, StringField

from pyramid_app.base.web.forms import Form, Lazy, Needed


class AddressForm(Form):
    address = StringField(Lazy("Your e-mail address"), widget=GovTextInput())
    kept = BooleanField(Lazy("Keep me signed in on this device"), widget=GovCheckboxInput())


class CodeForm(Form):
    code = StringField(
        Lazy("The 6 numbers from our message"),
        [Needed("Type the 6 numbers from our message.")],
        widget=GovTextInput(),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class OnlyAButton(Form):
    """A form that is just its button: what it does is in its address."""
