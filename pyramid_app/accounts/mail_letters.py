"""To the leads: no mail left this place for a while, or still does not."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from pyramid_app.accounts.staff_queries import leads
from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.answers import Hindrance
from pyramid_app.base.outbox.post import Draft, post
from pyramid_app.base.outbox.words import render_letter


def mail_waits(address: str) -> Callable[[Session, datetime, Hindrance, datetime], None]:
    """``address``: of this place. What is written waits with all other letters, and is true whenever it arrives."""

    def ring(session: Session, now: datetime, kind: Hindrance, since_at: datetime) -> None:
        link = f"{address}/desk"
        words = render_letter("mail_waits", area=settings_of(session, now), kind=kind.value, since=since_at, link=link)
        for lead in leads(session, now):
            draft = Draft("staff", words.subject, words.text, words.one_line, link, person_id=lead)
            post(session, now, draft, f"mail waits:{kind.value}:{since_at.isoformat()}:{lead}")

    return ring
