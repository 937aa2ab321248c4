"""What every form shares: CSRF, plain text without control characters, errors said in sentences."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import Form as PlainForm
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.render import translate
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.numbers import day_of
from pyramid_app.kit.texts.tidy import without_unseen


class _Lazy:
    """A label in the reader's language: said when it is shown, not when the class is made."""

    def __init__(self, message: str, **facts: object) -> None:
        self.say = Say(message, **facts)

    def __str__(self) -> str:
        return translate(self.say)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(str(self))


def Lazy(message: str, **facts: object) -> str:
    """``_Lazy``, told to the type checker as the text it becomes."""
    return cast(str, _Lazy(message, **facts))


class Form(FlaskForm):
    """A form whose errors can come from the rules as well as from its fields."""

    @property
    def status(self) -> int:
        """422 where something has to be mended, with the answers kept; else 200."""
        return 422 if self.errors else 200

    def fitting(self, name: str) -> str:
        """The words in that box as far as they fit: for a look at what would be sent, before anything is refused."""
        field = self._fields[name]
        most = next((rule.characters for rule in field.validators if isinstance(rule, AtMost)), None)
        return (field.data or "")[:most]

    def take(self, refused: errors.Invalid) -> None:
        """Show what a service refused beside the fields it is about; the answers stay."""
        for name, say in refused.fields.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(translate(say))
            else:
                field.errors = [*field.errors, translate(say)]


def acted(form: Form, act: Callable[[Work], object]) -> bool:
    """Do it, if the form was sent and is whole; what is refused is said in the form. Says whether it was done."""
    if not form.validate_on_submit():
        return False
    try:
        with house.acting() as work:
            act(work)
    except errors.Invalid as refused:
        form.take(refused)
    except errors.NotAllowed as refused:
        form.form_errors.append(translate(refused.reason))
    else:
        return True
    return False


def clean(text: str | None) -> str:
    """Text as typed, without signs that nobody sees, and without space at either end."""
    return without_unseen(text or "").strip()


class Line(StringField):
    """One line of text."""

    widget = GovTextInput()

    def __init__(self, label: Any = None, validators: Any = (), **extra: Any) -> None:
        filters = (*extra.pop("filters", ()), lambda text: " ".join(clean(text).split()))
        super().__init__(label, validators, filters=filters, **extra)


class Text(TextAreaField):
    """Several lines of text."""

    widget = GovTextArea()

    def __init__(self, label: Any = None, validators: Any = (), **extra: Any) -> None:
        super().__init__(label, validators, filters=(*extra.pop("filters", ()), clean), **extra)


class Needed:
    """The field must be filled; the sentence says what to write."""

    field_flags: Mapping[str, Any] = {}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: PlainForm, field: Any) -> None:
        if not field.data:
            raise ValidationError(translate(self.message))


class AtMost:
    """No more than so many characters; what was typed stays in the box."""

    field_flags: Mapping[str, Any] = {}

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def __call__(self, form: PlainForm, field: Any) -> None:
        if field.data and len(field.data) > self.characters:
            raise ValidationError(translate("Please make this shorter: {most} characters at the most.",
                                            most=self.characters))  # fmt: skip


class DayField(StringField):
    """A date typed as day, month, year in three boxes (``name-day`` and so on); ``data`` is a date or ``None``.

    The error summary links to the day box.
    """

    data: date | None  # type: ignore[assignment]
    typed: tuple[str, str, str] = ("", "", "")

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data)
        if self.data:
            self.typed = (str(self.data.day), str(self.data.month), str(self.data.year))
        if formdata is None:
            return
        boxes = (f"{self.name}-day", f"{self.name}-month", f"{self.name}-year")
        if any(box in formdata for box in boxes):
            self.typed = tuple(clean(formdata.get(box)) for box in boxes)  # type: ignore[assignment]
            self._read()

    def _read(self) -> None:
        self.data = day_of(*self.typed)
        if any(self.typed) and self.data is None:
            self.process_errors = [translate("This must be a real date, like 27 3 2027.")]
