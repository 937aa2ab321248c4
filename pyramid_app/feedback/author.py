"""Whether whoever looks at a page is the one who spoke: signed in as her, or in the browser she told us with."""

from flask import session

from pyramid_app.base.web import house
from pyramid_app.feedback.models import Voice

HEARING = "hear back"
"""What this browser told us last, in its signed cookie."""


def is_author(voice: Voice) -> bool:
    mine = voice.person_id is not None and house.actor().person_id == voice.person_id
    return mine or (session.get(HEARING) or {}).get("ref") == voice.ref
