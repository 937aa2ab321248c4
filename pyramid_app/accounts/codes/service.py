"""Asking for a code and typing it: the only writer of codes, but for what their letter makes while it is sent."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import select

from pyramid_app.accounts.codes import making
from pyramid_app.accounts.codes.models import OneTimeCode
from pyramid_app.accounts.rules import Purpose
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict
from pyramid_app.base.keyed import keyed, same
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say

LETTERS_AN_HOUR = 5
"""Letters with a code that one address gets in an hour (``reliability.md`` 2.11); more asking writes no more."""


@dataclass(frozen=True)
class Tried:
    """What came of typing a code: the address it proves, or what was wrong. Never both."""

    address: str | None = None
    problem: Say | None = None


def ask(work: Work, purpose: Purpose, address: str, name: str = "") -> str:
    """Have a code sent to ``address``; returns the ask that the code will belong to.

    The row of the letter holds only the address. Known and unknown addresses do exactly the same here.
    ``name``: as hard to guess as one of ours, the same for the same button pressed twice: one letter goes.
    """
    name, area = name or making.new_ask(), settings_of(work.session, work.now)
    lately = work.session.scalar(
        select(func.count()).where(
            Letter.kind == "code", Letter.address == address, Letter.posted_at > work.now - timedelta(hours=1)
        )
    )
    if (lately or 0) < LETTERS_AN_HOUR:
        work.post(
            Draft(
                kind="code",
                address=address,
                urgent=True,
                expires_at=work.now + timedelta(minutes=area.code_minutes),
                maker="sign in",
                facts={"purpose": purpose, "ask": name, "minutes": area.code_minutes},
            ),
            key=f"code:{name}",
        )
    return name


def try_code(work: Work, secret: str, ask_name: str, purpose: Purpose, typed: str) -> Tried:
    """Try what was typed. A wrong code is counted, so this never raises; a right one is used up."""
    known = work.session.get(OneTimeCode, ask_name, with_for_update=True)
    if known is None or known.purpose is not purpose or known.used_at:
        return Tried(problem=Say("This code does not work. Check the newest message from us, or ask for a new code."))
    if known.expires_at <= work.now:
        return Tried(problem=Say("This code is too old. Ask for a new one."))
    if known.tries >= settings_of(work.session, work.now).code_tries:
        return Tried(problem=Say("That was too many tries. Ask for a new code."))
    known.tries += 1
    if not same(known.code_hash, keyed(secret, "code", ask_name, making.digits(typed))):
        return Tried(problem=Say("That is not the code we sent. Check it and type it again."))
    known.used_at = work.now
    return Tried(address=known.address)


def use_link(work: Work, secret: str, token: str) -> str:
    """The address that a sign-in link proves; the link is used up. Raises ``Conflict`` if it opens nothing."""
    known = work.session.exec(
        select(OneTimeCode).where(OneTimeCode.link_hash == keyed(secret, "link", token)).with_for_update()
    ).first()
    if known is None or known.used_at or known.expires_at <= work.now:
        raise Conflict(Say("This link has been used, or it is too old. Ask for a new one."))
    known.used_at = work.now
    return known.address
