"""What a chair types about an item at the meeting."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base.web.forms import AtMost, Lazy, Text
from pyramid_app.base.web.render import translate
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.agenda.rules import WORDS, Word
from pyramid_app.meetings.deciding.rules import MOST_LINE, MOST_NOTE, Decision
from pyramid_app.meetings.forms import Versioned


class DecideForm(Versioned):
    word = RadioField(Lazy("What came of it?"), widget=GovRadioInput(), validate_choice=False)
    note = Text(Lazy("A note, or why not"), [AtMost(MOST_NOTE)])
    reps_line = Text(Lazy("What the representatives say of it, in their own words"), [AtMost(MOST_LINE)])

    def offer(self, words: Sequence[Word]) -> None:
        self.word.choices = [SelectChoice(word.value, translate(WORDS[word])) for word in words]

    def decision(self) -> Decision:
        """What was typed, as the rules read it."""
        word = Word(self.word.data) if self.word.data in list(Word) else None
        return Decision(word, self.note.data or "", self.reps_line.data or "")


def decide_form(item: AgendaItem) -> DecideForm:
    return DecideForm(
        data={
            "version": str(item.version), "word": item.decided.value if item.decided else None, "note": item.note,
            "reps_line": item.reps_line,
        }
    )  # fmt: skip
