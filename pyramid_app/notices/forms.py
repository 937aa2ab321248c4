"""What an officer fills in to write a notice."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.notices.rules import Content
from pyramid_app.participation.models import Level
from pyramid_app.topics.models import Topic


class NoticeForm(Form):
    title = Line(Lazy("Title"), [AtMost(120)])
    words = Text(Lazy("What should families know?"), [AtMost(3000)])
    link = Line(Lazy("A link where they can read more (you can leave this empty)"), [AtMost(300)])
    until_on = DayField(Lazy("Until which day is it of use?"))
    level = RadioField(
        Lazy("Who gets it? This level, and everyone above it"), widget=GovRadioInput(), validate_choice=False
    )
    topics = SelectMultipleField(
        Lazy("Who else gets it? Everyone who hears about these topics"), widget=GovCheckboxesInput(),
        validate_choice=False,
    )  # fmt: skip

    def offer(self, levels: Sequence[Level], topics: Sequence[Topic]) -> None:
        """Whom this area can write to; the first choice is nobody, so that a topic alone can be chosen."""
        nobody = SelectChoice("", Lazy("No level"))
        self.level.choices = [nobody, *(SelectChoice(level.slug, level.name) for level in levels)]
        self.topics.choices = [SelectChoice(topic.ref, topic.title) for topic in topics]

    def content(self) -> Content:
        return Content(
            title=self.title.data or "",
            words=self.words.data or "",
            link=self.link.data or "",
            until_on=self.until_on.data,
            level=self.level.data or "",
            topics=tuple(self.topics.data or ()),
        )
