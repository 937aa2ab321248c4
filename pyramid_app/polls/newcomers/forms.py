"""What an officer says about those who wait."""

from wtforms import HiddenField

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Needed


class DecideForm(Form):
    network = HiddenField()
    because = Line(Lazy("Why?"), [Needed("Say why. It is written in the log."), AtMost(300)])
