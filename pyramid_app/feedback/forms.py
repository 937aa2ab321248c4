"""What families type to tell us something, and what an officer types to file it."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.forms import AddressField
from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.feedback.rules import Speaker

NEW = "new"


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


class FilingForm(Form):
    """Putting a voice under a topic: one that is there, or a new one."""

    topic = RadioField(Lazy("Which topic?"), widget=GovRadioInput(), validate_choice=False, default=NEW)
    title = Line(Lazy("Name of the new topic"), [AtMost(120)])
    commitments = SelectMultipleField(
        Lazy("Which promises is it about?"), coerce=int, widget=GovCheckboxesInput(), validate_choice=False
    )
    outside = Line(Lazy("Or: why is it about none of our promises?"), [AtMost(500)])
    next_word_on = DayField(Lazy("They hear from us again by"))
    cleared = Text(Lazy("The words without names, schools and rare facts"), [AtMost(20000)])
    note = Text(Lazy("A line of your own in the answer (you can leave this empty)"), [AtMost(1000)])

    def offer(self, topics: list[Any], promises: list[Any]) -> None:
        """The topics and promises to choose from, as ``(value, label)``."""
        self.topic.choices = [
            *(SelectChoice(str(topic.id), topic.title) for topic in topics),
            SelectChoice(NEW, translate("A new topic")),
        ]
        self.commitments.choices = [SelectChoice(promise.number, promise.text) for promise in promises]
