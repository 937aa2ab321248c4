"""What a lead types about a partner."""

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line


class PartnerForm(Form):
    mailbox = Line(Lazy("The e-mail address of a team or role there"), [AtMost(254)])
    ended_on = DayField(Lazy("From which day is it a partner no more? (you can leave this empty)"))
