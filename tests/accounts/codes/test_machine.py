"""Whatever order codes live in: nobody without the code gets in, and a right one typed in time, where tries are left,
always works."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlmodel import Session, select

from pyramid_app.accounts.codes import rules
from pyramid_app.accounts.codes import service as codes
from pyramid_app.accounts.codes.makers import code_maker
from pyramid_app.accounts.codes.queries import find_asked
from pyramid_app.accounts.codes.service import Asker
from pyramid_app.accounts.rules import Purpose
from pyramid_app.base.actor import NOBODY, system
from pyramid_app.base.outbox.models import Letter, is_open
from pyramid_app.base.work import working
from tests.builders import a_member, the_area
from tests.support.databases import pinned
from tests.support.lives import live

SECRET, START = "a secret for tests only", datetime(2027, 3, 1, 10, tzinfo=UTC)
ADDRESSES = st.sampled_from(["amina@example.org", "amina+1@example.org", "nobody@example.org"])
NETWORKS = st.sampled_from(["hers", "school", "guesser 1", "guesser 2", "guesser 3"])
PURPOSES = st.sampled_from([Purpose.SIGN_IN, Purpose.SIGN_IN, Purpose.JOIN])
WHICH = st.integers(0, 9)
TRIES, MINUTES = 5, timedelta(minutes=10)
PROVES_NOTHING = {(Purpose.SIGN_IN, "nobody@example.org")}
"""The letter there says no code."""


class Codes(RuleBasedStateMachine):
    """Browsers in several networks ask for codes of several addresses; letters leave late, or twice."""

    url = ""

    def __init__(self):
        super().__init__()
        self.place = pinned(self.url)
        self.database = self.place.__enter__()
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        with working(self.database, system("tests")) as work:
            the_area(work)
            a_member(work, "amina@example.org")
        self.make = code_maker(SECRET, "https://pyramid.example.org")
        self.asks, self.told, self.wrong, self.used, self.until, self.first = [], {}, {}, set(), {}, {}

    def teardown(self):
        self.travel.stop()
        self.place.__exit__(None, None, None)

    @rule(address=ADDRESSES, network=NETWORKS, purpose=PURPOSES)
    def ask(self, address, network, purpose):
        with working(self.database, NOBODY) as work:
            asked = codes.ask(work, Asker(SECRET, network), purpose, address)
            code = find_asked(work.session, asked.name)
        if asked.refused:
            assert "Ask again at" in asked.refused.message
            return
        self.first.setdefault(code.id, network)
        self.until.setdefault(code.id, self.now + MINUTES)
        self.asks.append((asked.name, code.id, purpose, address))
        assert self.open_to(code.id, network), "nobody is bound to a code that she cannot use"

    @rule(twice=st.booleans())
    def letters_leave(self, twice):
        with self.database.writing() as session:
            for letter in session.exec(select(Letter).where(is_open(), Letter.expires_at > self.now)):
                self.send(session, letter)
                if twice:
                    self.send(session, letter)
                letter.sent_at = self.now

    def send(self, session: Session, letter: Letter):
        words = self.make(session, self.now, letter)
        if words is None:
            return
        code_id = next(one for _name, one, *_ in self.asks if str(one) == letter.facts["code"])
        found = re.search(r"^ +(\d+)$", words.text, re.MULTILINE)
        self.told[code_id] = found[1] if found else None
        self.until[code_id] = self.now + MINUTES

    @precondition(lambda self: self.asks)
    @rule(which=WHICH, network=NETWORKS, right=st.booleans(), times=st.integers(1, 6))
    def types(self, which, network, right, times):
        name, code_id, purpose, address = self.asks[-1 - which % len(self.asks)]
        code = self.told.get(code_id)
        right = right and code is not None
        typed = code if right else self.not_this(code)
        for _ in range(1 if right else times):
            works = right and code_id not in self.used and self.now < self.until[code_id]
            works = works and self.open_to(code_id, network) and self.wrong_here(network) < rules.WRONG_HERE.at_most
            tried = self.try_it(name, network, purpose, typed)
            if tried.again:
                assert right, "nothing else leads on"
                assert code_id in self.used
            else:
                assert (tried.address == address) == works, (tried, works)
            if works:
                assert (purpose, address) not in PROVES_NOTHING
                self.used.add(code_id)
            if tried.problem == codes.DOES_NOT_WORK and code_id not in self.used:
                self.wrong.setdefault(code_id, {}).setdefault(network, []).append(self.now)

    @precondition(lambda self: self.asks)
    @rule(which=WHICH, network=NETWORKS)
    def types_it_for_something_else(self, which, network):
        name, code_id, purpose, _address = self.asks[-1 - which % len(self.asks)]
        other = Purpose.JOIN if purpose is Purpose.SIGN_IN else Purpose.SIGN_IN
        assert self.try_it(name, network, other, self.told.get(code_id) or "000000").address is None

    @rule(minutes=st.sampled_from([1, 4, 10, 61]))
    def time_passes(self, minutes):
        self.clock.shift(timedelta(minutes=minutes))

    def try_it(self, name, network, purpose, typed):
        with working(self.database, NOBODY) as work:
            return codes.try_code(work, Asker(SECRET, network), name, purpose, typed)

    def open_to(self, code_id, network):
        tries = {where: len(times) for where, times in self.wrong.get(code_id, {}).items()}
        return rules.may_try(tries, network, self.first[code_id], TRIES)

    def wrong_here(self, network):
        slot = rules.WRONG_HERE.slot(self.now)
        return sum(at >= slot for tries in self.wrong.values() for at in tries.get(network, []))

    @staticmethod
    def not_this(code):
        return "no digits" if code is None else f"{(int(code) + 1) % 10 ** len(code):0{len(code)}d}"

    @property
    def now(self):
        return datetime.now(UTC)


@pytest.mark.lives
def test_whatever_order_codes_live_in(engine_url):
    live(type("Here", (Codes,), {"url": engine_url}), engine_url, lives=12, steps=25)
