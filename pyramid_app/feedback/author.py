"""Whether whoever looks at a page is the one who spoke: signed in as her, or in the browser she told us with."""

from flask import session

from pyramid_app.base.web import house
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.permissions import is_mine

HEARING = "hear back"
"""What this browser told us last, in its signed cookie."""
SENT = "sent"
REMEMBERED = 10
"""Messages that one browser knows as its own, until it is closed."""


def remember(voice: Voice) -> None:
    """This browser sent it."""
    sent = [ref for ref in session.get(SENT, []) if ref != voice.ref]
    session[SENT] = [*sent, voice.ref][-REMEMBERED:]


def is_author(voice: Voice) -> bool:
    return is_mine(house.actor(), voice, session.get(SENT, []))
