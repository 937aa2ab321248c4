"""What the team types about the present edition, and what a lead brings in."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Needed, Text
from pyramid_app.base.web.render import translate
from pyramid_app.charter.editions.importing import MOST_SOURCE
from pyramid_app.charter.rules import MOST_LINE, MOST_WORDS
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.partners.models import Partner


class SignForm(Form):
    edition = HiddenField()
    partner = SelectField(Lazy("Who signed?"), widget=GovSelect(), validate_choice=False)
    role = Line(Lazy("Who signed for it, by the role"), [AtMost(MOST_LINE)])
    signed_on = DayField(Lazy("On which day?"))

    def offer(self, partners: Sequence[Partner]) -> None:
        none = SelectChoice("", translate("Choose a partner"))
        self.partner.choices = [none, *(SelectChoice(one.slug, one.name) for one in partners)]

    @property
    def of_edition(self) -> int:
        """The edition that the page showed; 0 where the note of it is lost."""
        return whole(self.edition.data) or 0


class WordsForm(Form):
    language = HiddenField()
    of_digest = HiddenField()
    text = Text(Lazy("The promise in these words"), [AtMost(2 * MOST_WORDS)])


class ImportForm(Form):
    """Pasted or a file. Who is meant by a name that no partner has rides in pairs of
    ``name`` and ``who``; ``seen`` is the mark of the words that were looked at."""

    file = FileField(Lazy("A Markdown file"), widget=GovFileInput())
    source = Text(Lazy("Or paste it here"), [Needed("Paste a charter, or choose a file."), AtMost(MOST_SOURCE)])

    seen = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """A file takes the place of what was pasted, and rides in the box from then on."""
        sent = request.files.get("file")
        data = sent.stream.read(4 * MOST_SOURCE + 1) if sent and sent.filename else b""
        if data:
            try:
                self.source.data = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                super().validate(extra_validators)
                self.file.errors = [translate(Say("We can’t read this file. Save it as plain text in UTF-8."))]
                return False
        fine: bool = super().validate(extra_validators)
        return fine

    def chosen(self) -> dict[str, str]:
        """By name as it was written, the partner that was chosen for it."""
        pairs = zip(request.form.getlist("name"), request.form.getlist("who"), strict=False)
        return {name: slug for name, slug in pairs if slug}
