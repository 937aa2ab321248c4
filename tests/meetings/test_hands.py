"""Hands raised at a meeting are typed once, by the chair, and count in the charter's own show of hands."""

from datetime import timedelta

import pytest

from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.handing import queries as handed
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.rules import Agreement, Stands
from pyramid_app.meetings.deciding import service
from pyramid_app.meetings.deciding.rules import How
from tests.builders import acting_as
from tests.meetings.conftest import STARTS
from tests.meetings.test_brief import draft, item  # noqa: F401  a draft at the show of hands, on the agenda


@pytest.fixture
def on(act, chair, meeting, item, reps, others, clock):  # noqa: F811
    """The meeting is on; five representatives and two others are there."""
    clock.move_to(STARTS + timedelta(minutes=5))
    here = [*(one.id for one in reps[:5]), others["hana"], others["nell"]]
    with act(chair) as work:
        service.write_down(work, meeting.id, dict.fromkeys(here, How.HERE))
    return here


def shown(act, draft):  # noqa: F811
    with act() as work:
        return handed.hands_of(work.session, work.session.get_one(Draft, draft.id), work.now)


def test_they_count_for_the_representatives_and_for_the_group(act, chair, meeting, item, draft, on):  # noqa: F811
    said = dict.fromkeys(on, (Stands.AGREES, "")) | {on[0]: (Stands.WITH_A_NOTE, "By May.")}
    with act(chair) as work:
        assert service.write_hands_down(work, meeting.id, item.id, said) == 7
    hands = shown(act, draft)
    assert (hands.reps, hands.group) == (Agreement.WITH_A_NOTE, Agreement.WITH_A_NOTE)
    assert sum(one.hand.as_rep for one in hands.seen) == 5


def test_only_a_chair_and_only_for_members_who_are_there(act, chair, meeting, item, draft, on, reps, amina):  # noqa: F811
    with pytest.raises(NotAllowed), act(acting_as(reps[2])) as work:
        handing.raise_hands_at_meeting(work, draft.id, {reps[2].id: (Stands.AGREES, "")})
    for who, hand in ((reps[6].id, (Stands.AGREES, "")), (amina.id, (Stands.AGREES, "")),
                      (on[0], (Stands.WITH_A_NOTE, "")), (on[0], (Stands.AGREES, "x" * 501))):  # fmt: skip
        with pytest.raises(Invalid) as refused, act(chair) as work:
            service.write_hands_down(work, meeting.id, item.id, {on[1]: (Stands.AGREES, ""), who: hand})
        assert set(refused.value.fields) == {str(who)}
    with pytest.raises(Invalid), act(chair) as work:
        handing.raise_hands_at_meeting(work, draft.id, {amina.id: (Stands.AGREES, "")})
    assert not shown(act, draft).seen, "all or none"


def test_after_the_word_the_chair_is_led_to_the_hands(browser, act, rosa, meeting, draft, on):  # noqa: F811
    browser.sign_in(rosa).get(f"/meetings/{meeting.ref}").follow("What came of “Buses come in time”")
    browser.press("Save what came of it", word="agreed")
    assert browser.path.endswith("/hands")
    browser.press("Save the hands", **{str(on[1]): "agrees with a note", str(on[2]): "agrees"})
    assert browser.status == 422
    assert "Rep1: Write your note." in browser.text
    browser.press("Save the hands", **{f"note-{on[1]}": "By May."})
    assert browser.path == f"/meetings/{meeting.ref}"
    hands = shown(act, draft)
    assert {(one.hand.person_id, one.hand.stands, one.hand.note) for one in hands.seen} == {
        (on[1], Stands.WITH_A_NOTE, "By May."), (on[2], Stands.AGREES, ""),
    }  # fmt: skip
    browser.follow("Whose hands were raised to “Buses come in time”").press("Save the hands")
    assert len(shown(act, draft).seen) == 2, "nothing was changed, so nothing is written"
