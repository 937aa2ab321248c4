"""Asking for a code and typing it: the only writer of codes, but for what their letter makes while it is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from uuid6 import uuid7

from pyramid_app.accounts.codes import making, queries, rules
from pyramid_app.accounts.codes.models import CodeAsk, CodeTries, OneTimeCode
from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.accounts.rules import Purpose
from pyramid_app.area.queries import settings_of
from pyramid_app.base.budgets.queries import count_spent
from pyramid_app.base.budgets.rules import EVERYBODY, Budget
from pyramid_app.base.budgets.service import spend
from pyramid_app.base.db import insert_new, one_at_a_time, table
from pyramid_app.base.errors import Conflict
from pyramid_app.base.keyed import keyed, same
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import clock_time

DOES_NOT_WORK = Say("This code does not work. Check the newest message from us, or ask for a new code.")
"""Wrong, used, for something else, or nobody's: one sentence, so that it tells nobody who is known here."""


@dataclass(frozen=True)
class Asker:
    """The browser that asks for a code or types one. ``network``: the mark of where it is."""

    secret: str
    network: str
    signed_in: bool = False


@dataclass(frozen=True)
class Asked:
    """The ask that a code belongs to now, or why none is sent. Never both."""

    name: str = ""
    refused: Say | None = None


@dataclass(frozen=True)
class Tried:
    """What came of typing a code: the address it proves, or what was wrong. Never both.

    ``again``: the same browser has typed it a moment ago, and all that follows from it is done.
    """

    address: str | None = None
    again: bool = False
    problem: Say | None = None


def ask(
    work: Work, asker: Asker, purpose: Purpose, address: str, *, about: str = "", title: str = "", name: str = ""
) -> Asked:
    """Have a code sent to ``address``, unless one is under way: then this ask is bound to that one.

    Known and unknown addresses do exactly the same here. ``about``: which of several things of this purpose it is
    for; ``title``: what the letter calls it. ``name``: as hard to guess as one of ours, the same for the same button
    pressed twice.
    """
    name, mailbox = name or making.new_ask(), keyed(asker.secret, "mailbox", canonical_mailbox(address))
    one_at_a_time(work.session, f"code:{mailbox}")
    if queries.find_ask(work.session, name):
        return Asked(name)
    if not _may_ask(work, asker):
        return Asked(
            refused=_later(
                "Too many codes were asked for where you are. Ask again at {at}.", rules.ASKED_HERE, work.now
            )
        )
    code = queries.find_under_way(work.session, asker.network, purpose, address, about, work.now)
    if code is None:
        if not _may_send(work, asker, mailbox):
            return Asked(refused=_later(
                "We have sent many codes to this address in the last hour. Ask again at {at}.", rules.TO_A_MAILBOX,
                work.now))  # fmt: skip
        code = _send(work, asker, purpose, address, about, title)
    work.session.add(CodeAsk(name=name, code_id=code.id, asked_at=work.now))
    return Asked(name)


def ask_again(work: Work, asker: Asker, ask_name: str) -> Asked | None:
    """For the browser whose address is not on the page any more: another code to the same place.

    ``None`` where it never asked, or so long ago that we no longer know where.
    """
    code = queries.find_asked(work.session, ask_name)
    return ask(work, asker, code.purpose, code.address, about=code.about) if code else None


def _may_ask(work: Work, asker: Asker) -> bool:
    if not spend(work.session, rules.ASKED_HERE, asker.network, work.now):
        return False
    if spend(work.session, rules.ASKED_BY_ALL, EVERYBODY, work.now):
        return True
    # Somebody floods us, perhaps from a thousand networks: each still gets a few.
    return spend(work.session, rules.ASKED_HERE_WHEN_BUSY, asker.network, work.now)


def _may_send(work: Work, asker: Asker, mailbox: str) -> bool:
    if asker.signed_in or spend(work.session, rules.TO_A_MAILBOX, mailbox, work.now):
        return True
    return spend(
        work.session, rules.FROM_HERE_TO_A_MAILBOX, keyed(asker.secret, "here", mailbox, asker.network), work.now
    )


