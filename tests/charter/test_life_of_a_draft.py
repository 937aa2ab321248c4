"""A draft from its first word to the next edition: read, kept by its owners, agreed, and adopted word for word."""

from dataclasses import replace

import pytest
import sqlalchemy.exc

from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.charter import queries as charter
from pyramid_app.charter import ratifying
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting import service as commenting
from pyramid_app.charter.commenting.rules import CameOf, Weight
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.models import Draft, DraftWording
from pyramid_app.charter.drafting.rules import Content, DraftKind, Stage
from pyramid_app.charter.handing import owners
from pyramid_app.charter.handing import queries as handed
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.handing.met import say_met
from pyramid_app.charter.handing.rules import Agreement, Stands
from pyramid_app.charter.rules import Says, exact
from tests.builders import acting_as
from tests.charter.builders import ADDRESS, NEW_WORDS, a_town, reword, to_the_vote, walk_on


@pytest.fixture
def town(act, sam):
    with act() as work:
        return a_town(work, acting_as(sam, Role.LEAD))


@pytest.fixture
def draft(act, town):
    with act(town.rep) as work:
        return drafting.start(work, DraftKind.REWORD, "Buses come in time", [9], "Families wait in the rain.")


def stored(act, draft):
    with act() as work:
        return drafts.text_of(work.session, work.session.get_one(Draft, draft.id))


def test_it_begins_with_the_promise_as_it_stands(act, draft):
    text = stored(act, draft)
    assert text.promises == (text.old[0].words,)


def test_only_representatives_begin_one(act, town, team):
    for actor in (acting_as(town.reader), acting_as(town.parent), team):
        with pytest.raises(NotAllowed), act(actor) as work:
            drafting.start(work, DraftKind.REWORD, "Buses", [9])


def test_a_promise_that_is_in_no_edition_cannot_be_changed(act, town):
    with pytest.raises(Invalid, match="is not in the charter now"), act(town.rep) as work:
        drafting.start(work, DraftKind.REWORD, "Buses", [99])


def test_nobody_writes_over_somebody_else(act, town, draft):
    with act(town.rep) as work:
        reword(work, draft, "First words.")
    other = acting_as(town.reps[1])
    with pytest.raises(drafting.Clash) as clash, act(other) as work:
        now = drafting.content_of(work, draft)
        drafting.save(work, draft.id, draft.saves, Content(now.title, "Other reason.", now.promises))
    assert clash.value.theirs.promises[0].text == "First words."
    assert stored(act, draft).promises[0].text == "First words."


def test_one_sitting_is_one_version_until_somebody_has_spoken(act, town, draft):
    with act(town.rep) as work:
        draft = reword(work, draft, "One.")
        draft = reword(work, draft, "Two.")
        assert draft.version == 1
        commenting.say(work, draft.id, "Good.", Weight.THOUGHT)
        draft = reword(work, draft, "Three.")
        assert draft.version == 2
    with act(acting_as(town.reps[1])) as work:
        assert reword(work, draft, "Four.").version == 3
    with act() as work:
        assert drafts.text_of(work.session, work.session.get_one(Draft, draft.id), 1).promises[0].text == "Two."


def test_it_cannot_leave_the_group_while_it_says_the_same_as_now(act, town, draft):
    with pytest.raises(Invalid, match="says the same as now"), act(town.rep) as work:
        handing.hand_on(work, draft.id, Stage.CONSULTATIVE, "Please look.", ADDRESS)


def test_while_others_look_nobody_writes(act, town, draft):
    with act(town.rep) as work:
        draft = reword(work, draft)
        handing.hand_on(work, draft.id, Stage.CONSULTATIVE, "Please look.", ADDRESS)
    with pytest.raises(NotAllowed), act(town.rep) as work:
        reword(work, draft, "Sly words.")


def test_every_comment_is_answered_before_it_goes_to_its_owners(act, town, draft, post):
    with act(town.rep) as work:
        reword(work, draft)
        handing.hand_on(work, draft.id, Stage.CONSULTATIVE, "Please look.", ADDRESS)
    post.deliver()
    assert post.link_to("reader@example.org", "drafts").endswith(draft.ref)
    with act(acting_as(town.reader)) as work:
        said = commenting.say(work, draft.id, "Ten is enough.", Weight.MUST, quote="five minutes")
    with act(town.rep) as work:
        handing.hand_on(work, draft.id, Stage.GROUP, "One comment.", ADDRESS)
    with pytest.raises(Invalid, match="have no answer"), act(town.rep) as work:
        handing.hand_on(work, draft.id, Stage.OWNER, "Can you?", ADDRESS)
    with act(town.rep) as work:
        commenting.answer(work, draft.id, [said.id], CameOf.NOT_CHANGED, "Ten is what we have.", ADDRESS)
        handed_on = handing.hand_on(work, draft.id, Stage.OWNER, "Can you?", ADDRESS)
    post.deliver()
    assert post.link_to("reader@example.org", "drafts").endswith("/met")
    with act(acting_as(town.reader)) as work:
        say_met(work, handed_on.id, {said.id: False})
    with act() as work:
        promises = drafts.text_of(work.session, work.session.get_one(Draft, draft.id)).promises
        assert [one.comment.text for one in comments.unmet(work.session, draft.id, promises)] == ["Ten is enough."]


