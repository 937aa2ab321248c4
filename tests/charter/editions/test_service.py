"""Signing, translating and bringing in the first charter: what is refused, and what the database settles."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Invalid, NotAllowed, NotFound, Refused
from pyramid_app.base.work import working
from pyramid_app.charter import queries
from pyramid_app.charter.editions import service
from pyramid_app.charter.models import Signature
from pyramid_app.charter.rules import digest, exact
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.charter.service import lay_charter, new_number
from pyramid_app.partners import service as partners
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.charter.editions.builders import two_editions

OWN = "# We listen\n- We answer.\n  - Made by: The council\n- We ask that you: tell us.\n"
TODAY = date(2027, 3, 1)


@pytest.fixture
def two(act, sam):
    with act() as work:
        return two_editions(work)


def refused(act, do, who):
    with pytest.raises(Invalid) as why, act(who) as work:
        do(work)
    return set(why.value.fields)


def test_a_partner_signs_the_present_edition_once(act, team, two):
    _old, new, _numbers = two
    with act(team) as work:
        service.sign(work, new.number, "council", "Director\u200b of  Children", TODAY)
    with act() as work:
        signed = queries.current_charter(work.session).signatures
        assert [(one.partner, one.role, one.signed_on, one.by_id, name) for one, name in signed] == [
            ("council", "Director of Children", TODAY, team.person_id, "The council")
        ]
    assert refused(act, lambda work: service.sign(work, new.number, "council", "Head", TODAY), team) == {"partner"}
    assert refused(act, lambda work: service.sign(work, new.number - 1, "nhs", "Head", TODAY), team) == {""}


def test_a_partner_that_ended_signs_no_more(act, team, two):
    with act() as work:
        partners.end(work, "nhs", TODAY)
    assert refused(act, lambda work: service.sign(work, two[1].number, "nhs", "Head", TODAY), team) == {"signed_on"}
    assert refused(act, lambda work: service.sign(work, two[1].number, "none", "Head", TODAY), team) == {"partner"}


def test_families_do_not_sign_translate_or_bring_in(act, amina, team, two):
    number = two[2][0]
    for do in (
        lambda work: service.sign(work, two[1].number, "council", "Head", TODAY),
        lambda work: service.translate(work, number, "so", "Waan", ""),
        lambda work: service.bring_in(work, OWN, {}),
    ):
        with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
            do(work)
    with pytest.raises(NotAllowed), act(team) as work:
        service.bring_in(work, OWN, {})


def test_a_promise_is_said_in_another_language_and_mended(act, team, two):
    number = two[2][0]
    with act() as work:
        promise = queries.find_present(work.session, number)
        assert promise.is_stale(promise.twins[0])
        seen, old = digest(exact(promise.words)), promise.twins[0].of_digest
    for text in ("Early.", "Very early.\u202e"):
        with act(team) as work:
            service.translate(work, number, "easy", text, seen)
    with act(team) as work:
        service.translate(work, number, "fa", "می‌گوییم", seen)
    with act() as work:
        promise = queries.find_present(work.session, number)
        assert [(twin.language, twin.text, promise.is_stale(twin)) for twin in promise.twins] == [
            ("easy", "Very early.", False), ("fa", "می‌گوییم", False),
        ]  # fmt: skip
    assert refused(act, lambda work: service.translate(work, number, "so", "Waan", old), team) == {""}
    assert refused(act, lambda work: service.translate(work, number, "en", "We", seen), team) == {"language"}
    assert refused(act, lambda work: service.translate(work, number, "so", "\u200b", seen), team) == {"text"}
    assert refused(act, lambda work: service.translate(work, number, "so", "x" * 1001, seen), team) == {"text"}
    with pytest.raises(NotFound), act(team) as work:
        service.translate(work, two[2][1], "so", "Waan", seen)


def a_lead(act):
    with act() as work:
        return acting_as(an_officer(work, "Lea", "lea@council.example.org", lead=True), Role.OFFICER, Role.LEAD)


def test_the_sample_gives_way_once_and_its_numbers_retire(act, sam):
    lead = a_lead(act)
    with act() as work:
        sample = {promise.number for promise in queries.current_charter(work.session).promises}
    with act(lead) as work:
        edition = service.bring_in(work, OWN, {})
        assert (edition.number, edition.sample) == (2, False)
    with act() as work:
        charter = queries.current_charter(work.session)
        numbers = {promise.number for promise in charter.promises}
        assert len(numbers) == 2
        assert numbers.isdisjoint(sample)
        assert [principle.name for principle, _promises in charter.principles] == ["We listen"]
        assert new_number(work) not in sample | numbers
        assert queries.history_of(work.session, min(sample))[-1].edition == 1, "it stays readable"
    with pytest.raises(NotAllowed, match="changes by drafts"), act(lead) as work:
        service.bring_in(work, OWN.replace("answer", "reply"), {})


@pytest.mark.parametrize(
    "source", ["", "# We listen\n- One.\n", "# We listen\n- One.\n  - Made by: ICB\n", "x" * 300_001]
)
def test_what_has_to_be_mended_is_not_published(act, sam, source):
    lead = a_lead(act)
    assert refused(act, lambda work: service.bring_in(work, source, {}), lead) == {"source"}
    with act() as work:
        assert queries.current_edition(work.session).number == 1


def test_two_leads_at_once_bring_in_one_charter_and_two_officers_write_one_signature(real_database):
    with working(real_database, system("tests")) as work:
        the_area(work)
        lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
        lead = acting_as(an_officer(work, lead=True), Role.OFFICER, Role.LEAD)
        a_member(work)

    def tried(do):
        try:
            with working(real_database, lead) as work:
                do(work)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        texts = (OWN, OWN.replace("We answer", "We write"))
        assert sorted(both.map(lambda text: tried(lambda work: service.bring_in(work, text, {})), texts)) == [
            False,
            True,
        ]
        with real_database.reading() as session:
            today = queries.current_edition(session).published_at.date()
        signing = [lambda work: service.sign(work, 2, "council", "Head", today)] * 2
        assert sorted(both.map(tried, signing)) == [False, True]
    with real_database.reading() as session:
        assert len(session.exec(select(Signature)).all()) == 1
