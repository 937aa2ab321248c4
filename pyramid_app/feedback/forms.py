"""The form in which somebody tells us something: the words, and the few questions round them."""

from uuid import uuid4

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovSelect
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.forms import AddressField
from pyramid_app.base import errors
from pyramid_app.base.web.forms import AtMost, Form, Lazy, Line, Text
from pyramid_app.base.web.render import translate
from pyramid_app.feedback.rules import Naming, Speaker
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.languages import LANGUAGES, OTHER, is_language


def speakers() -> list[SelectChoice]:
    return [
        SelectChoice(Speaker.PARENT_CARER.value, translate("I am a parent or carer")),
        SelectChoice(Speaker.YOUNG_PERSON.value, translate("I am a young person")),
        SelectChoice(Speaker.CHILD_HELPED.value, translate("I write for a child or young person, in their words")),
    ]


def languages() -> list[SelectChoice]:
    """Each by its own name, in its own script."""
    tongues = [SelectChoice(code, tongue.name) for code, tongue in LANGUAGES.items()]
    return [*tongues, SelectChoice(OTHER, translate("Another language"))]


def namings() -> list[SelectChoice]:
    return [
        SelectChoice(Naming.NAMED.value, translate("You may show my first name beside my words")),
        SelectChoice(Naming.KNOWN_TO_US.value, translate("You may know my name, nobody else")),
        SelectChoice(Naming.UNNAMED.value, translate("Leave my name out. Then you can't tell me what happens.")),
    ]


class PageForm(Form):
    """A form whose page has a name, so that the same press twice is heard once."""

    form_id = HiddenField(default=lambda: str(uuid4()))


class VoiceForm(PageForm):
    """One box, and a few questions round it."""

    words = Text(Lazy("What do you want to tell us?"))
    language = SelectField(
        Lazy("Which language is this in?"), choices=languages, default="en", widget=GovSelect(), validate_choice=False
    )
    speaker = RadioField(
        Lazy("Who is speaking?"),
        choices=speakers,
        default=Speaker.PARENT_CARER,
        widget=GovRadioInput(),
        validate_choice=False,
    )
    may_quote = BooleanField(Lazy("You may put my words on the website"), widget=GovCheckboxInput())
    tell = BooleanField(Lazy("Tell me what happens"), default=True, widget=GovCheckboxInput())
    naming = RadioField(
        Lazy("Who may know your name?"),
        choices=namings,
        default=Naming.KNOWN_TO_US,
        widget=GovRadioInput(),
        validate_choice=False,
    )
    name = Line(Lazy("Your first name (you can leave this empty)"), [AtMost(80)])
    address = AddressField(
        Lazy("Your e-mail address, if you want to hear what happens (you can leave this empty)"),
        Lazy("Your e-mail address or mobile number, if you want to hear what happens (you can leave this empty)"),
    )

    def chosen(self) -> tuple[Speaker, Naming]:
        """Raises ``Invalid`` for what is on no list."""
        wrong = {}
        if self.speaker.data not in [speaker.value for speaker in Speaker]:
            wrong["speaker"] = Say("Choose who is speaking.")
        if self.naming.data not in [naming.value for naming in Naming]:
            wrong["naming"] = Say("Choose who may know your name.")
        if not is_language(self.language.data or ""):
            wrong["language"] = Say("Choose a language from the list.")
        if wrong:
            raise errors.Invalid(wrong)
        return Speaker(self.speaker.data), Naming(self.naming.data)
