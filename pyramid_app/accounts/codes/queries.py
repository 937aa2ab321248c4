"""Looking codes up. What is asked of the database never depends on whether an address is known here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.accounts.addresses import masked
from pyramid_app.accounts.codes.models import CodeAsk, CodeTries, OneTimeCode
from pyramid_app.accounts.codes.rules import LONG, SHORT, WRONG_OF_ALL, may_try
from pyramid_app.accounts.rules import Purpose
from pyramid_app.area.queries import settings_of
from pyramid_app.base.budgets.queries import count_spent
from pyramid_app.base.budgets.rules import EVERYBODY
from pyramid_app.base.keyed import keyed


@dataclass(frozen=True)
class Sending:
    """Where a code goes, and how long it works: what a page may say to the browser that asked for it."""

    to: str
    sent_at: datetime | None
    expires_at: datetime


def find_code(session: Session, code_id: UUID) -> OneTimeCode | None:
    """The code, held until this act ends."""
    return session.get(OneTimeCode, code_id, with_for_update=True)


def find_sending(session: Session, ask_name: str | None) -> Sending | None:
    """What became of the code of this ask; ``None`` where there was none."""
    code = find_asked(session, ask_name or "")
    return Sending(masked(code.address), code.sent_at, code.expires_at) if code else None


def find_asked(session: Session, ask_name: str, *, hold: bool = False) -> OneTimeCode | None:
    """The code that this ask is bound to. ``hold``: nobody else tries it until this act ends."""
    asked = select(OneTimeCode).join(CodeAsk, col(CodeAsk.code_id) == col(OneTimeCode.id)).where(
        CodeAsk.name == ask_name
    )  # fmt: skip
    return session.exec(asked.with_for_update(of=OneTimeCode) if hold else asked).first()


def find_ask(session: Session, ask_name: str) -> CodeAsk | None:
    return session.get(CodeAsk, ask_name)


def find_under_way(
    session: Session, network: str, purpose: Purpose, address: str, about: str, now: datetime
) -> OneTimeCode | None:
    """A code that somebody in this network can still type: neither used nor too old nor used up there."""
    most, least = settings_of(session, now).code_tries, digits_now(session, now)
    found = session.exec(
        select(OneTimeCode)
        .where(
            OneTimeCode.address == address,
            OneTimeCode.purpose == purpose,
            OneTimeCode.about == about,
            OneTimeCode.expires_at > now,
            OneTimeCode.digits >= least,
            col(OneTimeCode.used_at).is_(None),
        )
        .order_by(col(OneTimeCode.made_at).desc(), col(OneTimeCode.id).desc())
    )
    usable = (code for code in found if may_try(wrong_tries(session, code.id), network, code.network, most))
    return next(usable, None)


def wrong_tries(session: Session, code_id: UUID) -> dict[str, int]:
    """Wrong tries by network."""
    found = session.exec(select(CodeTries.network, CodeTries.wrong).where(CodeTries.code_id == code_id))
    return dict(found.all())


def digits_now(session: Session, now: datetime) -> int:
    """How long codes are: longer on a day on which very many wrong ones were typed, and on the day after it."""
    days = (now, now - timedelta(days=1))
    guessed = any(count_spent(session, WRONG_OF_ALL, EVERYBODY, day) >= WRONG_OF_ALL.at_most for day in days)
    return LONG if guessed else SHORT


def find_linked(session: Session, secret: str, token: str, now: datetime, *, hold: bool = False) -> OneTimeCode | None:
    """The code whose letter held this link, while it still opens something."""
    linked = select(OneTimeCode).where(OneTimeCode.link_hash == keyed(secret, "link", token))
    code = session.exec(linked.with_for_update() if hold else linked).first()
    return code if code and code.used_at is None and code.expires_at > now else None


def is_bound(session: Session, code: OneTimeCode, ask_name: str | None) -> bool:
    """Whether the browser with this ask is one that asked for that code."""
    ask = find_ask(session, ask_name or "")
    return ask is not None and ask.code_id == code.id
