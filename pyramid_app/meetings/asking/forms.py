"""What a member types to ask for an item, and what a chair answers."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import moment
from pyramid_app.meetings.agenda.forms import chosen
from pyramid_app.meetings.asking.rules import MOST_WORDS, Answer
from pyramid_app.meetings.forms import Versioned
from pyramid_app.meetings.models import Meeting
from pyramid_app.topics.models import Topic


class AskForm(Versioned):
    title = Line(Lazy("What should the Group talk about? A short name"), [AtMost(120)])
    words = Text(Lazy("Why?"), [AtMost(MOST_WORDS)])
    topic = SelectField(Lazy("Is it about a topic?"), widget=GovSelect(), validate_choice=False)

    def offer(self, topics: Sequence[Topic]) -> None:
        self.topic.choices = [
            SelectChoice("", Lazy("No topic")), *(SelectChoice(str(one.id), one.title) for one in topics)
        ]  # fmt: skip


class AnswerForm(Versioned):
    yes = RadioField(
        Lazy("Does it come on an agenda?"),
        choices=[SelectChoice("yes", Lazy("Yes, at this meeting:")), SelectChoice("no", Lazy("No, because:"))],
        widget=GovRadioInput(),
        validate_choice=False,
    )
    meeting = SelectField(Lazy("Which meeting? (for a yes)"), widget=GovSelect(), validate_choice=False)
    because = Text(Lazy("Why not? (for a no) Or a word to go with the yes"), [AtMost(500)])

    def offer(self, meetings: Sequence[Meeting]) -> None:
        self.meeting.choices = [
            SelectChoice(
                str(one.id), translate(Say("{title}, {at}", title=one.title, at=moment(one.starts_at)))
            )
            for one in meetings
        ]  # fmt: skip

    def answer(self) -> Answer:
        """What was typed, as the rules read it."""
        yes = {"yes": True, "no": False}.get(self.yes.data or "")
        return Answer(yes, chosen(self.meeting), self.because.data or "")
