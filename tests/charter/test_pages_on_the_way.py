"""A draft on its way: the link of whoever has to keep the promise, and what waits for each member."""

import pytest

from pyramid_app.base.actor import Role
from pyramid_app.charter.commenting import service as commenting
from pyramid_app.charter.commenting.rules import CameOf, Weight
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import DraftKind, Stage
from pyramid_app.charter.handing import owners
from pyramid_app.charter.handing import queries as handed
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.rules import MOST_LINKS
from pyramid_app.partners import service as partners
from tests.builders import acting_as
from tests.charter.builders import ADDRESS, NEW_WORDS, a_town, reword
from tests.support.statements import counting

COUNCIL = "council@partner.example.org"


@pytest.fixture
def town(act, sam):
    with act() as work:
        return a_town(work, acting_as(sam, Role.LEAD))


@pytest.fixture
def asked(act, town):
    """A draft that its owners were asked about; one reader can't agree without something."""
    with act(town.rep) as work:
        draft = drafting.start(work, DraftKind.REWORD, "Buses come in time", [9], "Families wait in the rain.")
        reword(work, draft)
        handing.hand_on(work, draft.id, Stage.CONSULTATIVE, "Please look.", ADDRESS)
    with act(acting_as(town.reader)) as work:
        said = commenting.say(work, draft.id, "Drivers must know our children.", Weight.MUST)
    with act(town.rep) as work:
        handing.hand_on(work, draft.id, Stage.GROUP, "One comment.", ADDRESS)
        commenting.answer(work, draft.id, [said.id], CameOf.NOT_CHANGED, "That is another promise.", ADDRESS)
        handing.hand_on(work, draft.id, Stage.OWNER, "Can you keep it?", ADDRESS)
        return draft


@pytest.fixture
def link(asked, post):
    post.deliver()
    return post.link_to(COUNCIL, "keep")


def test_whoever_has_to_keep_it_answers_by_link_and_can_change_it(act, asked, link, new_browser):
    council = new_browser().get(link)
    for words in (NEW_WORDS, "Families wait in the rain.", "Drivers must know our children.", "We changed “ten”"):
        assert words in council.text
    assert "Rena" not in council.html, "what parents say reaches a partner without their names"
    assert council.answer.headers["Referrer-Policy"] == "no-referrer"
    council.press("Send our answer", says="can keep it if")
    assert council.status == 422
    assert "Say what would have to change." in council.text
    council.press("Send our answer", words="if we get two more buses")
    assert "Your answer is kept" in council.text
    council.press("Send our answer", says="cannot", words="There is no money.")
    with act() as work:
        one = handed.owners_said(work.session, work.session.get_one(Draft, asked.id))[0]
        assert (one.says, one.ask.words) == ("cannot", "There is no money.")


def test_a_link_that_is_over_says_so_and_one_of_others_opens_nothing(act, town, asked, link, new_browser):
    with act(town.rep) as work:
        handing.hand_on(work, asked.id, Stage.GROUP, "We write on.", ADDRESS)
    old = new_browser().get(link)
    assert old.status == 410
    assert "The draft has moved on" in old.text
    assert old.post(link.removeprefix("http://localhost"), {"says": "can keep it"}).status == 410
    assert old.get("/keep/nothing").status == 404


def test_looking_at_the_link_writes_nothing(link, new_browser):
    browser = new_browser()
    with counting() as statements:
        browser.get(link)
    assert not [one for one in statements if not one.lstrip().upper().startswith("SELECT")]


def test_an_answer_that_came_by_mail_is_marked_so(asked, sam, town, new_browser):
    officer = new_browser().sign_in(sam, staff=True).get(f"/drafts/{asked.ref}")
    assert "The council: has not said. They can answer until" in officer.text
    officer.follow("Write down what The council said, or ask again")
    officer.press("Keep this answer", says="can keep it")
    assert "Say how they told you" in officer.text
    officer.press("Keep this answer", source="an e-mail")
    reader = new_browser().sign_in(town.reader).get(f"/drafts/{asked.ref}")
    assert "We wrote this down from an e-mail." in reader.text
    assert "Write down what" not in reader.text


