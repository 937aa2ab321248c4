"""The set-up page: the area's settings in the order a lead thinks of them."""

from dataclasses import dataclass
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import IntegerField, TextAreaField

from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Needed, Text, clean
from pyramid_app.base.web.render import translate
from pyramid_app.kit.texts.numbers import whole


@dataclass(frozen=True)
class Group:
    """Boxes that belong together: setting's name → its label."""

    title: str
    boxes: dict[str, str]
    numbers: bool = False
    lists: bool = False
    note: str = ""


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
        Lazy("Who gets a family's words about their own child, if the family asks for it"),
        {
            "advice_mailbox": Lazy("Free advice for parents: e-mail address for these words"),
            "plan_team_name": Lazy("The team that writes the plans: its name"),
            "plan_team_mailbox": Lazy("The team that writes the plans: e-mail address for these words"),
            "complaints_name": Lazy("Complaints: name of the team"),
            "complaints_mailbox": Lazy("Complaints: e-mail address for these words"),
        },
        note=Lazy("A place without an e-mail address is not offered to families."),
    ),
    Group(
        Lazy("Who is told at once when a message may be urgent"),
        {
            "duty_address": Lazy("E-mail address on duty"),
            "duty_mobile": Lazy("Mobile number on duty"),
        },
        note=Lazy("If both are empty, every officer gets the letter."),
    ),
    Group(
        Lazy("What we promise, in days"),
        {
            "first_answer_working_days": Lazy("Working days until a first answer"),
            "position_days": Lazy("Days until we say what we will do"),
            "verdict_weeks": Lazy("Weeks after “done” until we ask: did it help?"),
            "ring_working_days": Lazy("Working days until we ring a family that asks us to"),
            "poll_days": Lazy("Days a question stays open, at the least"),
            "consultation_days": Lazy("Days a consultation stays open, at the least"),
            "ratify_quorum_percent": Lazy("Percent of families asked who must vote on a change of the charter"),
            "ratify_more_than_percent": Lazy("Of yes and no to it, more than so many percent must say yes"),
            "consultative_days": Lazy("Days the consultative group has to say what it thinks of a draft"),
            "invitation_gap_days": Lazy("Days between two questions to one family, at the least"),
            "look_days": Lazy("Days in which representatives look at the wording"),
            "raise_at_voices": Lazy("Messages without a promise until representatives are told"),
            "partner_answer_working_days": Lazy("Working days in which a partner answers"),
            "partner_look_working_days": Lazy("Working days in which partners see an answer before it is public"),
            "invitation_days": Lazy("Days until an invitation is forgotten"),
            "undo_minutes": Lazy("Minutes in which a letter can be taken back"),
        },
        numbers=True,
    ),
    Group(
        Lazy("How often we write"),
        {
            "letters_a_month": Lazy("Letters a month to one person, at the most"),
            "notices_a_month": Lazy("Of them, notices a month to one person, at the most"),
        },
        numbers=True,
    ),
    Group(
        Lazy("Meetings of the Group"),
        {
            "quorum_percent": Lazy("Of 100 members, how many must be there to decide; and of 100 representatives"),
            "quorum_reps_least": Lazy("Representatives who must be there to decide, at the least"),
            "item_answer_working_days": Lazy("Working days until somebody who asks for an item has a yes or a no"),
            "report_back_days": Lazy("Days in which representatives write what was said"),
        },
        numbers=True,
    ),
    Group(
        Lazy("Against machines that write"),
        {
            "voices_a_day": Lazy("Messages a day from one network, by people who have not signed in"),
            "newcomers_a_day_network": Lazy("Families a day from one network who join to answer a question"),
            "newcomers_a_day": Lazy("Families a day in all who join to answer a question"),
        },
        numbers=True,
        note=Lazy("If more families join, the answers of the others wait until you have looked at them."),
    ),
    Group(
        Lazy("Groups that families may say they belong to, one a line"),
        {
            "wards": Lazy("Wards"),
            "formats_promised": Lazy("Formats we promise for every question, like Easy Read"),
            "child_ages": Lazy("Ages of a child"),
            "areas_of_need": Lazy("What a child needs help with"),
            "places_to_learn": Lazy("Where a child learns"),
        },
        lists=True,
    ),
)

LABELS = {name: label for group in GROUPS for name, label in group.boxes.items()}


class Whole(IntegerField):
    """A whole number; what is wrong with it is said in our words."""

    widget = GovTextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join(valuelist[:1]).strip()
        self.data = whole(typed)
        if typed and self.data is None:
            raise ValueError(translate("Write a whole number."))


class Lines(TextAreaField):
    """A short list, one name a line."""

    widget = GovTextArea()

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = (" ".join(line.split()) for line in clean("".join(valuelist[:1])).split("\n"))
        self.data = tuple(line for line in lines if line)  # type: ignore[assignment]  # not one text, but several


class SettingsForm(Form):
    """A box for every setting of ``GROUPS`` is added below."""

    why = Text(Lazy("Why are you changing this?"), [Needed("Write one line: why?"), AtMost(500)])

    def values(self) -> dict[str, Any]:
        """What was typed, by setting. An empty number is no number: the rules say what is wrong with it."""
        return {name: self[name].data for name in LABELS if name in self}


for _group in GROUPS:
    for _name, _label in _group.boxes.items():
        _box = Whole(_label) if _group.numbers else Lines(_label) if _group.lists else Line(_label, [AtMost(300)])
        setattr(SettingsForm, _name, _box)
