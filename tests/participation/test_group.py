"""Who belongs to the Group: elected parents by their seat, everybody else by a lead's word, for as long as it holds."""

from datetime import date, timedelta

import pytest

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Invalid, NotAllowed, NotFound
from pyramid_app.participation import service as participation
from pyramid_app.participation.group import queries, service
from pyramid_app.participation.group.rules import Draft, MemberKind
from tests.builders import a_member, acting_as, an_officer

HANA = Draft("Hana", "hana@school.example", MemberKind.SCHOOL, "Hill School")


@pytest.fixture
def lead(act, sam):
    with act() as work:
        return an_officer(work, "Lea", "lea@council.example.org", lead=True)


@pytest.fixture
def lea(lead):
    return acting_as(lead, Role.LEAD, Role.OFFICER)


def name(act, lea, draft=HANA):
    with act(lea) as work:
        return service.name(work, draft, "http://localhost")


def who(act, now=None):
    with act() as work:
        return [(one.name, one.kind.value, one.body) for one in queries.members(work.session, now or work.now)]


def test_elected_parents_come_first_and_need_no_row(act, lea):
    with act() as work:
        a_member(work, "rosa@example.org", "group", name="Rosa")
        a_member(work, "amina@example.org", "parliament")
    name(act, lea)
    name(act, lea, Draft("Otto", "otto@council.example.org", MemberKind.OFFICER, "SEND team"))
    assert who(act) == [
        ("Rosa", "elected parent", ""), ("Otto", "officer", "SEND team"), ("Hana", "school", "Hill School"),
    ]  # fmt: skip


def test_whoever_is_elected_and_named_is_there_once_as_elected(act, lea):
    name(act, lea)
    with act() as work:
        hana = queries.members(work.session, work.now)[0].person_id
        participation.join(work, hana, "group")
    assert who(act) == [("Hana", "elected parent", "")]
    with act() as work:
        assert queries.kind_of(work.session, hana, work.now) is MemberKind.ELECTED


def test_she_has_a_letter_signs_in_with_that_address_and_is_in_until_her_last_day(act, lea, post, clock):
    row = name(act, lea, Draft("Hana", "hana@school.example", MemberKind.SCHOOL, "Hill School", date(2027, 3, 12)))
    post.deliver()
    letter = post.last_to("hana@school.example")
    assert "as: school" in letter.words.text
    assert "http://localhost/meetings" in letter.words.text
    with act() as work:
        accounts.person_at(work, "hana@school.example")
        assert queries.is_member(work.session, row.person_id, work.now)
        assert not queries.is_member(work.session, None, work.now)
    clock.shift(timedelta(days=11, hours=13, minutes=59))
    assert len(who(act)) == 1
    clock.shift(timedelta(minutes=1))
    assert who(act) == []


def test_a_parent_who_is_known_is_found_and_keeps_her_name(act, lea, amina):
    row = name(act, lea, Draft("Mrs A", "amina@example.org", MemberKind.FORUM, "the forum"))
    assert row.person_id == amina.id
    assert who(act) == [("Amina", "forum", "the forum")]
    with pytest.raises(Invalid) as refused:
        name(act, lea, Draft("Amina", "amina@example.org", MemberKind.HEALTH, "NHS"))
    assert set(refused.value.fields) == {"address"}


def test_a_young_person_is_found_only_among_young_people(act, lea, amina):
    with act() as work:
        accounts.person_at(work, "zed@example.org", PersonKind.YOUNG_PERSON)
    row = name(act, lea, Draft("Zed", "zed@example.org", MemberKind.YOUNG_PERSON))
    assert row.body == ""
    with pytest.raises(Invalid, match="no young person"):
        name(act, lea, Draft("Amina", "amina@example.org", MemberKind.YOUNG_PERSON))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft("", "x@example.org", MemberKind.SCHOOL, "Hill School"), "name"),
        (Draft("Hana", "", MemberKind.SCHOOL, "Hill School"), "address"),
        (Draft("Hana", "x@example.org", None, "Hill School"), "kind"),
        (Draft("Hana", "x@example.org", MemberKind.ELECTED, ""), "kind"),
        (Draft("Hana", "x@example.org", MemberKind.SCHOOL, ""), "body"),
        (Draft("Hana", "x@example.org", MemberKind.SCHOOL, "Hill School", date(2027, 2, 28)), "until_on"),
    ],
)
def test_a_gap_is_said(act, lea, draft, field):
    with pytest.raises(Invalid) as refused:
        name(act, lea, draft)
    assert set(refused.value.fields) == {field}


def test_ended_is_ended_at_once_and_only_once_and_stays_in_the_list_of_before(act, lea, clock):
    row = name(act, lea)
    clock.shift(timedelta(days=2))
    with act(lea) as work:
        service.end(work, row.id)
    assert who(act) == []
    assert who(act, row.from_at) == [("Hana", "school", "Hill School")]
    with act(lea) as work:
        assert [one.id for one, _name in queries.before(work.session, work.now)] == [row.id]
    with pytest.raises(NotFound), act(lea) as work:
        service.end(work, row.id)
    assert name(act, lea).person_id == row.person_id, "and she can come again"


def test_whoever_leaves_altogether_leaves_the_group(act, lea, amina):
    name(act, lea, Draft("Amina", "amina@example.org", MemberKind.FORUM, "the forum"))
    with act() as work:
        participation.leave(work, amina.id)
    assert who(act) == []


def test_only_a_lead_names_and_ends(act, lea, team, amina):
    row = name(act, lea)
    for other in (team, acting_as(amina), acting_as(amina, Role.CHAIR)):
        with pytest.raises(NotAllowed):
            name(act, other, Draft("X", "x@example.org", MemberKind.HEALTH, "NHS"))
        with pytest.raises(NotAllowed), act(other) as work:
            service.end(work, row.id)


def test_a_lead_names_and_ends_on_the_page_of_people(browser, lead, act):
    with act() as work:
        a_member(work, "rosa@example.org", "group", name="Rosa")
    browser.sign_in(lead, staff=True).get("/desk/people").follow("Who belongs to the Group")
    assert "Rosa, elected parent" in browser.text
    browser.follow("Name somebody").press("Name them", name="Hana")
    assert (browser.status, "Write their e-mail address." in browser.text) == (422, True)
    assert 'value="Hana"' in browser.html
    browser.press("Name them", address="hana@school.example", kind="school", body="Hill School")
    assert browser.path == "/desk/people/group"
    assert "Hana, school, Hill School" in browser.text
    browser.follow("End it for Hana").press("Yes, end it")
    assert "Who was in it before Hana, school, Hill School From 2027-03-01 to" not in browser.text
    assert "Who was in it before Hana, school, Hill School From" in browser.text


def test_an_officer_reads_the_list_and_has_no_verbs(browser, sam, lea, act):
    row = name(act, lea)
    browser.sign_in(sam, staff=True).get("/desk/people/group")
    assert "Hana" in browser.text
    assert "End it" not in browser.text
    assert browser.get("/desk/people/group/new").status == 404
    assert browser.get(f"/desk/people/group/{row.id}/end").status == 404
