"""What a lead types about the staff, and what an officer types to be away."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput, GovTextInput
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from pyramid_app.accounts.models import Person
from pyramid_app.accounts.staff_rules import in_full
from pyramid_app.base.actor import Role
from pyramid_app.base.web.forms import AtMost, DayField, Form, Lazy, Line, Needed
from pyramid_app.base.web.render import translate
from pyramid_app.participation.forms import Reachable
from pyramid_app.partners.models import Partner


def roles() -> list[SelectChoice]:
    return [SelectChoice(role.value, translate(in_full([role])[0])) for role in Role]


ROLE, PARTNER = "role:", "partner:"


def as_they_were(roles: Iterable[Role], partners: Iterable[str]) -> str:
    """What stood in the boxes when the page was made, for ``PartForm.were``."""
    return "|".join([*(ROLE + role.value for role in roles), *(PARTNER + slug for slug in partners)])


class PartForm(Form):
    """What somebody does here. ``were`` is what stood there when the page was made: only what was ticked or cleared
    since is given or taken."""

    name = Line(Lazy("First name"), [Needed("Write their first name."), AtMost(80)])
    job = Line(Lazy("Their job, like SEND team"), [AtMost(80)])
    roles = SelectMultipleField(
        Lazy("What do they do here?"), choices=roles, widget=GovCheckboxesInput(), validate_choice=False
    )
    speaks_for = SelectMultipleField(
        Lazy("Do they speak for a partner?"), widget=GovCheckboxesInput(), validate_choice=False
    )
    were = HiddenField()

    def __init__(self, partners: Sequence[Partner], **values: Any) -> None:
        super().__init__(**values)
        self.speaks_for.choices = [SelectChoice(partner.slug, partner.name) for partner in partners]

    def validate(self, *args: Any, **extra: Any) -> bool:
        fits = bool(super().validate(*args, **extra))
        if not (self.ticked_roles or self.speaks_for.data):
            self.roles.errors = [translate("Tick what they do here, or whom they speak for.")]
            return False
        return fits

    @property
    def ticked_roles(self) -> set[Role]:
        return _known(self.roles.data or ())

    def given(self) -> set[Role]:
        return self.ticked_roles - _known(self._were(ROLE))

    def taken(self) -> set[Role]:
        return _known(self._were(ROLE)) - self.ticked_roles

    def named(self) -> set[str]:
        """Partners that were ticked."""
        return set(self.speaks_for.data or ()) - self._were(PARTNER)

    def dropped(self) -> set[str]:
        """Partners that were cleared."""
        return self._were(PARTNER) - set(self.speaks_for.data or ())

    def _were(self, kind: str) -> set[str]:
        marks = (self.were.data or "").split("|")
        return {mark.removeprefix(kind) for mark in marks if mark.startswith(kind)}


class InviteStaffForm(PartForm):
    address = StringField(Lazy("E-mail address"), [Reachable("Write their e-mail address.")], widget=GovTextInput())


class HandOnForm(Form):
    """To whom what waits goes."""

    to = RadioField(Lazy("Who has it next?"), widget=GovRadioInput(), validate_choice=False)

    def __init__(self, colleagues: Sequence[Person], **values: Any) -> None:
        super().__init__(**values)
        self.to.choices = people(colleagues)


class AwayForm(Form):
    until_on = DayField(Lazy("First day back"))
    cover = RadioField(Lazy("Who has the messages in that time?"), widget=GovRadioInput(), validate_choice=False)

    def __init__(self, colleagues: Sequence[Person], **values: Any) -> None:
        super().__init__(**values)
        self.cover.choices = people(colleagues)


def people(them: Iterable[Person]) -> list[SelectChoice]:
    """Colleagues to choose from."""
    return [SelectChoice(str(one.id), f"{one.name}, {one.job}" if one.job else one.name) for one in them]


def chosen(field: RadioField) -> UUID | None:
    """The person who was chosen; what is no person is nobody."""
    try:
        return UUID(field.data or "")
    except ValueError:
        return None


def _known(words: Iterable[str]) -> set[Role]:
    return {role for role in Role if role.value in words}
