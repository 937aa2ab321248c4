"""A letter to a representative who was drawn to read."""

from datetime import date
from uuid import UUID

from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter


def drawn_to_read(area: AreaSettings, person_id: UUID, term_on: date, link: str) -> Draft:
    words = render_letter("blind_check", area=area, term_on=term_on, link=link)
    return Draft(
        kind="blind check", subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        link=link,
    )  # fmt: skip
