"""From when until when: the last form before a poll is frozen."""

from datetime import date, datetime, time

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.ballots.rules import Roll
from pyramid_app.base.web.forms import AtMost, DayField, Lazy, Needed, Text
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import LONDON
from pyramid_app.polls.asking.forms import Versioned
from pyramid_app.polls.models import Poll
from pyramid_app.polls.rules import CLOSING_HOURS

OPENING_HOURS = range(6, 23)


def _hour(hour: int) -> str:
    return Lazy("{hour} {half}", hour=hour % 12 or 12, half="am" if hour < 12 else "pm")


ROLLS = {
    Roll.OPEN: Say("Anyone who joins before it closes"),
    Roll.FIXED: Say("Only people who have joined when it opens"),
}
"""Who can answer, as the desk reads it."""


class ScheduleForm(Versioned):
    """``roll``: only where a lead has the choice."""

    roll = RadioField(
        Lazy("Who can answer"),
        choices=[SelectChoice(roll, Lazy(say.message)) for roll, say in ROLLS.items()],
        widget=GovRadioInput(),
    )
    opens_on = DayField(Lazy("Opens on"))
    opens_hour = SelectField(
        Lazy("At"), choices=[SelectChoice(str(n), _hour(n)) for n in OPENING_HOURS], widget=GovSelect()
    )
    closes_on = DayField(Lazy("Closes on"), [Needed("Say on which day it closes.")])
    closes_hour = SelectField(
        Lazy("At"), choices=[SelectChoice(str(n), _hour(n)) for n in CLOSING_HOURS], widget=GovSelect()
    )
    shorter_because = Text(Lazy("If it is open for less time than usual: why?"), [AtMost(500)])

    @property
    def chosen_roll(self) -> Roll | None:
        """``None``: as it was."""
        return Roll(self.roll.data) if "roll" in self else None

    @property
    def opens_at(self) -> datetime | None:
        """Empty: at once."""
        return _at(self.opens_on.data, self.opens_hour.data) if self.opens_on.data else None

    @property
    def closes_at(self) -> datetime:
        assert self.closes_on.data is not None  # noqa: S101  the field is needed
        return _at(self.closes_on.data, self.closes_hour.data)


def _at(on: date, hour: str | None) -> datetime:
    return datetime.combine(on, time(int(hour or 0)), LONDON)


def schedule_form(poll: Poll, closes_at: datetime, *, may_fix_roll: bool) -> ScheduleForm:
    """Opening at once and closing at ``closes_at``, unless the officer says otherwise."""
    local = closes_at.astimezone(LONDON)
    closes = {"closes_on": local.date(), "closes_hour": str(local.hour)}
    form = ScheduleForm(data={"version": str(poll.version), "opens_hour": "9", "roll": poll.roll, **closes})
    if not may_fix_roll or poll.ratifies:
        del form.roll
    return form