def test_owners_answer_by_their_link_until_it_moves_on(act, town, draft, post):
    with act(town.rep) as work:
        reword(work, draft)
    walk_on(act, town, draft, Says.IF, "if we get two more buses")
    with act() as work:
        said = handed.owners_said(work.session, work.session.get_one(Draft, draft.id))
        assert [(one.name, one.says, one.ask.words) for one in said] == [
            ("The council", Says.IF, "if we get two more buses")
        ]
    with pytest.raises(Conflict, match="is over"), act() as work:
        owners.answer(work, Held(said[0].ask.id), Says.KEEPS, "")
    post.deliver()
    assert "council@partner.example.org" not in [letter.address for letter in post.letters], "nobody can answer now"


def test_a_silent_owner_is_waited_for_and_then_shown_as_silent(act, town, draft, clock, post):
    with act(town.rep) as work:
        reword(work, draft)
        for stage in (Stage.CONSULTATIVE, Stage.GROUP, Stage.OWNER):
            handing.hand_on(work, draft.id, stage, "Please.", ADDRESS)
    with pytest.raises(Invalid, match="can answer until"), act(town.rep) as work:
        handing.hand_on(work, draft.id, Stage.HANDS, "Hands.", ADDRESS)
    post.deliver()
    assert "/keep/" in post.link_to("council@partner.example.org", "keep")
    clock.shift(40 * 86400)
    with act(town.rep) as work:
        handing.hand_on(work, draft.id, Stage.HANDS, "Hands.", ADDRESS)
        assert [one.says for one in handed.owners_said(work.session, draft)] == [Says.SILENT]


def test_too_few_hands_agree_to_nothing(act, town):
    draft = to_the_vote(act, town)
    with act() as work:
        hands = handed.hands_of(work.session, work.session.get_one(Draft, draft.id), work.now)
        assert (hands.reps, hands.group) == (Agreement.AGREED, Agreement.AGREED)
    for rep in town.reps[:4]:
        with act(acting_as(rep)) as work:
            handing.raise_hand(work, draft.id, Stands.AGAINST, "")
    with pytest.raises(Conflict, match="The Group has not agreed"), act() as work:
        ratifying.lock(work, draft.id)


def test_what_is_adopted_is_word_for_word_what_was_locked(act, town):
    draft = to_the_vote(act, town)
    before = stored(act, draft)
    with act() as work:
        locked = ratifying.lock(work, draft.id)
    with act() as work:
        edition = ratifying.adopt(work, {draft.id: locked})
    with act() as work:
        promise = charter.history_of(work.session, 9)[-1]
        assert promise.edition == edition.number == 2
        assert exact(promise.words) == exact(before.promises[0])
        assert promise.text == NEW_WORDS
        assert [one.number for one in charter.get_charter(work.session, 2).promises] == [
            one.number for one in charter.get_charter(work.session, 1).promises
        ]


def test_no_door_changes_a_word_that_is_at_the_vote(act, town):
    draft = to_the_vote(act, town)
    with act() as work:
        ratifying.lock(work, draft.id)
    with pytest.raises(NotAllowed), act(town.rep) as work:
        reword(work, work.session.get_one(Draft, draft.id), "Sly words.")
    with pytest.raises(sqlalchemy.exc.DatabaseError), act() as work:
        wording = work.session.get_one(DraftWording, (draft.id, 1, 0))
        wording.text = "Sly words."
        work.session.flush()


def test_two_drafts_of_one_promise_cannot_be_adopted_after_each_other(act, town):
    one, other = to_the_vote(act, town), to_the_vote(act, town)
    with act() as work:
        locked = ratifying.lock(work, one.id)
    with pytest.raises(Conflict, match="one change of a promise at a time"), act() as work:
        ratifying.lock(work, other.id)
    with act() as work:
        ratifying.adopt(work, {one.id: locked})
    with pytest.raises(Conflict, match="has changed since"), act() as work:
        ratifying.lock(work, other.id)


def test_a_refused_promise_is_asked_for_and_not_promised(act, town, draft):
    with act(town.rep) as work:
        reword(work, draft)
    walk_on(act, town, draft, Says.CANNOT, "There is no money.")
    with act() as work:
        ratifying.adopt(work, {draft.id: ratifying.lock(work, draft.id)})
        promise = charter.history_of(work.session, 9)[-1]
        assert not promise.is_promise
        assert promise.refused_by == "The council"


@pytest.mark.parametrize(("kind", "touches", "makes"), [
    (DraftKind.SPLIT, [9], 2), (DraftKind.MERGE, [9, 10], 1), (DraftKind.RETIRE, [9], 0),
])  # fmt: skip
def test_split_and_merged_promises_get_numbers_of_their_own(act, town, kind, touches, makes):
    with act(town.rep) as work:
        draft = drafting.start(work, kind, "Buses", touches, "Because.")
        now = drafting.content_of(work, draft)
        if makes == 2:
            promises = (now.promises[0], *reworded(now, "The bus is calm."))
            drafting.save(work, draft.id, draft.saves, Content(now.title, now.reason, promises))
    walk_on(act, town, draft)
    with act() as work:
        ratifying.adopt(work, {draft.id: ratifying.lock(work, draft.id)})
        numbers = [one.number for one in charter.get_charter(work.session, 2).promises]
        assert not set(touches) & set(numbers)
        new = list(range(16, 16 + makes))
        assert numbers[-makes:] == new or set(new) <= set(numbers)
        assert list(charter.successors_of(work.session, 9)) == new


def reworded(content, text):
    return (replace(content.promises[1], text=text),)
