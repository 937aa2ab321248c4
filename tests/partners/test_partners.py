"""Partners are rows that an area names, and people speak for them."""

import pytest
from sqlalchemy.exc import IntegrityError

from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.partners import queries, service
from tests.builders import acting_as, an_officer, the_area


def test_the_usual_ones_come_in_their_order_and_more_can_be_added(act, database):
    with act() as work:
        service.lay_partners(work)
        service.add_partner(work, "police", "The police", 9)
    with database.reading() as session:
        assert [partner.slug for partner in queries.list_partners(session)] == [
            "council", "nhs", "schools", "forum", "partnership", "police",
        ]  # fmt: skip


def test_a_slug_is_given_once(act, database):
    with act() as work:
        service.lay_partners(work)
    with pytest.raises(IntegrityError), act() as work:
        service.add_partner(work, "nhs", "Another NHS", 7)
    with database.reading() as session:
        assert [partner.name for partner in queries.list_partners(session)][1] == "The NHS"


class TestSpeaking:
    @pytest.fixture
    def sam(self, act):
        with act() as work:
            the_area(work)
            return an_officer(work)

    def spoken(self, database, clock_now):
        with database.reading() as session:
            spoken = {}
            for one, _name in queries.list_speakers(session):
                if one.from_at <= clock_now and (one.until_at is None or one.until_at > clock_now):
                    spoken.setdefault(one.partner, []).append(one.person_id)
            return spoken

    def test_from_then_until_then_and_twice_is_once(self, act, sam, database, clock):
        with act() as work:
            before = work.now
            for _ in range(2):
                service.speak_for(work, sam.id, {"nhs", "council"})
        assert self.spoken(database, before) == {"nhs": [sam.id], "council": [sam.id]}
        clock.shift(60)
        with act() as work:
            service.stop_speaking(work, sam.id, {"nhs"})
            assert self.spoken(database, work.now) == {"council": [sam.id]}
        assert self.spoken(database, before) == {"nhs": [sam.id], "council": [sam.id]}, "it was so then"
        with database.reading() as session:
            assert len(queries.list_speakers(session)) == 2

    def test_only_for_partners_that_there_are(self, act, sam, database):
        with pytest.raises(Invalid) as refused, act() as work:
            service.speak_for(work, sam.id, {"nhs", "nowhere"})
        assert list(refused.value.fields) == ["speaks_for"]
        with database.reading() as session:
            assert queries.list_speakers(session) == []

    def test_an_officer_does_not_say_it(self, act, sam):
        for verb in (service.speak_for, service.stop_speaking):
            with pytest.raises(NotAllowed), act(acting_as(sam, Role.OFFICER)) as work:
                verb(work, sam.id, {"nhs"})
