"""What a chair types about a meeting, and what every form here shares: two chairs may be writing at once."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.base import errors
from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Text, acted
from pyramid_app.base.web.render import translate
from pyramid_app.base.work import Work
from pyramid_app.kit.texts import LONDON
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.meetings.models import Occasion
from pyramid_app.meetings.rules import Plan

NAMED = ("title", "place", "link", "times", "childcare", "travel", "interpreter")


class Versioned(Form):
    """A form about something that somebody else may be changing at the same time."""

    version = HiddenField()
    clash = False

    @property
    def seen(self) -> int:
        """The version that was on the screen; anything else is like an old one."""
        return whole(self.version.data) or 0

    @property
    def status(self) -> int:
        return 409 if self.clash else super().status


def saved(form: Versioned, act: Callable[[Work], object]) -> bool:
    """As ``acted``; where somebody else was faster, the words stay and the form says so."""
    try:
        return acted(form, act)
    except errors.Conflict as refused:
        form.form_errors.append(translate(refused.reason))
        form.clash = True
        return False


def times(first: int, last: int) -> list[SelectChoice]:
    """Every half hour."""
    return [SelectChoice(f"{hour}:{half:02d}", _said(hour, half)) for hour in range(first, last) for half in (0, 30)]


def _said(hour: int, half: int) -> str:
    words = "{hour}.{minutes} {half}" if half else "{hour} {half}"
    return Lazy(words, hour=hour % 12 or 12, minutes=half, half="am" if hour < 12 else "pm")


class OccasionForm(Versioned):
    """What is called how, when and where, and what there is so that people can take part."""

    title = Line(Lazy("What is it called?"), [AtMost(120)])
    on = DayField(Lazy("On which day?"))
    starts = SelectField(Lazy("From"), choices=times(7, 22), widget=GovSelect())
    ends = SelectField(Lazy("Until"), choices=times(7, 23), widget=GovSelect())
    place = Line(Lazy("Where? A room and its address"), [AtMost(200)])
    link = Line(Lazy("A link to join from home"), [AtMost(300)])
    times = Text(Lazy("Times: breaks, when people may come and go"), [AtMost(300)])
    childcare = Text(Lazy("Childcare: what there is, or how to have it paid"), [AtMost(300)])
    travel = Text(Lazy("Travel: how to have it paid, where to park"), [AtMost(300)])
    interpreter = Text(Lazy("Interpreters and signing: what there is, and whom to ask"), [AtMost(300)])

    def plan(self) -> Plan:
        """What was typed, as the rules read it."""
        return Plan(**self.said())

    def said(self) -> dict[str, Any]:
        starts, ends = (at(self.on.data, field.data) for field in (self.starts, self.ends))
        return {"starts_at": starts, "ends_at": ends, **{name: self[name].data or "" for name in NAMED}}


class CallOffForm(Form):
    because = Text(Lazy("Why does it not take place?"), [AtMost(500)])


def filled(occasion: Occasion | None) -> dict[str, Any]:
    """What stands there, by field; a new one is from 10 to 12 unless somebody says otherwise."""
    if occasion is None:
        return {"starts": "10:00", "ends": "12:00"}
    starts, ends = (at.astimezone(LONDON) for at in (occasion.starts_at, occasion.ends_at))
    return {
        "version": str(occasion.version), "on": starts.date(), "starts": _hour(starts), "ends": _hour(ends),
        **{name: getattr(occasion, name) for name in NAMED},
    }  # fmt: skip


def _hour(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02d}"


def at(on: date | None, hour: str | None) -> datetime | None:
    if on is None or not hour:
        return None
    hours, minutes = (int(part) for part in hour.split(":"))
    return datetime.combine(on, time(hours, minutes), LONDON)