def test_a_question_that_did_not_arrive_is_sent_again_to_the_mailbox_of_now(
    act, asked, link, sam, town, post, new_browser
):
    rep = new_browser().sign_in(town.reps[0])
    with act(acting_as(sam, Role.LEAD)) as work:
        partners.set_mailbox(work, "council", "new@partner.example.org")
    rep.get(f"/drafts/{asked.ref}").follow("Write down what The council said, or ask again")
    assert f"We sent it to {COUNCIL}." in rep.text
    rep.press("Send the question again")
    assert rep.path == f"/drafts/{asked.ref}"
    post.deliver()
    old, new = new_browser().get(link), new_browser().get(post.link_to("new@partner.example.org", "keep"))
    assert old.status == 410
    assert "We sent a newer link" in old.text
    new.press("Send our answer", says="can keep it")
    rep.get(f"/drafts/{asked.ref}").follow("Write down what The council said, or ask again")
    assert "Send the question again" not in rep.buttons(), "they have answered"
    assert "They have answered." in rep.post(f"{rep.path}/again", {}).text


def test_a_question_is_not_sent_again_without_end(act, asked, town, new_browser):
    rep = new_browser().sign_in(town.reps[0])
    page = f"/drafts/{asked.ref}"
    for _ in range(MOST_LINKS):
        rep.get(page).follow("Write down what The council said, or ask again").press("Send the question again")
        assert rep.status == 200
    rep.get(page).follow("Write down what The council said, or ask again").press("Send the question again")
    assert "Ring them" in rep.text
    reader = new_browser().sign_in(town.reader)
    assert reader.post(rep.path, {}).status in {403, 404}


def test_what_waits_for_somebody_stands_on_her_page(act, town, asked, new_browser, clock):
    reader, rep = new_browser().sign_in(town.reader), new_browser().sign_in(town.reps[0])
    reader.get("/me").follow(asked.title).press("Keep this", **met_by(reader, "yes"))
    assert "It is kept." in reader.text
    assert asked.title not in reader.get("/me").text
    with act() as work:
        for one in handed.owners_said(work.session, work.session.get_one(Draft, asked.id)):
            owners.answer(work, handed.Held(one.ask.id), "can keep it", "")
    rep.get(f"/drafts/{asked.ref}/on").press("Ask the Group for a show of hands", words="Do we agree?")
    rep.get("/me").follow(asked.title).press("Raise my hand", stands="agrees")
    assert asked.title not in rep.get("/me").text
    assert "Your part" not in new_browser().sign_in(town.parent).get("/me").text


def met_by(browser, word):
    return {box.get("name"): word for box in browser._all("input") if (box.get("name") or "").startswith("met-")}


def test_it_is_too_early_for_a_show_of_hands_and_the_page_says_why(asked, town, new_browser):
    rep = new_browser().sign_in(town.reps[0]).get(f"/drafts/{asked.ref}/on")
    assert "The council can answer until" in rep.text
    assert "Ask the Group for a show of hands" not in rep.buttons()


def test_a_promise_says_what_is_being_changed_only_to_those_who_may_read_it(asked, town, new_browser):
    page = "/charter/commitments/9"
    assert asked.title not in new_browser().get(page).text
    assert asked.title not in new_browser().sign_in(town.parent).get(page).text
    rep = new_browser().sign_in(town.reps[0]).get(page)
    assert asked.title in rep.text
    rep.follow("Write a change of this promise")
    assert rep.status == 200


def test_my_page_asks_the_same_for_one_draft_as_for_many(act, town, asked, new_browser):
    rep, counts = new_browser().sign_in(town.reps[0]), []
    for many in (1, 8):
        with act(town.rep) as work:
            for number in range(many):
                drafting.start(work, DraftKind.RETIRE, f"Draft {many} {number}", [9])
        with counting() as statements:
            rep.get("/me")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_desk_leads_to_comments_only_when_one_waits(act, town, asked, sam, new_browser):
    officer = new_browser().sign_in(sam, staff=True).get("/desk")
    assert "Comments to look at" not in officer.text
    with act(acting_as(town.reader)) as work:
        comment = commenting.say(work, asked.id, "Rude words.", Weight.THOUGHT)
    with act(town.rep) as work:
        commenting.report(work, comment.id, "Rude.")
    officer.get("/desk").follow("Comments to look at").press("Leave it as it is")
    assert "Nothing waits here." in officer.text
