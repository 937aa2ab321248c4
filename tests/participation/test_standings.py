"""Joining, moving and leaving: one open standing, intervals that never overlap, a history that is never lost."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlmodel import select

from pyramid_app.accounts import queries as people
from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, NotFound
from pyramid_app.base.work import working
from pyramid_app.kit.disclosure import show
from pyramid_app.participation import queries, service
from pyramid_app.participation.models import Standing
from pyramid_app.participation.rules import GROUND, GROUP, USUAL_LEVELS
from tests.builders import a_member, an_officer, the_area
from tests.participation.builders import somebody
from tests.support.databases import pinned
from tests.support.lives import live

LEVELS = [level.slug for level in USUAL_LEVELS]


@pytest.fixture
def area(act):
    with act() as work:
        the_area(work)


def standings(database, person):
    with database.reading() as session:
        rows = session.exec(select(Standing).where(Standing.person_id == person.id).order_by(Standing.from_at))
        return [(row.level, row.from_at, row.until_at) for row in rows]


def level_of(work, person):
    return queries.find_level_of(work.session, person.id, work.now)


@pytest.mark.usefixtures("area")
class TestJoining:
    def test_one_stands_in_the_parliament(self, act):
        with act() as work:
            person = somebody(work)
            service.join(work, person.id)
            assert level_of(work, person) == "parliament"
            assert queries.find_declared_at(work.session, person.id) == work.now

    def test_twice_is_once(self, act, database):
        with act() as work:
            person = a_member(work)
            service.join(work, person.id)
        assert len(standings(database, person)) == 1

    @pytest.mark.parametrize("lower", LEVELS[:3])
    def test_nobody_is_moved_down_by_joining(self, act, lower):
        with act() as work:
            person = a_member(work, level=GROUP)
            service.join(work, person.id, lower)
            assert level_of(work, person) == GROUP

    def test_an_invitation_lifts(self, act, database, clock):
        with act() as work:
            person = a_member(work)
        clock.shift(timedelta(days=1))
        with act() as work:
            service.join(work, person.id, "consultative")
            now = work.now
        assert standings(database, person) == [
            ("parliament", now - timedelta(days=1), now),
            ("consultative", now, None),
        ]

    def test_on_the_ground_nothing_is_declared(self, act):
        with act() as work:
            person = a_member(work, level=GROUND)
            assert queries.find_declared_at(work.session, person.id) is None
            assert queries.voting_people(work.session, work.now) == []

    def test_seats_are_counted(self, act):
        with act() as work:
            for n in range(8):
                a_member(work, f"rep{n}@example.org", GROUP)
            assert not queries.has_free_seat(work.session, GROUP)
        with pytest.raises(Conflict) as refused, act() as work:
            a_member(work, "rep9@example.org", GROUP)
        assert refused.value.reason.facts["seats"] == 8

    def test_there_is_no_other_level(self, act):
        with pytest.raises(NotFound), act() as work:
            service.join(work, somebody(work).id, "throne")


@pytest.mark.usefixtures("area")
class TestMoving:
    @pytest.mark.parametrize("level", LEVELS[:3])
    def test_anywhere_that_is_ones_own_choice(self, act, level):
        with act() as work:
            person = a_member(work)
            service.move(work, person.id, level)
            assert level_of(work, person) == level

    def test_not_onto_a_seat(self, act):
        with act() as work:
            person = a_member(work)
        with pytest.raises(NotAllowed), act() as work:
            service.move(work, person.id, GROUP)

    def test_whoever_never_said_that_they_care_is_asked_before_they_vote(self, act):
        with act() as work:
            person = a_member(work, level=GROUND)
        with pytest.raises(Invalid) as refused, act() as work:
            service.move(work, person.id, "parliament")
        assert list(refused.value.fields) == ["cares"]
        with act() as work:
            service.move(work, person.id, "parliament", cares=True)
            assert queries.voting_people(work.session, work.now) == [person.id]

    def test_what_was_declared_once_is_remembered(self, act):
        with act() as work:
            person = a_member(work)
            service.move(work, person.id, GROUND)
            assert queries.voting_people(work.session, work.now) == []
            service.move(work, person.id, "parliament")
            assert queries.voting_people(work.session, work.now) == [person.id]

    def test_who_stood_where_then_can_be_asked_for_ever(self, act, database, clock):
        with act() as work:
            person, then = a_member(work), work.now
        clock.shift(timedelta(days=10))
        with act() as work:
            service.move(work, person.id, GROUND)
        clock.shift(timedelta(days=10))
        with act() as work:
            service.leave(work, person.id)
        with database.reading() as session:
            at = [queries.find_level_of(session, person.id, then + timedelta(days=d)) for d in (-1, 0, 9, 10, 19, 20)]
        assert at == [None, "parliament", "parliament", GROUND, GROUND, None]


@pytest.mark.usefixtures("area")
class TestLeaving:
    def test_nothing_by_which_one_could_be_found_stays(self, act, database):
        with act() as work:
            person = a_member(work)
            passes = person.passes
            service.leave(work, person.id)
        with database.reading() as session:
            gone = people.get_person(session, person.id)
            assert (gone.name, gone.passes > passes) == ("", True)
            assert people.list_contact_points(session, person.id) == []
            assert people.find_by_address(session, "amina@example.org") is None
            assert [until is None for _level, _from, until in standings(database, person)] == [False]

    def test_a_role_ends_too(self, act):
        with act() as work:
            lead = an_officer(work, lead=True)
            an_officer(work, "Lea", "lea@council.example.org", lead=True)
            service.leave(work, lead.id)
            assert people.roles_of(work.session, lead.id, work.now) == frozenset[Role]()

    def test_the_last_lead_makes_another_first(self, act):
        with act() as work:
            lead = an_officer(work, lead=True)
        with pytest.raises(NotAllowed), act() as work:
            service.leave(work, lead.id)
        with act() as work:
            assert people.list_contact_points(work.session, lead.id) != [], "nothing of it happened"

    def test_twice_is_once(self, act):
        with act() as work:
            person = a_member(work)
            service.leave(work, person.id)
            service.leave(work, person.id)

    def test_whoever_comes_back_is_somebody_new(self, act):
        with act() as work:
            before = a_member(work)
            service.leave(work, before.id)
            again = a_member(work)
            assert again.id != before.id


@pytest.mark.usefixtures("area")
class TestCounting:
    def test_whoever_stands_higher_is_counted_below_too(self, act):
        with act() as work:
            for n in range(7):
                a_member(work, f"p{n}@example.org")
            for n in range(5):
                a_member(work, f"c{n}@example.org", "consultative")
            for n in range(6):
                a_member(work, f"g{n}@example.org", GROUND)
            leaver = a_member(work, "gone@example.org")
            service.leave(work, leaver.id)
            counted = queries.count_by_level(work.session, work.now)
        assert {slug: show(count).number for slug, count in counted.items()} == {
            GROUND: 18, "parliament": 12, "consultative": 5, GROUP: 0,
        }  # fmt: skip

    def test_only_representatives_are_named_and_only_while_they_stand(self, act):
        with act() as work:
            a_member(work, "rosa@example.org", GROUP, "Rosa")
            a_member(work, "amina@example.org", "parliament", "Amina")
            gone = a_member(work, "gone@example.org", GROUP, "Gone")
            service.leave(work, gone.id)
            named = [queries.list_named(work.session, slug, work.now) for slug in LEVELS]
        assert named == [[], [], [], ["Rosa"]]

    def test_staff_stand_nowhere(self, act):
        with act() as work:
            officer = an_officer(work)
            assert level_of(work, officer) is None
            assert queries.voting_people(work.session, work.now) == []


class Standings(RuleBasedStateMachine):
    """Three people who come, move and go in any order, also in acts that read the clock before others ended."""

    url = ""
    whoever = st.integers(0, 2)
    moments = st.sampled_from([0, 0, -1, 1, 3600])

    def __init__(self):
        super().__init__()
        self.pin = pinned(self.url)
        self.database = self.pin.__enter__()
        self.moment = datetime(2027, 3, 1, 10, tzinfo=UTC)
        with self.act(0) as work:
            the_area(work)
            self.people = [somebody(work) for _ in range(3)]
        self.where = {person.id: None for person in self.people}
        self.declared = {person.id: False for person in self.people}
        self.past = {}

    def teardown(self):
        self.pin.__exit__(None, None, None)

    def act(self, seconds):
        now = self.moment + timedelta(seconds=seconds)
        self.moment = max(self.moment, now)
        return working(self.database, system("tests"), now)

    @rule(who=whoever, level=st.sampled_from(LEVELS), seconds=moments)
    def join(self, who, level, seconds):
        person = self.people[who].id
        with self.act(seconds) as work:
            service.join(work, person, level)
        if LEVELS.index(level) > LEVELS.index(self.where[person] or GROUND) or self.where[person] is None:
            self.where[person] = level
            self.declared[person] |= level != GROUND

    @rule(who=whoever, level=st.sampled_from(LEVELS), cares=st.booleans(), seconds=moments)
    def move(self, who, level, cares, seconds):
        person = self.people[who].id
        try:
            with self.act(seconds) as work:
                service.move(work, person, level, cares=cares)
        except NotAllowed:
            assert level == GROUP
        except Invalid:
            assert level != GROUND
            assert not self.declared[person]
            assert not cares
        else:
            self.where[person] = level
            self.declared[person] |= level != GROUND

    @rule(who=whoever, seconds=moments)
    def leave(self, who, seconds):
        person = self.people[who].id
        with self.act(seconds) as work:
            service.leave(work, person)
        self.where[person] = None

    @invariant()
    def one_open_standing_no_overlap_and_nothing_lost(self):
        with self.database.reading() as session:
            rows = list(session.exec(select(Standing).order_by(Standing.from_at, Standing.id)))
        for person in self.where:
            mine = [row for row in rows if row.person_id == person]
            still_open = [row.level for row in mine if row.until_at is None]
            assert still_open == ([self.where[person]] if self.where[person] else [])
            assert all(row.until_at is None or row.from_at <= row.until_at for row in mine)
            assert all(one.until_at and one.until_at <= two.from_at for one, two in pairwise(mine))
        ended = {row.id: (row.person_id, row.level, row.from_at, row.until_at) for row in rows if row.until_at}
        assert self.past.items() <= ended.items()
        self.past = ended

    @invariant()
    def those_who_vote_have_declared_and_stand_above_the_ground(self):
        with self.database.reading() as session:
            voters = set(queries.voting_people(session, self.moment))
        assert voters == {person for person, level in self.where.items() if level not in {None, GROUND}}
        assert all(self.declared[person] for person in voters)


@pytest.mark.lives
def test_whatever_people_do_their_standings_are_sound(engine_url):
    Standings.url = engine_url
    live(Standings, engine_url, lives=20, steps=15)
