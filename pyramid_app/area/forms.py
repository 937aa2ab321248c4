"""The set-up page: the area's settings in the order a lead thinks of them."""

from dataclasses import dataclass
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import IntegerField

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Needed, Text
from pyramid_app.base.web.render import translate


@dataclass(frozen=True)
class Group:
    """Boxes that belong together: setting's name → its label."""

    title: str
    boxes: dict[str, str]
    numbers: bool = False


GROUPS = (
    Group(
        Lazy("Who we are"),
        {
            "name": Lazy("Name of the area"),
            "host": Lazy("Who runs this"),
            "team": Lazy("The team that answers"),
            "brand_colour": Lazy("Colour, like #1d70b8"),
        },
    ),
    Group(
        Lazy("Letters"),
        {
            "sender_name": Lazy("Name that letters come from"),
            "sender_address": Lazy("Address that letters come from"),
            "reply_to": Lazy("Address where replies are read"),
        },
    ),
    Group(
        Lazy("Help by phone"),
        {
            "phone": Lazy("Our phone number"),
            "hours": Lazy("When somebody answers it"),
            "advice_name": Lazy("Free advice for parents: its name"),
            "advice_contact": Lazy("Free advice for parents: how to reach it"),
            "complaints_address": Lazy("Where to complain"),
        },
    ),
    Group(
        Lazy("What we promise, in days"),
        {
            "first_answer_working_days": Lazy("Working days until a first answer"),
            "position_days": Lazy("Days until we say what we will do"),
            "poll_days": Lazy("Days a question stays open, at the least"),
            "invitation_days": Lazy("Days until an invitation is forgotten"),
            "undo_minutes": Lazy("Minutes in which a letter can be taken back"),
        },
        numbers=True,
    ),
)

LABELS = {name: label for group in GROUPS for name, label in group.boxes.items()}


class Whole(IntegerField):
    """A whole number; what is wrong with it is said in our words."""

    widget = GovTextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(translate("Write a whole number.")) from wrong


class SettingsForm(Form):
    """A box for every setting of ``GROUPS`` is added below."""

    why = Text(Lazy("Why are you changing this?"), [Needed("Write one line: why?"), AtMost(500)])

    def values(self) -> dict[str, Any]:
        """What was typed, by setting. An empty number is no number: the rules say what is wrong with it."""
        return {name: self[name].data for name in LABELS}


for _group in GROUPS:
    for _name, _label in _group.boxes.items():
        _box = Whole(_label) if _group.numbers else Line(_label, [AtMost(300)])
        setattr(SettingsForm, _name, _box)