def _send(work: Work, asker: Asker, purpose: Purpose, address: str, about: str, title: str) -> OneTimeCode:
    code_id, minutes = uuid7(), settings_of(work.session, work.now).code_minutes
    length = queries.digits_now(work.session, work.now)
    code = OneTimeCode(
        id=code_id, purpose=purpose, about=about, address=address, network=asker.network,
        code_hash=hash_of(asker.secret, str(code_id), making.new_code(length)), digits=length,
        made_at=work.now, expires_at=work.now + timedelta(minutes=minutes),
    )  # fmt: skip
    work.session.add(code)
    work.session.flush()
    work.post(
        Draft(
            kind="code",
            address=address,
            urgent=True,
            expires_at=code.expires_at,
            maker="code",
            facts={"code": str(code_id), "title": title, "minutes": minutes},
        ),
        key=f"code:{code_id}",
    )
    return code


def hash_of(secret: str, code_id: str, code: str) -> str:
    """What is stored of a code."""
    return keyed(secret, "code", code_id, code)


def try_code(work: Work, asker: Asker, ask_name: str, purpose: Purpose, typed: str, *, about: str = "") -> Tried:
    """Try what was typed. A wrong code is counted, so this never raises; a right one is used up."""
    code = queries.find_asked(work.session, ask_name, hold=True)
    # Looked at only now: whoever held the code before may have used it.
    asked = queries.find_ask(work.session, ask_name)
    if code is None or asked is None or (code.purpose, code.about) != (purpose, about):
        return Tried(problem=DOES_NOT_WORK)
    right = same(code.code_hash, hash_of(asker.secret, str(code.id), making.digits(typed)))
    if code.used_at:
        pressed_twice = right and asked.used_at is not None and work.now < asked.used_at + rules.JUST_NOW
        return Tried(code.address, again=True) if pressed_twice else Tried(problem=DOES_NOT_WORK)
    problem = _why_not(work, asker, code)
    if problem is None and not right:
        _count_wrong(work, asker, code)
        problem = DOES_NOT_WORK
    if problem:
        return Tried(problem=problem)
    code.used_at = asked.used_at = work.now
    return Tried(code.address)


def _why_not(work: Work, asker: Asker, code: OneTimeCode) -> Say | None:
    """Why no code at all is taken here, right or wrong."""
    wrong, most = queries.wrong_tries(work.session, code.id), settings_of(work.session, work.now).code_tries
    if code.expires_at <= work.now:
        return Say("This code is too old. Ask for a new one.")
    if not rules.may_try(wrong, asker.network, code.network, most):
        return Say("That was too many tries. Ask for a new code.")
    if code.digits < queries.digits_now(work.session, work.now):
        return Say("Many wrong codes were typed today, so our codes are longer now. Ask for a new code.")
    if count_spent(work.session, rules.WRONG_HERE, asker.network, work.now) >= rules.WRONG_HERE.at_most:
        return _later("Too many wrong codes were typed where you are. Try again at {at}.", rules.WRONG_HERE, work.now)
    return None


def _count_wrong(work: Work, asker: Asker, code: OneTimeCode) -> None:
    tries = table(CodeTries)
    insert_new(work.session, tries, code_id=code.id, network=asker.network, wrong=0)
    here = (tries.c.code_id == code.id) & (tries.c.network == asker.network)
    work.session.execute(update(tries).where(here).values(wrong=tries.c.wrong + 1))
    if asker.network != code.network:
        most = settings_of(work.session, work.now).code_tries
        spend(work.session, rules.guesses(most), keyed(asker.secret, "guessed", str(code.id)), work.now)
    spend(work.session, rules.WRONG_HERE, asker.network, work.now)
    spend(work.session, rules.WRONG_OF_ALL, EVERYBODY, work.now)


def use_link(work: Work, secret: str, token: str) -> str:
    """The address that a sign-in link proves; the link is used up. Raises ``Conflict`` if it opens nothing."""
    code = queries.find_linked(work.session, secret, token, work.now, hold=True)
    if code is None:
        raise Conflict(Say("This link has been used, or it is too old. Ask for a new one."))
    code.used_at = work.now
    return code.address


def _later(message: str, budget: Budget, now: datetime) -> Say:
    return Say(message, at=clock_time(budget.slot(now) + budget.each))
