"""Changing the area's settings: each change a row, with who, when and why."""

from collections.abc import Collection
from typing import Any

from pydantic import ValidationError
from uuid6 import uuid7

from pyramid_app.area.models import Setting
from pyramid_app.area.permissions import may_change_settings
from pyramid_app.area.queries import settings_of
from pyramid_app.area.rules import Did, can_be_read
from pyramid_app.area.settings import MAILBOXES, NEEDED_MAILBOXES, AreaSettings
from pyramid_app.base.addresses import read_email
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say


def change_settings(work: Work, values: dict[str, Any], why: str) -> list[str]:
    """Write down what differs from today; returns the names that changed. Raises ``Invalid`` by setting's name."""
    may_change_settings(work.actor).enforce()
    if not why.strip():
        raise Invalid({"why": Say("Write one line: why?")})
    old = settings_of(work.session, work.now).model_dump(mode="json")
    new = _fitting({**old, **values}, values)
    changed = [name for name in values if name in new and new[name] != old[name]]
    for name in changed:
        work.session.add(
            Setting(id=uuid7(), name=name, value=new[name], from_at=work.now, by_id=work.actor.person_id, why=why)
        )
        work.record(Did.SETTING_CHANGED, f"setting:{name}")
    # The next look at the settings is often in the same act.
    work.session.flush()
    return changed


def _fitting(all_values: dict[str, Any], given: Collection[str]) -> dict[str, Any]:
    """The settings as they would be stored; of those ``given``, mailboxes are read as every address is."""
    values, fields = dict(all_values), dict[str, Say]()
    for name in set(MAILBOXES) & set(given):
        if values[name] or name in NEEDED_MAILBOXES:
            try:
                values[name] = read_email(str(values[name]))
            except Invalid as refused:
                fields[name] = refused.reason
    try:
        new = AreaSettings(**values).model_dump(mode="json")
    except ValidationError as wrong:
        found = {str(error["loc"][0]): _said(error["type"], error.get("ctx", {})) for error in wrong.errors()}
        raise Invalid({**found, **fields}) from wrong
    if fields:
        raise Invalid(fields)
    if not can_be_read(new["brand_colour"]):
        raise Invalid({"brand_colour": Say("Words in this colour are hard to read. Choose a darker one.")})
    return new


def _said(kind: str, limits: dict[str, Any]) -> Say:
    """What is wrong with one value, in words."""
    match kind:
        case "greater_than_equal":
            return Say("This must be {least} or more.", least=limits["ge"])
        case "less_than_equal":
            return Say("This must be {most} or less.", most=limits["le"])
        case "string_too_long":
            return Say("Please make this shorter: {most} characters at the most.", most=limits["max_length"])
        case "too_long":
            return Say("Write {most} lines at the most.", most=limits["max_length"])
        case "string_pattern_mismatch":
            return Say("Write the colour like #1d70b8.")
        case "mobile_number":
            return Say("Write a mobile number, like 07700 900123.")
        case _:
            return Say("Write a whole number.")
