"""Families, and whoever pretends to be many, in any order: envelopes never exceed mailboxes, totals are the model's."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlmodel import col, delete, select

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.accounts.shared import queries as sharing
from pyramid_app.accounts.shared import service as shared
from pyramid_app.area import service as area_service
from pyramid_app.ballots import newcomers
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.base.actor import Role
from pyramid_app.base.budgets.models import Spending
from pyramid_app.participation import service as participation
from pyramid_app.polls.answering import places
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.answering.places import Came
from pyramid_app.polls.results.models import PollResult
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import CAME, a_poll, chosen
from tests.polls.conftest import TEAM
from tests.support.lives import live

A_NETWORK, TOGETHER = 2, 4
NAMES = ("ada", "bo", "cy", "di")


@dataclass
class Place:
    """What the model knows of a place: whose it is, and whether it counts."""

    holder: object
    joined: bool
    picked: int | None = None
    waits: bool = False
    aside: bool = False


@dataclass
class Model:
    """Who is here, what the desk has confirmed, and one place for each mailbox, by the words that its mark is of."""

    here: set[object] = field(default_factory=set)
    asked: set[tuple[object, str]] = field(default_factory=set)
    confirmed: set[tuple[object, str]] = field(default_factory=set)
    ever_confirmed: int = 0
    used: set[str] = field(default_factory=set)
    places: dict[tuple[object, ...], Place] = field(default_factory=dict)
    spent: Counter[object] = field(default_factory=Counter)

    def place_of(self, person):
        return next((place for place in self.places.values() if place.holder == person), None)

    def find_place(self, person, mailboxes, *, joined):
        """Hers; the one that somebody who left has left behind; a new one; or none. Says whether it is new."""
        if (place := self.place_of(person)) is not None:
            return place, False
        for mailbox in mailboxes:
            key = (mailbox, person) if (person, mailbox) in self.confirmed else (mailbox,)
            place = self.places.get(key)
            if place is None:
                self.places[key] = Place(person, joined)
                return self.places[key], True
            if place.holder not in self.here:
                place.holder = person
                return place, False
        return None, False

    def usual(self, day, network):
        """The network's budget first; what it refuses costs the other nothing."""
        for key, most in (((day, network), A_NETWORK), (day, TOGETHER)):
            if self.spent[key] >= most:
                return False
            self.spent[key] += 1
        return True


