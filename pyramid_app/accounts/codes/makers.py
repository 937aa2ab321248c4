"""What is made while a letter is sent: the code and the link of a sign-in, for known and unknown addresses alike."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from pyramid_app.accounts import queries
from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.codes.making import new_code, new_token
from pyramid_app.accounts.codes.models import OneTimeCode
from pyramid_app.accounts.codes.queries import find_code
from pyramid_app.accounts.rules import Purpose
from pyramid_app.base.keyed import keyed
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.words import Words, render_letter


def make_sign_in_letter(secret: str, address: str) -> Callable[[Session, datetime, Letter], Words | None]:
    """The maker for every letter with a code. A second sending makes a second code; the first then opens nothing."""

    def make(session: Session, now: datetime, letter: Letter) -> Words | None:
        purpose, ask = Purpose(letter.facts["purpose"]), str(letter.facts["ask"])
        whom = letter.address or ""
        known_here = queries.find_by_address(session, whom) or staff.find_invited(session, whom)
        if purpose is Purpose.SIGN_IN and known_here is None:
            return render_letter("unknown_address", letter.language, join=f"{address}/join")
        code, token = new_code(), new_token() if purpose is Purpose.SIGN_IN else None
        minutes = timedelta(minutes=int(letter.facts["minutes"]))
        known = find_code(session, ask) or OneTimeCode(
            ask=ask, purpose=purpose, address=whom, code_hash="", made_at=now, expires_at=now
        )
        known.code_hash = keyed(secret, "code", ask, code)
        known.link_hash = keyed(secret, "link", token) if token else None
        known.made_at, known.expires_at = now, now + minutes
        session.add(known)
        link = f"{address}/link/{token}" if token else ""
        return render_letter("code", letter.language, code=code, link=link, minutes=letter.facts["minutes"])

    return make
