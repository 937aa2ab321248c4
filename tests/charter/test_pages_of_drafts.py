"""The pages of a draft: who may read what, writing at the same time, comments, and what is never shown to whom."""

import pytest

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Role
from pyramid_app.charter import ratifying
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting import service as commenting
from pyramid_app.charter.commenting.rules import Weight
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import Content, DraftKind, Stage
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.rules import Stands
from tests.builders import acting_as
from tests.charter.builders import ADDRESS, NEW_WORDS, a_town, reword, to_the_vote, walk_on
from tests.support.statements import counting

HTMX = {"HX-Request": "true"}
TEXT = "promises-0-text"


@pytest.fixture
def town(act, sam):
    with act() as work:
        return a_town(work, acting_as(sam, Role.LEAD))


@pytest.fixture
def draft(act, town):
    with act(town.rep) as work:
        return drafting.start(work, DraftKind.REWORD, "Buses come in time", [9], "Families wait in the rain.")


@pytest.fixture
def rep(new_browser, town):
    return new_browser().sign_in(town.reps[0])


@pytest.fixture
def reader(new_browser, town):
    return new_browser().sign_in(town.reader)


@pytest.fixture
def consulted(act, town, draft):
    """The draft, as the consultative group has it."""
    with act(town.rep) as work:
        reword(work, draft)
        handing.hand_on(work, draft.id, Stage.CONSULTATIVE, "Is five minutes right?", ADDRESS)
    return draft


def stored(act, draft):
    with act() as work:
        now = work.session.get_one(Draft, draft.id)
        return Content(now.title, now.reason, drafts.text_of(work.session, now).promises)


def path(draft, page=""):
    return f"/drafts/{draft.ref}{page}"


def test_a_representative_begins_one_from_the_list(rep):
    rep.get("/drafts").follow("Write a new change")
    rep.get(next(link for link in (a.get("href") for a in rep._all("a")) if link.startswith("/drafts/new/reword")))
    rep.press("Begin", title="Buses come in time", touches=None)
    assert rep.status == 422
    assert "Choose the promise." in rep.text
    rep.press("Begin", touches="9", reason="Families wait.")
    assert rep.path.endswith("/write")
    rep.press("Save", **{TEXT: NEW_WORDS})
    assert "Saved." in rep.text
    rep.follow("See it as others will")
    assert "We changed “ten” to “five”" in rep.text
    assert "Families wait." in rep.text


@pytest.mark.parametrize(("kind", "fields", "boxes"), [
    ("add", {"principle": "1"}, 1), ("split", {"touches": "9"}, 2), ("merge", {"touches": ["9", "10"]}, 1),
    ("retire", {"touches": "9"}, 0),
])  # fmt: skip
def test_every_kind_can_be_begun_written_and_read(rep, kind, fields, boxes):
    rep.get(f"/drafts/new/{kind}").press("Begin", title="Something else", **fields)
    assert rep.html.count("What the promise says") == boxes
    rep.press("Save", reason="Because.").follow("See it as others will")
    assert "Because." in rep.text


def test_a_split_promise_gets_another_box(rep, act, town):
    with act(town.rep) as work:
        draft = drafting.start(work, DraftKind.SPLIT, "Two things", [9])
    rep.get(path(draft, "/write")).press("Add another promise", **{"promises-1-text": "The bus is calm."})
    rep.press("Save", **{"promises-2-text": "The bus is warm."})
    assert [words.text for words in stored(act, draft).promises][1:] == ["The bus is calm.", "The bus is warm."]
    rep.get(path(draft, "/write")).press("Leave out the last one").press("Save")
    assert len(stored(act, draft).promises) == 2


def test_who_may_not_read_it_sees_no_page(new_browser, town, draft, reader):
    for browser in (new_browser(), new_browser().sign_in(town.parent), reader):
        for page in ("", "/versions/1"):
            assert browser.get(path(draft, page)).status == 404
        assert draft.title not in browser.get("/drafts").text
    for page in ("/write", "/comments", "/answers", "/met", "/on", "/hand", "/writers", "/words/0"):
        assert reader.get(path(draft, page)).status == 404


def test_readers_see_it_when_they_are_asked_and_cannot_write(reader, consulted):
    reader.get("/drafts").follow(consulted.title)
    assert "Until Monday 15 March 2027." in reader.text
    assert "Is five minutes right?" in reader.text
    assert "Write on it" not in reader.text
    assert reader.get(path(consulted, "/write")).status == 403
    assert reader.get(path(consulted, "/on")).status == 403


