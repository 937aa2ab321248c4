"""The letter about a changed address; its link is made while it is sent, so that no stored row holds it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts.changing.links import write_link
from pyramid_app.accounts.changing.queries import find_change
from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Maker
from pyramid_app.base.outbox.words import Words, render_letter


def change_maker(secret: str, address: str) -> Maker:
    """Nothing is sent about what was put back meanwhile, but for the letter that says so."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        change_id, what = UUID(str(letter.facts["change"])), letter.facts["what"]
        change = find_change(session, change_id, now)
        if change is None and what != "put back":
            return None
        link = f"{address}/not-me/{write_link(secret, change_id)}" if letter.facts["link"] else ""
        return render_letter(
            "address_changed", letter.language, what=what, which=letter.facts["which"], link=link,
            at=datetime.fromisoformat(str(letter.facts["at"])), until=change.until if change else None,
            area=settings_of(session, now), address=address,
        )  # fmt: skip

    return make
