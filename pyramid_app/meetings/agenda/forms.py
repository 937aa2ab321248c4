"""What a chair types about an item, and what a member says about her interest in it."""

from collections.abc import Sequence
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Text
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.agenda.rules import MOST_INTEREST, MOST_WORDS, Draft, ItemKind
from pyramid_app.meetings.forms import Versioned
from pyramid_app.participation.group.queries import Member
from pyramid_app.topics.models import Topic


class ItemForm(Versioned):
    title = Line(Lazy("What is it? A short name"), [AtMost(120)])
    words = Text(Lazy("What should people know before? If the Group decides: what exactly?"), [AtMost(MOST_WORDS)])
    minutes = Line(Lazy("How many minutes?"))
    kind = RadioField(
        Lazy("What does the Group do with it?"),
        choices=[SelectChoice("decide", Lazy("It decides")), SelectChoice("hear", Lazy("It hears"))],
        widget=GovRadioInput(),
        validate_choice=False,
    )
    topic = SelectField(Lazy("Is it about a topic? Then everyone reads what was decided"), widget=GovSelect(),
                        validate_choice=False)  # fmt: skip
    brings = SelectField(Lazy("Who brings it?"), widget=GovSelect(), validate_choice=False)

    def offer(self, topics: Sequence[Topic], members: Sequence[Member]) -> None:
        self.topic.choices = [
            SelectChoice("", Lazy("No topic")), *(SelectChoice(str(one.id), one.title) for one in topics)
        ]  # fmt: skip
        self.brings.choices = [SelectChoice("", Lazy("The chair")), *member_choices(members)]

    def draft(self) -> Draft:
        """What was typed, as the rules read it."""
        return Draft(
            self.title.data or "",
            self.words.data or "",
            whole(self.minutes.data),
            ItemKind(self.kind.data) if self.kind.data in list(ItemKind) else None,
            chosen(self.topic),
            chosen(self.brings),
        )


class InterestForm(Form):
    """``who`` is asked of a chair only, who may write it for others."""

    who = SelectField(Lazy("Whose interest is it?"), widget=GovSelect(), validate_choice=False)
    said = Text(Lazy("What is it? For example: my sister works there"), [AtMost(MOST_INTEREST)])


def item_form(item: AgendaItem | None) -> ItemForm:
    """Filled with what stands there."""
    if item is None:
        return ItemForm(data={"minutes": "10"})
    return ItemForm(
        data={
            "version": str(item.version), "title": item.title, "words": item.words, "minutes": str(item.minutes),
            "kind": item.kind.value, "topic": str(item.topic_id or ""), "brings": str(item.brings_id or ""),
        }
    )  # fmt: skip


def member_choices(members: Sequence[Member]) -> list[SelectChoice]:
    return [SelectChoice(str(one.person_id), one.name or str(one.kind)) for one in members]


def chosen(field: Field) -> UUID | None:
    """The row that was chosen; what is no id is nothing."""
    try:
        return UUID(field.data or "")
    except ValueError:
        return None