def test_two_people_who_write_at_once_see_both_texts_and_lose_none(act, town, draft, rep):
    rep.get(path(draft, "/write"))
    with act(acting_as(town.reps[1])) as work:
        reword(work, draft, "Buses come in six minutes.")
    rep.press("Save", **{TEXT: NEW_WORDS})
    assert rep.status == 422
    assert "Somebody else has saved here" in rep.text
    assert "Buses come in six minutes." in rep.text
    assert NEW_WORDS in rep.html
    assert stored(act, draft).promises[0].text == "Buses come in six minutes."
    rep.press("Save these words")
    assert stored(act, draft).promises[0].text == NEW_WORDS


def test_saving_by_itself_never_takes_the_place_of_somebody_elses_words(act, town, draft, rep):
    rep.get(path(draft, "/write"))
    data = {"csrf_token": rep.csrf(), "seen": "0", "title": "Mine", "reason": "", TEXT: "First."}
    kept = rep.client.post(path(draft, "/write"), data=data, headers=HTMX)
    part = rep.client.get(kept.location, headers=HTMX).text
    assert 'value="1"' in part
    assert "<h1" not in part
    with act(acting_as(town.reps[1])) as work:
        reword(work, draft_now(work, draft), "Theirs.")
    for _ in range(2):
        answer = rep.client.post(path(draft, "/write"), data={**data, "seen": "1", TEXT: "Second."}, headers=HTMX)
        assert answer.status_code == 422
        assert "Not saved: somebody else has written here, too." in answer.text
        assert 'value="1"' in answer.text, "what the writer has not seen is not taken as seen"
    assert stored(act, draft).promises[0].text == "Theirs."
    whole = rep.client.post(path(draft, "/write"), data={**data, "seen": "1", TEXT: "Second."}).text
    assert "".join(answer.text.split()) in "".join(whole.split()), "the fragment is a part of its page"


def draft_now(work, draft):
    return work.session.get_one(Draft, draft.id)


def test_what_is_far_too_long_is_kept_in_its_box(act, rep, draft):
    words = "word " * 20_000
    rep.get(path(draft, "/write")).press("Save", **{TEXT: words})
    assert rep.status == 422
    assert "Please make this shorter: 500 characters at the most." in rep.text
    assert words.strip() in rep.html
    assert stored(act, draft).promises[0].text != words


def test_signs_that_nobody_sees_are_left_out(act, rep, draft):
    rep.get(path(draft, "/write")).press("Save", **{TEXT: "Buses\u200b come\u202e in\u00a0time."})
    assert stored(act, draft).promises[0].text == "Buses come in time."


def test_a_commenter_who_chose_so_is_a_parent_and_nobody_reads_her_name(act, town, consulted, reader, rep, new_browser):
    reader.get(path(consulted)).press("Say this", text="Ten is enough.", weight="must", unnamed="y",
                                      sentence=NEW_WORDS)  # fmt: skip
    assert "Thank you." in reader.text
    for browser in (rep, new_browser().sign_in(town.reps[1])):
        assert "Ten is enough." in browser.get(path(consulted)).text
        assert "a parent" in browser.text
        assert "Rena" not in browser.html
    with act(acting_as(town.reader)) as work:
        commenting.say(work, consulted.id, "And a name.", Weight.THOUGHT)
    assert "Rena K." in rep.get(path(consulted)).text
    assert "Rena Khan" not in rep.html


def test_a_comment_without_its_weight_keeps_its_words(reader, consulted):
    reader.get(path(consulted)).press("Say this", text="Ten is enough.", quote="no such words")
    assert reader.status == 422
    assert "Say how much this matters." in reader.text
    assert "These words are not in the draft." in reader.text
    reader.press("Say this", weight="better", quote="five minutes")
    assert "About: “five minutes”" in reader.text


def test_many_are_answered_alike_and_words_that_went_are_said_to_be_gone(act, town, consulted, reader, rep):
    for text in ("Ten is enough.", "Five is too few."):
        with act(acting_as(town.reader)) as work:
            commenting.say(work, consulted.id, text, Weight.MUST, quote="five minutes")
    rep.get(path(consulted, "/on"))
    assert "Ask those who have to keep it" not in rep.text, "from there it can only come back"
    rep.press("Bring it back to the Group, to write on", words="Readers say five is too few.")
    rep.get(path(consulted, "/on"))
    assert "Some comments have no answer yet." in rep.text
    assert "Ask those who have to keep it" not in rep.buttons()
    rep.get(path(consulted, "/answers"))
    ids = [box.get("value") for box in rep._all("input") if box.get("name") == "comments"]
    rep.press("Give this answer", comments=ids, came_of="partly", because="It is six now.")
    assert "Every comment has an answer." in rep.text
    with act(town.rep) as work:
        reword(work, draft_now(work, consulted), "School transport comes within six minutes of its time.")
    reader.get(path(consulted))
    assert reader.text.count("These words are gone. Now it says: “School transport comes within six minutes") == 2
    assert reader.text.count("We changed it in part: It is six now.") == 2
    rep.get(path(consulted, "/on")).press("Ask those who have to keep it", words="Can you?")
    reader.get(path(consulted, "/met"))
    assert "checked" not in reader.html
    names = {box.get("name") for box in reader._all("input") if (box.get("name") or "").startswith("met-")}
    first, other = sorted(names)
    reader.press("Keep this", **{first: "yes", other: "leave"})
    assert "It is kept." in reader.text
    rep.get(path(consulted))
    assert rep.text.count("It is met.") == 1
    assert "What somebody can't agree without" in rep.text


