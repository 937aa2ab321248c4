"""The letter to somebody who belongs to the Group from today."""

from pyramid_app.accounts.models import Person
from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.kit.say import Say


def named_letter(area: AreaSettings, person: Person, address: str | None, kind: Say, by: str, site: str) -> Draft:
    """To the person; to ``address`` as long as nobody has proved it."""
    link = f"{site}/meetings"
    words = render_letter("group_member", area=area, name=person.name, kind=kind, by=by, link=link)
    return Draft(
        kind="staff", subject=words.subject, text=words.text, one_line=words.one_line, link=link,
        person_id=None if address else person.id, address=address,
    )  # fmt: skip
