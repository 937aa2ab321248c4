"""What a member fills in to say something to a draft, and what those who write it answer."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Text
from pyramid_app.charter.commenting.queries import Seen, texts_of
from pyramid_app.charter.commenting.rules import CAME_OF, MOST, MOST_QUOTE, WEIGHTS, CameOf, Weight, to_choose_from
from pyramid_app.charter.rules import Words


class CommentForm(Form):
    text = Text(Lazy("What do you think of it?"), [AtMost(MOST)])
    weight = RadioField(
        Lazy("How much does this matter?"),
        choices=[SelectChoice(weight.value, Lazy(say.message)) for weight, say in WEIGHTS.items()],
        widget=GovRadioInput(), validate_choice=False,
    )  # fmt: skip
    sentence = RadioField(Lazy("Which words is it about?"), widget=GovRadioInput(), validate_choice=False)
    quote = Line(Lazy("Or copy the words here"), [AtMost(MOST_QUOTE)])
    unnamed = BooleanField(Lazy("Show me as “a parent”, without my name"), widget=GovCheckboxInput())

    def offer(self, promises: Sequence[Words]) -> None:
        """The sentences of the draft; the first choice is all of it."""
        sentences = to_choose_from(texts_of(promises))
        self.sentence.choices = [SelectChoice("", Lazy("All of it")), *(SelectChoice(one, one) for one in sentences)]

    @property
    def chosen(self) -> Weight | None:
        return Weight(self.weight.data) if self.weight.data in set(Weight) else None

    @property
    def about(self) -> str:
        return self.quote.data or self.sentence.data or ""


class AnswerForm(Form):
    comments = SelectMultipleField(
        Lazy("Which comments do you answer?"), widget=GovCheckboxesInput(), validate_choice=False
    )
    came_of = RadioField(
        Lazy("What came of them?"),
        choices=[SelectChoice(came_of.value, Lazy(say.message)) for came_of, say in CAME_OF.items()],
        widget=GovRadioInput(), validate_choice=False,
    )  # fmt: skip
    because = Text(Lazy("What did you change, or why not?"), [AtMost(MOST)])
    offered: frozenset[str] | set[str] = frozenset()

    def offer(self, said: Sequence[Seen], name: Mapping[Weight, str]) -> None:
        """Those that have no answer yet; each says how much it matters."""
        self.offered = {str(one.comment.id) for one in said}
        self.comments.choices = [SelectChoice(str(one.comment.id), _as_choice(one, name)) for one in said]

    @property
    def ticked(self) -> list[UUID]:
        """Of those that were offered."""
        return [UUID(one) for one in self.comments.data or () if one in self.offered]

    @property
    def chosen(self) -> CameOf | None:
        return CameOf(self.came_of.data) if self.came_of.data in set(CameOf) else None


def _as_choice(one: Seen, name: Mapping[Weight, str]) -> str:
    said = f"{name[one.comment.weight]}: {one.comment.text}"
    return f"{said} (“{one.comment.quote}”)" if one.comment.quote else said


class ReportForm(Form):
    why = Text(Lazy("What is wrong with these words?"), [AtMost(500)])


class ObjectForm(Form):
    objection = Text(Lazy("Why should others see it?"), [AtMost(500)])


class HideForm(Form):
    because = Text(Lazy("Why is it hidden? The author reads this"), [AtMost(500)])