def test_hands_have_names_in_the_group_alone(act, town, sam, new_browser, rep, reader):
    draft = to_the_vote(act, town)
    with act(acting_as(town.reps[3])) as work:
        handing.raise_hand(work, draft.id, Stands.WITH_A_NOTE, "Only if drivers agree.")
    rep.get(path(draft))
    assert "Rep3 Jones" in rep.text
    assert "Only if drivers agree." in rep.text
    rep.press("Raise my hand", stands="does not agree", note="")
    assert "Your hand is up." in rep.text
    for browser in (reader, new_browser().sign_in(sam, staff=True)):
        browser.get(path(draft))
        assert "The Group: agreed, with notes" in browser.text
        assert "Rep3" not in browser.html
        assert "Only if drivers agree." not in browser.html


def test_from_the_vote_on_everybody_reads_the_exact_words_and_what_is_not_met(act, town, new_browser):
    with act(town.rep) as work:
        draft = drafting.start(work, DraftKind.REWORD, "Buses come in time", [9], "Late.")
        reword(work, draft)
        commenting.say(work, draft.id, "Drivers must know our children.", Weight.MUST)
        commenting.say(work, draft.id, "A mere thought.", Weight.THOUGHT)
        commenting.answer(work, draft.id, [one.comment.id for one in said(work, draft)], "changed", "Yes.", ADDRESS)
    walk_on(act, town, draft)
    with act() as work:
        locked = ratifying.lock(work, draft.id)
    anyone = new_browser().get("/drafts").follow("Buses come in time")
    assert locked.digest in anyone.text
    assert "Drivers must know our children." in anyone.text
    assert "A mere thought." not in anyone.text, "what is said among members stays there"
    assert "Rep" not in anyone.text.replace("representatives", "")
    for button in ("Say this", "Raise my hand", "Sign in"):
        assert button not in anyone.buttons()
    rep = new_browser().sign_in(town.reps[0])
    assert "Write on it" not in rep.get(path(draft)).text
    with act() as work:
        ratifying.adopt(work, {draft.id: locked})
    anyone.get(path(draft)).follow("Edition 2")
    assert NEW_WORDS in anyone.text


def said(work, draft):
    return comments.comments_of(work.session, draft.id, drafts.text_of(work.session, draft).promises)


def test_nothing_that_somebody_writes_becomes_markup(act, town, consulted, rep):
    with act(town.rep) as work:
        handing.hand_on(work, consulted.id, Stage.GROUP, "<i>note</i>", ADDRESS)
        reword(work, draft_now(work, consulted), "<b>Buses</b> come.")
        commenting.say(work, consulted.id, "<u>No</u>", Weight.MUST, quote="<b>Buses</b> come.")
    for page in ("", "/answers", "/comments", "/met", "/write", "/versions/1", "/words/0"):
        html = rep.get(path(consulted, page)).html
        assert rep.status == 200
        assert not [mark for mark in ("<b>", "<u>", "<i>") if mark in html], page


def test_words_to_a_draft_that_no_family_voted_on_stay_among_members(act, town, consulted, rep, new_browser):
    with act(acting_as(town.reader)) as work:
        commenting.say(work, consulted.id, "Ten is enough.", Weight.MUST)
    rep.get(path(consulted, "/on")).press("Let it go for good", because="Not now.")
    assert "Ten is enough." in rep.text
    assert "Ten is enough." not in new_browser().get(path(consulted)).text


def test_one_that_was_let_go_keeps_its_story(rep, draft, new_browser):
    rep.get(path(draft, "/on")).press("Let it go for good")
    assert rep.status == 422
    assert "Say why it ends here." in rep.text
    rep.press("Let it go for good", because="The council does it already.")
    assert "The council does it already." in new_browser().get(path(draft)).text


