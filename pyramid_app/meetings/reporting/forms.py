"""Three boxes, and whether anyone may read them."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Text
from pyramid_app.meetings.reporting.rules import MOST, Boxes


class BoxesForm(Form):
    raised = Text(Lazy("What we raised"), [AtMost(MOST)])
    said = Text(Lazy("What was said"), [AtMost(MOST)])
    next = Text(Lazy("What is next"), [AtMost(MOST)])
    public = BooleanField(Lazy("Anyone may read this, with my first name"), widget=GovCheckboxInput())

    def boxes(self) -> Boxes:
        """What was typed, as the rules read it."""
        return Boxes(self.raised.data or "", self.said.data or "", self.next.data or "", bool(self.public.data))