class Families(RuleBasedStateMachine):
    act = keys = clock = run = database = None
    persons = Bundle("persons")

    @initialize(target=persons)
    def opens(self):
        """Two families stood when it opened."""
        self.clock.move_to(datetime(2027, 3, 1, 10, tzinfo=UTC))
        with self.act(TEAM) as work:
            work.session.exec(delete(Spending))
            for (person_id,) in work.session.execute(select(RollEntry.person_id).distinct()):
                participation.leave(work, person_id)
            limits = {"newcomers_a_day_network": A_NETWORK, "newcomers_a_day": TOGETHER}
            area_service.change_settings(work, limits, "for tests")
            self.poll = a_poll(work, self.keys)
            self.sam = an_officer(work, address=f"sam{self.poll.ref}@council.example.org")
            stood = [a_member(work, f"stood{n}{self.poll.ref}@example.org").id for n in range(2)]
            self.picks = [chosen(work, self.poll, pick) for pick in range(3)]
        self.model, self.over = Model(here=set(stood)), False
        self.run("invite")
        for number, person in enumerate(stood):
            self.model.used.add(f"stood{number}{self.poll.ref}@example.org")
            self.model.places[(f"stood{number}{self.poll.ref}@example.org",)] = Place(person, joined=False)
        self.clock.shift(timedelta(minutes=1))
        return multiple(*stood)

    def address(self, name, spelling):
        domain = "gmail.com" if name == "ada" else "example.org"
        plain = f"{name}{self.poll.ref}".replace("-", "")
        dotted = f"{plain[0]}.{plain[1:]}" if name == "ada" else plain
        return f"{(plain, f'{plain}+{spelling}', dotted)[spelling]}@{domain}"

    @rule(target=persons, name=st.sampled_from(NAMES), spelling=st.integers(0, 2))
    def join(self, name, spelling):
        address = self.address(name, spelling)
        with self.act() as work:
            person = accounts.person_at(work, address)
            participation.join(work, person.id)
        self.model.here.add(person.id)
        self.model.used.add(canonical_mailbox(address))
        self.clock.shift(timedelta(minutes=1))
        return person.id

    @rule(person=persons, pick=st.integers(0, 2), network=st.sampled_from(["school", "home"]))
    def answer(self, person, pick, network):
        if person not in self.model.here or self.over:
            return
        with self.database.reading() as session:
            mailboxes = people.mailboxes_of(session, [person])[person]
            joined = places.joined_while_open(session, self.poll, person, self.poll.opens_at)
            who, day = people.get_person(session, person), self.clock_day()
        with self.act(acting_as(who)) as work:
            cast = answering.answer_signed_in(work, self.poll.id, self.picks[pick], Came(CAME.secret, network))
        place, new = self.model.find_place(person, mailboxes, joined=joined)
        if place is None:
            assert cast is None
            self.model.asked |= {(person, mailbox) for mailbox in mailboxes}
            return
        if new and joined and not self.model.usual(day, network):
            place.waits = True
        if place.aside:
            place.waits, place.aside = True, False
        assert (cast.waits, cast.changed) == (place.waits, place.picked is not None)
        place.picked = pick

    @rule(target=persons, name=st.sampled_from(NAMES), spelling=st.integers(0, 2))
    def answer_leave_and_return(self, name, spelling):
        """The attack in one step: in any other order the same few people seldom come to it by chance."""
        before = self.join(name, spelling)
        self.answer(before, 0, "home")
        self.leave(before)
        again = self.join(name, (spelling + 1) % 3)
        self.answer(again, 1, "school")
        return again

    def clock_day(self):
        with self.act() as work:
            return work.now.date()

    @rule(person=persons)
    def leave(self, person):
        if person not in self.model.here:
            return
        with self.act() as work:
            participation.leave(work, person)
        self.model.here.discard(person)
        self.forgets(person, None)

    @rule(person=persons, name=st.sampled_from(NAMES), spelling=st.integers(0, 2))
    def add_address(self, person, name, spelling):
        if person not in self.model.here:
            return
        address = self.address(name, spelling)
        with self.act() as work:
            accounts.add_contact_point(work, person, address)
        self.model.used.add(canonical_mailbox(address))
        self.clock.shift(timedelta(minutes=1))

    @rule(person=persons)
    def end_address(self, person):
        """The oldest, unless it is the last."""
        with self.act() as work:
            points = people.list_contact_points(work.session, person)
            if len(points) > 1:
                accounts.end_contact_point(work, person, points[0].id, proved=True)
        if len(points) > 1:
            self.forgets(person, canonical_mailbox(points[0].address))

    def forgets(self, person, mailbox):
        for known in (self.model.asked, self.model.confirmed):
            known -= {one for one in known if one[0] == person and mailbox in {None, one[1]}}

    @rule()
    def desk_confirms_sharing(self):
        with self.act(acting_as(self.sam, Role.OFFICER)) as work:
            for person in {person.id for _row, person in sharing.list_waiting(work.session)}:
                shared.confirm(work, person)
        self.model.ever_confirmed += len(self.model.asked - self.model.confirmed)
        self.model.confirmed |= self.model.asked

    @rule(take=st.booleans(), network=st.sampled_from(["school", "home", ""]))
    def desk_decides(self, take, network):
        if self.over:
            return
        with self.act(TEAM) as work:
            found = select(RollEntry.person_id).where(RollEntry.ballot_id == self.poll.ballot_id, RollEntry.waits)
            here = RollEntry.network.is_(None) if network == "" else RollEntry.network == network
            chosen_now = set(work.session.exec(found.where(here)))
            done = newcomers.decide(work, self.poll.ballot_id, [network], take=take, reason="Because.")
        assert done == len(chosen_now)
        for place in self.model.places.values():
            if place.holder in chosen_now:
                assert place.waits
                place.waits, place.aside = False, not take

    @rule(hours=st.integers(1, 30))
    def time_goes_on(self, hours):
        with self.act() as work:
            near = work.now + timedelta(hours=hours) >= self.poll.closes_at
        if not near:
            self.clock.shift(timedelta(hours=hours))

    @rule(sure=st.integers(0, 9))
    def closes(self, sure):
        if sure == 0:
            self.count()

    def count(self):
        if self.over:
            return
        self.over = True
        self.clock.move_to(self.poll.closes_at)
        self.run("count")
        with self.database.reading() as session:
            result = session.get_one(PollResult, self.poll.id)
            took = session.exec(
                select(RollEntry.person_id).where(
                    RollEntry.ballot_id == self.poll.ballot_id, col(RollEntry.took_part).is_(True)
                )
            ).all()
        answered = [place for place in self.model.places.values() if place.picked is not None]
        good = [place for place in answered if not (place.waits or place.aside)]
        assert (result.answered, result.set_aside) == (len(good), len(answered) - len(good))
        assert result.joined_while_open == sum(place.joined for place in good)
        assert Counter(took) == Counter(place.holder for place in good)

    @invariant()
    def envelopes_never_exceed_mailboxes(self):
        if not hasattr(self, "poll") or self.over:
            return
        with self.database.reading() as session:
            kept = session.exec(select(Envelope.roll_id).where(Envelope.ballot_id == self.poll.ballot_id)).all()
        assert len(kept) == sum(place.picked is not None for place in self.model.places.values())
        assert len(kept) <= len(self.model.used) + self.model.ever_confirmed

    def teardown(self):
        if hasattr(self, "poll"):
            self.count()


@pytest.mark.lives
@pytest.mark.usefixtures("area")
def test_families_in_any_order(act, keys, clock, run_jobs, engine_url, database):
    parts = {"act": staticmethod(act), "run": staticmethod(run_jobs), "keys": keys, "clock": clock}
    live(type("Here", (Families,), {**parts, "database": database}), engine_url, lives=12, steps=30)