def test_two_drafts_of_one_promise_are_shown_to_each_other(act, town, draft, rep, reader):
    with act(town.rep) as work:
        other = drafting.start(work, DraftKind.RETIRE, "No buses at all", [9], "None come.")
        handing.hand_on(work, other.id, Stage.CONSULTATIVE, "Please look.", ADDRESS)
    rep.get(path(draft)).follow("No buses at all")
    assert draft.title in rep.text
    assert draft.title not in reader.get(path(other)).text, "she may not read that one"


def test_easy_read_is_flagged_when_the_words_move_on(act, town, draft, rep):
    rep.get(path(draft, "/words/0")).press("Keep it", language="easy", text="The bus comes. It is on time.")
    assert "It is kept." in rep.text
    assert "older words" not in rep.get(path(draft)).text
    with act(town.rep) as work:
        reword(work, draft_now(work, draft))
    assert "This was made from older words." in rep.get(path(draft)).text
    assert rep.get(path(draft, "/words/7")).status == 404


def test_somebody_of_the_team_is_asked_to_write(act, sam, team, draft, rep, new_browser):
    officer = new_browser().sign_in(sam, staff=True)
    assert officer.get(path(draft, "/write")).status == 403
    rep.get(path(draft)).follow("Who writes with you?").press("Ask them to write")
    assert "Everybody of the team is asked already." in rep.text
    officer.get(path(draft, "/write")).press("Save", **{TEXT: NEW_WORDS})
    assert stored(act, draft).promises[0].text == NEW_WORDS


def test_a_version_is_marked_against_the_one_before(act, town, draft, rep):
    with act(town.rep) as work:
        reword(work, draft, "One.")
    with act(acting_as(town.reps[1])) as work:
        reword(work, draft_now(work, draft), "Two.")
    rep.get(path(draft)).follow("All versions of the words")
    assert "Marked against version 1." in rep.text
    assert "We changed “One” to “Two”" in rep.text
    assert "Rep1 J." in rep.text


def test_reported_words_are_hidden_with_a_reason_that_the_author_sees(act, town, sam, consulted, rep, reader,
                                                                       new_browser):  # fmt: skip
    with act(acting_as(town.reader)) as work:
        commenting.say(work, consulted.id, "Rude words.", Weight.MUST)
    rep.get(path(consulted)).follow("Something is wrong with this Rude words.").press("Ask them to look", why="Rude.")
    assert rep.get("/desk/comments").status == 404
    officer = new_browser().sign_in(sam, staff=True).get("/desk/comments")
    officer.press("Hide it")
    assert officer.status == 422
    officer.press("Hide it", because="It names a driver.")
    assert "Nothing waits here." in officer.text
    rep.get(path(consulted))
    assert "Rude words." not in rep.html
    assert "One more is hidden." in rep.text, "what somebody can't agree without never vanishes"
    reader.get(path(consulted))
    assert "It names a driver." in reader.text
    reader.follow("What you can do about it").press("Ask the chair to look again", objection="It names nobody.")
    assert "It names nobody." in officer.get("/desk/comments").text
    assert "Show it again" not in officer.buttons()


def test_the_chair_decides_an_objection(act, town, sam, consulted, new_browser):
    with act(acting_as(town.reader)) as work:
        comment = commenting.say(work, consulted.id, "Rude words.", Weight.MUST)
    with act(acting_as(sam, Role.OFFICER)) as work:
        commenting.hide(work, comment.id, "Rude.", ADDRESS)
    with act(acting_as(town.reader)) as work:
        commenting.object_to(work, comment.id, "It is not.")
    with act() as work:
        accounts.give_role(work, town.parent.id, Role.CHAIR)
    chair = new_browser().sign_in(town.parent).get("/desk/comments").press("Show it again")
    assert "Nothing waits here." in chair.text
    assert "Rude words." in chair.get(path(consulted)).text


def test_the_page_asks_the_database_the_same_of_few_comments_as_of_many(act, town, consulted, rep):
    asked = {}
    for many in (2, 30):
        with act(acting_as(town.reader)) as work:
            for number in range(many):
                commenting.say(work, consulted.id, f"{many} {number}", Weight.MUST, quote="five minutes")
        with counting() as statements:
            assert rep.get(path(consulted)).status == 200
        asked[many] = len(statements)
    assert asked[2] == asked[30], asked


def test_a_draft_that_the_charter_overtook_is_brought_up_to_date(act, town, draft, rep):
    other = to_the_vote(act, town)
    with act() as work:
        ratifying.adopt(work, {other.id: ratifying.lock(work, other.id)})
    rep.get(path(draft))
    assert "The charter has changed since this was written." in rep.text
    rep.press("Hold it against the charter as it is now")
    assert "The charter has changed since" not in rep.text
