"""Whatever leads and officers do, in any order: there is a lead, covers close no circle, what waits has somebody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlmodel import select

from pyramid_app.accounts import queries, staff_queries, staff_service
from pyramid_app.accounts.away import queries as away_queries
from pyramid_app.accounts.away import service as away_service
from pyramid_app.accounts.away.rules import leads_back
from pyramid_app.accounts.models import Person
from pyramid_app.base.actor import OFFICERS, Role, system
from pyramid_app.base.errors import Refused
from pyramid_app.base.work import working
from pyramid_app.kit.texts import london_date
from pyramid_app.pages.people import queries as people_queries
from pyramid_app.pages.people import routes as people_routes
from pyramid_app.topics import service as topics
from pyramid_app.topics.models import Topic
from tests.builders import acting_as, an_officer, the_area
from tests.support.databases import pinned
from tests.support.lives import live

SITE = "http://localhost"


class Staff(RuleBasedStateMachine):
    """Four officers, two of them leads. Every act is tried; what is refused must leave no trace."""

    url = ""
    whoever = st.integers(0, 3)
    roles = st.sampled_from([set(), {Role.OFFICER}, {Role.OFFICER, Role.LEAD}, {Role.CHAIR}, {Role.LINK_WORKER}])

    def __init__(self):
        super().__init__()
        self.pin = pinned(self.url)
        self.database = self.pin.__enter__()
        self.now = datetime(2027, 3, 1, 10, tzinfo=UTC)
        with working(self.database, system("tests"), self.now) as work:
            the_area(work)
            self.people = [an_officer(work, f"P{n}", f"p{n}@council.example.org", lead=n < 2) for n in range(4)]
            for person in self.people:
                topics.start(work, "Buses", outside="x", next_word_on=date(2028, 1, 1), owner_id=person.id)

    def teardown(self):
        self.pin.__exit__(None, None, None)

    def a_lead(self, which):
        """One of those who lead now."""
        with self.database.reading() as session:
            leads = staff_queries.leads(session, self.now)
        able = [n for n, person in enumerate(self.people) if person.id in leads]
        return able[which % len(able)]

    def attempt(self, me, verb):
        """One act of that person, with the roles she has; whether it was allowed."""
        self.now += timedelta(minutes=1)
        with self.database.reading() as session:
            roles = queries.roles_of(session, self.people[me].id, self.now)
        try:
            with working(self.database, acting_as(self.people[me], *roles), self.now) as work:
                verb(work)
        except Refused:
            return False
        return True

    @rule(which=whoever, them=whoever, give=roles, take=roles)
    def change(self, which, them, give, take):
        me, person = self.a_lead(which), self.people[them].id

        def verb(work):
            waits = people_queries.what_waits(work.session).get(person, 0)
            staff_service.change(work, person, give=give, take=take - give, waits=waits, site=SITE)

        if self.attempt(me, verb) and me == them:
            assert Role.LEAD not in take - give, "nobody takes the lead from herself"

    @rule(which=whoever, them=whoever, to=st.none() | whoever)
    def end(self, which, them, to):
        me, person, heir = self.a_lead(which), self.people[them].id, None if to is None else self.people[to].id

        def verb(work):
            waits = people_queries.what_waits(work.session).get(person, 0)
            staff_service.end(work, person, heir, waits=waits, site=SITE)
            if heir:
                people_routes.hand_on(work, person, heir)

        if self.attempt(me, verb):
            assert me != them

    @rule(which=whoever)
    def hand_a_cover_to_whoever_is_away(self, which):
        """Everything would come back to somebody who is not here: it is refused."""
        with self.database.reading() as session:
            chain = sorted(away_queries.covers(session, london_date(self.now)).items())
        if chain:
            away, cover = chain[which % len(chain)]
            lead = self.a_lead(which)
            assert not self.attempt(lead, lambda work: staff_service.end(work, cover, away, site=SITE))

    @rule(them=whoever, by=whoever, days=st.integers(2, 9))
    def away(self, them, by, days):
        until, cover = london_date(self.now) + timedelta(days=days), self.people[by].id
        self.attempt(
            self.a_lead(0), lambda work: away_service.go_away(work, self.people[them].id, until, cover, site=SITE)
        )

    @rule(me=whoever, them=whoever)
    def back(self, me, them):
        self.attempt(me, lambda work: away_service.come_back(work, self.people[them].id))

    @rule(me=whoever, them=whoever, to=whoever)
    def try_without_the_right(self, me, them, to):
        person, heir = self.people[them].id, self.people[to].id
        with self.database.reading() as session:
            leads = staff_queries.leads(session, self.now)
        if self.people[me].id not in leads:
            assert not self.attempt(me, lambda work: staff_service.end(work, person, heir, site=SITE))

    @rule(me=whoever)
    def start_a_topic(self, me):
        self.attempt(me, lambda work: topics.start(work, "Buses", outside="x", next_word_on=date(2028, 1, 1)))

    @rule(days=st.integers(1, 3))
    def wait(self, days):
        self.now += timedelta(days=days)

    @invariant()
    def there_is_a_lead_and_at_most_two_chairs(self):
        with self.database.reading() as session:
            assert staff_queries.leads(session, self.now)
            assert len(staff_queries.holders(session, Role.CHAIR, self.now)) <= 2

    @invariant()
    def covers_close_no_circle_and_end_with_somebody_who_is_here(self):
        with self.database.reading() as session:
            chain = away_queries.covers(session, london_date(self.now))
            assert not [one for one in chain if leads_back(one, chain[one], chain)]
            assert set(chain.values()) <= staff_queries.officers(session, self.now)
            for one, cover in away_queries.cover_of_all(session, london_date(self.now)).items():
                assert cover not in chain
                assert cover != one

    @invariant()
    def what_waits_has_somebody_who_may_see_it(self):
        with self.database.reading() as session:
            owners = set(session.exec(select(Topic.owner_id)))
            for owner in owners:
                assert queries.roles_of(session, owner, self.now) & OFFICERS
                cover = away_queries.cover_for(session, owner, london_date(self.now))
                assert queries.roles_of(session, cover, self.now) & OFFICERS

    @invariant()
    def the_page_can_be_made(self):
        with self.database.reading() as session:
            everybody = people_queries.staff(session, self.now)
            assert len(everybody) == len(session.exec(select(Person)).all())


@pytest.mark.lives
def test_whatever_the_staff_do_somebody_has_what_waits(engine_url):
    Staff.url = engine_url
    live(Staff, engine_url, lives=10, steps=20)
