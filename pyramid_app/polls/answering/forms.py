"""What a stranger says of herself before her answer goes in."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField

from pyramid_app.accounts.forms import AddressField
from pyramid_app.base.web.forms import Form, Lazy, Needed


class StrangerForm(Form):
    """Two ticks and one box: all we ask before an answer goes in."""

    cares = BooleanField(
        Lazy("I care for someone aged 0 to 25 with SEND who lives in or uses services here"),
        [Needed("Tick this if you care for someone aged 0 to 25 with SEND. Only then can we count your answer.")],
        widget=GovCheckboxInput(),
    )
    young = BooleanField(
        Lazy("I am aged 11 to 25, and I have special needs or a disability"),
        [Needed("Tick this if you are aged 11 to 25 and have special needs or a disability.")],
        widget=GovCheckboxInput(),
    )
    first = BooleanField(
        Lazy("I have not answered this before"),
        [Needed("Tick this if you have not answered before.")],
        widget=GovCheckboxInput(),
    )
    address = AddressField(validators=[Needed("Write where we can send you a code.")])

    def for_whom(self, young: bool) -> "StrangerForm":
        """Only the tick that belongs to those who are asked."""
        del self[("cares" if young else "young")]
        return self
