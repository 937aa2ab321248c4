"""The form in which an officer puts drafts of the charter before families."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput
from wtforms import RadioField, SelectMultipleField

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Needed


class RatifyForm(Form):
    title = Line(Lazy("Its title, as families see it"), [Needed("Write a title."), AtMost(120)])
    topic = RadioField(
        Lazy("Which topic is it about?"), [Needed("Choose the topic it is about.")], widget=GovRadioInput()
    )
    drafts = SelectMultipleField(Lazy("What families vote on"), widget=GovCheckboxesInput())
