"""Letters to the staff: you can sign in now; your part has changed; to the other leads, who did what; cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pyramid_app.accounts.models import Person
from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class Change:
    """What was done to somebody's part: their ``parts`` now, by whom, and who has what waited for them.

    ``by`` is empty where a command did it; ``desk``: they have a staff hat, which they put on after signing in.
    """

    name: str
    parts: Sequence[Say]
    by: str
    heir: str = ""
    invited: bool = False
    desk: bool = False


def invited_letter(area: AreaSettings, person: Person, address: str | None, change: Change, site: str) -> Draft:
    """To the person; to ``address`` as long as nobody has proved it."""
    whom = None if address else person.id
    link = f"{site}/sign-in"
    return _draft("staff_invited", link, area=area, name=person.name, change=change, person_id=whom, address=address)


def moved_letter(area: AreaSettings, person: Person, address: str) -> Draft:
    """To the address at which this person can no longer sign in."""
    return _draft("staff_moved", "", area=area, name=person.name, address=address)


def yours_letter(area: AreaSettings, person: Person, change: Change) -> Draft:
    """To whoever's part it is."""
    return _draft("staff_yours", "", area=area, name=person.name, change=change, person_id=person.id)


def told_letter(area: AreaSettings, lead: UUID, change: Change, site: str) -> Draft:
    """To every other lead."""
    return _draft("staff_told", f"{site}/desk/people", area=area, change=change, person_id=lead)


def cover_letter(area: AreaSettings, cover: Person, away: str, until_on: date, site: str) -> Draft:
    """To whoever stands in for ``away``."""
    return _draft(
        "staff_cover", f"{site}/desk", area=area, person_id=cover.id, name=cover.name, away=away, until=until_on
    )


def _draft(
    template: str, link: str, *, person_id: UUID | None = None, address: str | None = None, **facts: object
) -> Draft:
    words = render_letter(template, link=link, **facts)
    return Draft(
        kind="staff",
        subject=words.subject,
        text=words.text,
        one_line=words.one_line,
        link=link,
        person_id=person_id,
        address=address,
    )
