"""What is made while a letter with a code is sent: the code and the link, for known and unknown addresses alike."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries
from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.codes.making import new_code, new_link
from pyramid_app.accounts.codes.queries import digits_now, find_code
from pyramid_app.accounts.codes.service import hash_of
from pyramid_app.accounts.rules import Purpose
from pyramid_app.area.queries import settings_of
from pyramid_app.base.keyed import keyed
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.words import Words, render_letter


def code_maker(secret: str, address: str) -> Callable[[Session, datetime, Letter], Words | None]:
    """The maker for every letter with a code. A second sending makes a second code; the first then opens nothing."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        code = find_code(session, UUID(str(letter.facts["code"])))
        if code is None or code.used_at:
            return None
        code.digits = digits_now(session, now)
        told, token = new_code(code.digits), new_link() if code.purpose is Purpose.SIGN_IN else None
        code.code_hash = hash_of(secret, str(code.id), told)
        code.link_hash = keyed(secret, "link", token) if token else None
        code.sent_at, code.expires_at = now, now + timedelta(minutes=int(letter.facts["minutes"]))
        area, language = settings_of(session, now).name, letter.language
        if code.purpose is Purpose.SIGN_IN and not _is_known(session, code.address):
            # Whoever reads this was told no code: the one above is nobody's.
            return render_letter("unknown_address", language, area=area, address=address, join=f"{address}/join")
        return render_letter(
            "code", language, code=told, link=f"{address}/link/{token}" if token else "", purpose=code.purpose,
            title=letter.facts["title"], minutes=letter.facts["minutes"], area=area, address=address,
        )  # fmt: skip

    return make


def _is_known(session: Session, address: str) -> bool:
    return (queries.find_by_address(session, address) or staff.find_invited(session, address)) is not None
