"""What families type to tell us something, and what colleagues type for others."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput, GovRadioInput, GovSelect
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.forms import AddressField
from pyramid_app.base import errors
from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.feedback.forms import PageForm, languages
from pyramid_app.feedback.intake.rules import BY_HAND, Entry, Occasion
from pyramid_app.feedback.rules import About, Channel, Naming, Speaker
from pyramid_app.kit.say import Say


class MendForm(Form):
    words = Text(Lazy("Your words"))


# For colleagues ------------------------------------------------------------------------------------------------------


class OccasionForm(PageForm):
    """How and when it was said."""

    channel = RadioField(
        Lazy("How did they say it?"), widget=GovRadioInput(), validate_choice=False, default=Channel.PHONE
    )
    said_on = DayField(Lazy("On which day? (you can leave this empty)"))
    consent = Line(Lazy("How did they say yes to your writing it down?"), [AtMost(200)])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        names = {
            Channel.PHONE: translate("By phone"),
            Channel.PAPER: translate("On paper"),
            Channel.MEETING: translate("At a meeting"),
            Channel.EMAIL: translate("By e-mail"),
        }
        self.channel.choices = [SelectChoice(channel.value, names[channel]) for channel in BY_HAND]

    def occasion(self) -> Occasion:
        """As it was typed. Raises ``Invalid`` at ``channel``."""
        if self.channel.data not in [channel.value for channel in BY_HAND]:
            raise errors.Invalid({"channel": Say("Choose how they said it.")})
        return Occasion(Channel(self.channel.data), self.consent.data or "", self.said_on.data)


def speakers_for_others() -> list[SelectChoice]:
    return [
        SelectChoice(Speaker.PARENT_CARER.value, translate("A parent or carer")),
        SelectChoice(Speaker.YOUNG_PERSON.value, translate("A young person")),
        SelectChoice(Speaker.CHILD_HELPED.value, translate("A child or young person, helped by somebody")),
    ]


def abouts() -> list[SelectChoice]:
    return [
        SelectChoice(About.SYSTEM.value, translate("How things work for families")),
        SelectChoice(About.OWN_CHILD.value, translate("Their own child: never shown to anybody")),
    ]


def namings_for_others() -> list[SelectChoice]:
    return [
        SelectChoice(Naming.KNOWN_TO_US.value, translate("Only the team")),
        SelectChoice(Naming.NAMED.value, translate("Anybody: the first name may stand beside the words")),
        SelectChoice(Naming.UNNAMED.value, translate("Nobody: leave it out")),
    ]


class SaidForm(Form):
    """What one of them said. Its boxes are called ``said-0-words`` and so on; the page's own form carries the guard."""

    words = Text(Lazy("Their own words"))
    language = SelectField(
        Lazy("Which language is this in?"), choices=languages, default="en", widget=GovSelect(), validate_choice=False
    )
    translation = Text(Lazy("What it says in English, if you can translate it"), [AtMost(20000)])
    how = Line(Lazy("Who translated it, or how?"), [AtMost(120)])
    about = SelectField(Lazy("What is it about?"), choices=abouts, widget=GovSelect(), validate_choice=False)
    speaker = SelectField(Lazy("Who said it?"), choices=speakers_for_others, widget=GovSelect(), validate_choice=False)
    may_quote = BooleanField(Lazy("Their words may stand on the website"), widget=GovCheckboxInput())
    tell = BooleanField(Lazy("They want to hear what happens"), widget=GovCheckboxInput())
    name = Line(Lazy("First name (you can leave this empty)"), [AtMost(80)])
    naming = SelectField(
        Lazy("Who may know the name?"), choices=namings_for_others, widget=GovSelect(), validate_choice=False
    )
    address = AddressField(
        Lazy("E-mail address (you can leave this empty)"),
        Lazy("E-mail address or mobile number (you can leave this empty)"),
    )

    class Meta:
        csrf = False

    def __init__(self, number: int = 0, **values: Any) -> None:
        super().__init__(prefix=f"said-{number}-", **values)
        self.number = number

    @property
    def is_empty(self) -> bool:
        """Nothing was written: a block too many."""
        return not (self.words.data or self.name.data or self.address.data or self.translation.data)

    def entry(self, address: str) -> Entry:
        """As it was typed, with the address in its one spelling. Raises ``Invalid`` for what is on no list."""
        try:
            about, speaker, naming = About(self.about.data), Speaker(self.speaker.data), Naming(self.naming.data)
        except ValueError as wrong:
            raise errors.Invalid({f"said-{self.number}-about": Say("Choose from the list.")}) from wrong
        return Entry(
            words=self.words.data or "", about=about, speaker=speaker, language=self.language.data or "",
            translation=self.translation.data or "", how=self.how.data or "", name=self.name.data or "",
            address=address, tell=bool(self.tell.data), may_quote=bool(self.may_quote.data), naming=naming,
        )  # fmt: skip

    def take_own(self, refused: errors.Invalid) -> None:
        """Of what was refused, what is about this block."""
        start = f"said-{self.number}-"
        own = {name.removeprefix(start): say for name, say in refused.fields.items() if name.startswith(start)}
        if own:
            self.take(errors.Invalid(own))


def all_errors(form: Form, blocks: Sequence[SaidForm]) -> dict[str, list[str]]:
    """What has to be mended on a page of several blocks, by the box it is about."""
    found = {str(name): list(said) for name, said in form.errors.items()}
    for block in blocks:
        found |= {block[name].name if name else "": list(said) for name, said in block.errors.items()}
    return found


class MailForm(PageForm):
    mail = Text(Lazy("The whole e-mail, as it came"))


class MailCheckForm(PageForm):
    """What was found in a mail, to be looked at before it is kept."""

    mail = HiddenField()
    said_on = DayField(Lazy("On which day was it sent? (you can leave this empty)"))
    consent = Line(Lazy("How did they say yes to your keeping it?"), [AtMost(200)])
    machine = BooleanField(Lazy("A machine wrote this: put it away, answer nobody"), widget=GovCheckboxInput())


class ListForm(Form):
    file = FileField(Lazy("The list (a CSV file)"), widget=GovFileInput())
    consent = Line(Lazy("Where does it come from, and how did these families say yes?"), [AtMost(200)])


class TakeInForm(Form):
    with_twice = BooleanField(Lazy("Take in also those that are here already"), widget=GovCheckboxInput())
