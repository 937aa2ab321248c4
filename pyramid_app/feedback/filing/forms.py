"""What officers type on the desk."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput, GovSelect
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.models import Person
from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.kit.texts.numbers import number

NEW = "new"


class NewTopicForm(Form):
    """A topic that begins: its name, what it is about, and the day of the next word."""

    title = Line(Lazy("Name of the new topic"), [AtMost(120)])
    commitments = SelectMultipleField(
        Lazy("Which promises is it about?"), coerce=number, widget=GovCheckboxesInput(), validate_choice=False
    )
    outside = Line(Lazy("Or: why is it about none of our promises, and where does it go?"), [AtMost(500)])
    next_word_on = DayField(Lazy("They hear from us again by"))

    def offer_promises(self, promises: Sequence[Any], first: Sequence[int] = ()) -> None:
        """The promises of the charter; those that earlier choices suggest come ``first``."""
        ordered = sorted(promises, key=lambda promise: first.index(promise.number) if promise.number in first else 99)
        self.commitments.choices = [SelectChoice(promise.number, promise.text) for promise in ordered]


class FilingForm(NewTopicForm):
    """Putting a voice under a topic: one that is there, or a new one."""

    topic = RadioField(Lazy("Which topic?"), widget=GovRadioInput(), validate_choice=False, default=NEW)
    other = Line(Lazy("Another topic we work on: its name"), [AtMost(120)])
    cleared = Text(Lazy("The words without names, schools and rare facts"), [AtMost(20000)])
    note = Text(Lazy("A line of your own in the answer (you can leave this empty)"), [AtMost(1000)])

    def offer(self, topics: Sequence[Any], promises: Sequence[Any], first: Sequence[int] = ()) -> None:
        """The topics and promises to choose from, likely ones first."""
        self.topic.choices = [
            *(SelectChoice(str(topic.id), topic.title) for topic in topics),
            SelectChoice(NEW, translate("A new topic")),
        ]
        self.offer_promises(promises, first)


class NoteForm(Form):
    """A line for colleagues, or a question to one of them."""

    line = Text(Lazy("A line for your colleagues. No family sees it."), [AtMost(1000)])
    to = SelectField(Lazy("Ask a colleague"), widget=GovSelect(), validate_choice=False)

    def offer(self, colleagues: Sequence[Person], but: UUID | None) -> None:
        others = [SelectChoice(str(person.id), person.name) for person in colleagues if person.id != but]
        self.to.choices = [SelectChoice("", translate("Nobody: it is only a note")), *others]


class TranslationForm(Form):
    translation = Text(Lazy("What it says in English"), [AtMost(20000)])
    how = Line(Lazy("Who translated it, or how?"), [AtMost(120)])


class ClearingForm(Form):
    cleared = Text(Lazy("The words without names, schools and rare facts"), [AtMost(20000)])
    original = Text(
        Lazy("The same in the speaker’s language"),
        [AtMost(20000)],
        description=Lazy(
            "Take names out here, too. If you can’t read it, leave it empty: then only the translation is shown."
        ),
    )


class MergingForm(Form):
    into = Line(Lazy("Which topic is the same? Its name"), [AtMost(120)])
