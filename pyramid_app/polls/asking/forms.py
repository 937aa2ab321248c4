"""What an officer fills in to begin a poll and to write what it is about."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput, GovSelect
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Needed, Text
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.participation.rules import Circle
from pyramid_app.polls.asking.drafts import Content
from pyramid_app.polls.asking.patterns import Pattern
from pyramid_app.polls.kinds.facts import NAMES
from pyramid_app.polls.rules import PollKind

OWN = "own"


class Versioned(Form):
    """A form about a draft that somebody else may be writing at the same time."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the officer saw; anything else is like an old one."""
        return whole(self.version.data) or 0


class NewPollForm(Form):
    topic = RadioField(
        Lazy("Which topic is it about?"), [Needed("Choose the topic it is about.")], widget=GovRadioInput(),
        validate_choice=True,
    )  # fmt: skip
    title = Line(Lazy("Its title, as families see it"), [Needed("Write a title."), AtMost(120)])
    pattern = RadioField(
        Lazy("How do you want to begin?"),
        choices=[
            SelectChoice(OWN, Lazy("With an empty page")),
            SelectChoice(Pattern.CHARTER_CHECK, Lazy("Charter check: did our promises happen for you this year?")),
            SelectChoice(Pattern.CHECK_IN, Lazy("Check-in: how is this term going?")),
            SelectChoice(Pattern.DATE, Lazy("Choose a date: when can families come?")),
        ],
        default=OWN,
        widget=GovRadioInput(),
    )

    @property
    def chosen_pattern(self) -> Pattern | None:
        return None if self.pattern.data == OWN else Pattern(self.pattern.data)


class PollForm(Versioned):
    """Everything about a poll but its topic, its questions and its times. A draft may have gaps."""

    title = Line(Lazy("Title"), [Needed("Write a title."), AtMost(120)])
    kind = RadioField(
        Lazy("Are you proposing a change?"),
        choices=[
            SelectChoice(PollKind.POLL, Lazy("No, we want to listen")),
            SelectChoice(PollKind.CONSULTATION, Lazy("Yes, something would change: this is a consultation")),
        ],
        widget=GovRadioInput(),
    )
    why = Text(Lazy("Why do you ask?"), [AtMost(1000)])
    proposal = Text(Lazy("What is proposed, and why?"), [AtMost(2000)])
    considered = Text(Lazy("Which other ways did you think about?"), [AtMost(2000)])
    who_decides = Line(Lazy("Who decides?"), [AtMost(200)])
    where_decided = Line(Lazy("Where is it decided?"), [AtMost(200)])
    decided_on = DayField(Lazy("On which day is it decided?"))
    can_change = Text(Lazy("What can change?"), [AtMost(500)])
    cannot_change = Text(Lazy("What cannot change?"), [AtMost(500)])
    next_what = Text(Lazy("What happens next?"), [AtMost(300)])
    next_by = DayField(Lazy("By which day do families hear?"))
    minutes = SelectField(
        Lazy("How many minutes does it take?"),
        choices=[SelectChoice(str(n), str(n)) for n in range(1, 16)],
        widget=GovSelect(),
    )
    pages = RadioField(
        Lazy("How are the questions shown?"),
        choices=[SelectChoice("all", Lazy("All on one page")), SelectChoice("each", Lazy("One question a page"))],
        widget=GovRadioInput(),
    )
    facts = SelectMultipleField(
        Lazy("What may families share about themselves, if they like?"),
        choices=[SelectChoice(name, Lazy(say.message)) for name, say in NAMES.items()],
        widget=GovCheckboxesInput(),
    )

    levels = SelectMultipleField(Lazy("How involved (with everyone above)"), widget=GovCheckboxesInput())
    wards = SelectMultipleField(Lazy("Where they live"), widget=GovCheckboxesInput())
    places = SelectMultipleField(Lazy("Where the child learns"), widget=GovCheckboxesInput())

    def offer(self, levels: Sequence[tuple[str, str]], wards: Sequence[str], places: Sequence[str]) -> None:
        """Whom this area can ask."""
        self.levels.choices = [SelectChoice(slug, name) for slug, name in levels]
        self.wards.choices = [SelectChoice(name, name) for name in wards]
        self.places.choices = [SelectChoice(name, name) for name in places]

    def content(self) -> dict[str, Any]:
        """What was written, by the names of ``Content``: everything but its questions and its roll."""
        levels, wards, places = (tuple(box.data or ()) for box in (self.levels, self.wards, self.places))
        plain = {name: self._fields[name].data for name in Content.__dataclass_fields__ if name in self._fields}
        return {
            **plain,
            "kind": PollKind(plain["kind"]),
            "minutes": int(plain["minutes"]),
            "facts": tuple(plain["facts"] or ()),
            "one_by_one": self.pages.data == "each",
            "circle": Circle(levels, wards, places),
        }


def filled(content: Content, version: int) -> PollForm:
    """The form with what is stored; what has just been sent goes before it."""
    plain = {name: value for name, value in {**vars(content), **vars(content.circle)}.items() if name != "questions"}
    more = {"version": str(version), "minutes": str(content.minutes), "pages": "each" if content.one_by_one else "all"}
    return PollForm(data={**plain, **more})
