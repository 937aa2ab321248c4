"""What a representative fills in to begin a draft and to write on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput, GovSelect
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.models import Person
from pyramid_app.base.web.forms import DayField, Form, Lazy, Line, Needed, Text
from pyramid_app.charter.drafting.rules import MOST_PARTS, Content, DraftKind
from pyramid_app.charter.models import Principle
from pyramid_app.charter.queries import Promise
from pyramid_app.charter.rules import EASY_READ, Words
from pyramid_app.kit.texts.languages import LANGUAGES
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.kit.texts.tidy import tidy
from pyramid_app.partners.models import Partner

FIELDS = ("text", "how_we_know", "timescale", "owner_role", "review_on", "asks", "makers", "principle")


def _tidy(text: str | None) -> str:
    return tidy(text or "")


class _Start(Form):
    title = Line(Lazy("A short name for the change"), filters=(_tidy,))
    reason = Text(Lazy("Why should this change? You can write more later"), filters=(_tidy,))

    def about(self) -> list[int]:
        """The numbers of the promises that were chosen."""
        chosen = self["touches"].data if "touches" in self else None
        found = [whole(one) for one in ([chosen] if isinstance(chosen, str) else chosen or [])]
        return [number for number in found if number is not None]

    def belongs(self) -> int | None:
        """The number of the principle that a new promise belongs to."""
        return whole(self["principle"].data) if "principle" in self else None


class StartOne(_Start):
    touches = RadioField(Lazy("Which promise?"), widget=GovRadioInput(), validate_choice=False)


class StartMany(_Start):
    touches = SelectMultipleField(Lazy("Which promises?"), widget=GovCheckboxesInput(), validate_choice=False)


class StartNew(_Start):
    principle = RadioField(Lazy("Where does it belong?"), widget=GovRadioInput(), validate_choice=False)


def start_form(
    kind: DraftKind, promises: Sequence[Promise], principles: Sequence[Principle], chosen: str
) -> StartOne | StartMany | StartNew:
    """The boxes that a draft of this kind begins with. ``chosen``: the promise that somebody came from."""
    if kind is DraftKind.ADD:
        new = StartNew()
        new.principle.choices = [SelectChoice(str(one.number), one.name) for one in principles]
        return new
    choices = [SelectChoice(str(one.number), f"{one.number}. {one.text}") for one in promises]
    form = StartMany(touches=[chosen]) if kind is DraftKind.MERGE else StartOne(touches=chosen or None)
    form.touches.choices = choices
    return form


class WriteForm(Form):
    """All that can be changed about a draft. ``write_form`` adds the boxes of each promise to it."""

    seen = HiddenField()
    title = Line(Lazy("A short name for the change"), filters=(_tidy,))
    reason = Text(Lazy("Why should this change?"), filters=(_tidy,))
    parts = 0

    def content(self) -> Content:
        return Content(
            self.title.data or "", self.reason.data or "", tuple(self._words(at) for at in range(self.parts))
        )

    def _words(self, at: int) -> Words:
        data = {name: self[f"promises-{at}-{name}"].data for name in FIELDS}
        offered = {one.value for one in self[f"promises-{at}-makers"].choices}
        return Words(
            whole(data["principle"]) or 0, data["text"] or "", data["how_we_know"] or "", data["timescale"] or "",
            data["owner_role"] or "", data["review_on"], tuple(sorted(offered & {*(data["makers"] or ())})),
            bool(data["asks"]),
        )  # fmt: skip


def write_form(parts: int, stored: Content, partners: Sequence[Partner], principles: Sequence[Principle]) -> WriteForm:
    """The form for so many promises, filled with what is stored."""
    boxes: dict[str, Any] = {"parts": min(parts, MOST_PARTS)}
    data: dict[str, Any] = {"title": stored.title, "reason": stored.reason}
    names = [SelectChoice(one.slug, one.name) for one in partners]
    homes = [SelectChoice(str(one.number), one.name) for one in principles]
    for at in range(boxes["parts"]):
        boxes |= {f"promises-{at}-{name}": field for name, field in _boxes(names, homes).items()}
        if at < len(stored.promises):
            said = {name: getattr(stored.promises[at], name) for name in FIELDS}
            said |= {"makers": list(said["makers"]), "principle": str(said["principle"])}
            data |= {f"promises-{at}-{name}": value for name, value in said.items()}
    kind: type[WriteForm] = type("WriteForm", (WriteForm,), boxes)
    return kind(data=data)


def _boxes(partners: list[SelectChoice], principles: list[SelectChoice]) -> Mapping[str, Any]:
    return {
        "text": Text(Lazy("What the promise says"), filters=(_tidy,)),
        "asks": BooleanField(Lazy("It asks something of families: “We ask that you …”"), widget=GovCheckboxInput()),
        "makers": SelectMultipleField(
            Lazy("Who makes it?"), choices=partners, widget=GovCheckboxesInput(), validate_choice=False
        ),
        "owner_role": Line(Lazy("Who looks after it? A role, like “the transport manager”"), filters=(_tidy,)),
        "timescale": Line(Lazy("By when? Like “within 10 working days”"), filters=(_tidy,)),
        "how_we_know": Text(Lazy("How will we know that it is kept?"), filters=(_tidy,)),
        "review_on": DayField(Lazy("On which day do we look at it again?")),
        "principle": SelectField(Lazy("Where does it belong?"), choices=principles, widget=GovSelect()),
    }


class TwinForm(Form):
    language = SelectField(Lazy("Which one?"), widget=GovSelect())
    text = Text(Lazy("The words"), filters=(_tidy,))

    def offer(self) -> None:
        others = [SelectChoice(code, one.name) for code, one in LANGUAGES.items() if code != "en"]
        self.language.choices = [SelectChoice(EASY_READ, Lazy("Easy Read")), *others]


class WriterForm(Form):
    person = SelectField(Lazy("Who should write with you?"), [Needed("Choose somebody.")], widget=GovSelect())

    def offer(self, people: Sequence[Person]) -> None:
        self.person.choices = [SelectChoice(str(one.id), one.name) for one in people]
