"""Partners are rows that an area names."""

import pytest
from sqlalchemy.exc import IntegrityError

from pyramid_app.partners import queries, service


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
