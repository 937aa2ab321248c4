"""The share page as a school, a parent and an officer see it, from the day a poll is scheduled until it has closed."""

from datetime import timedelta

import pytest

from pyramid_app.polls.models import Poll
from tests.builders import a_member, an_officer
from tests.polls.builders import a_draft, a_poll
from tests.polls.conftest import TEAM
from tests.support import pages

pytestmark = pytest.mark.usefixtures("area")


def boxes(browser):
    """What stands in the boxes for copying, by their last name."""
    found = [*browser.tree.iter("input"), *browser.tree.iter("textarea")]
    return {
        box.get("id").rpartition("-")[2]: box.get("value") or pages.words(box)
        for box in found if (box.get("id") or "").startswith("pack-")
    }  # fmt: skip


def test_everything_to_pass_on_is_on_one_page(browser, poll):
    browser.get(f"/polls/{poll.ref}/share")
    link = f"http://localhost/q/{poll.ref}"
    until = "You have until Sunday 21 March 2027, 10 pm."
    said = f"We want to hear from you: School buses. It takes 2 minutes. {until}"
    assert browser.status == 200
    assert boxes(browser) == {
        "link": link,
        "newsletter": f"{said} Answer here: {link}",
        "text": f"{said} {link}",
        "whatsapp": f"{said} {link}",
    }
    assert browser.link(link) == link
    assert browser.link("Write it in WhatsApp").startswith("https://wa.me/?text=We%20want%20to%20hear%20from%20you")
    assert all(box.get("readonly") is not None for box in browser.tree.iter("textarea"))
    assert {box.get("lang") for box in browser.tree.iter("textarea")} == {"en"}


def test_the_code_has_words_behind_it_and_can_be_fetched(browser, poll):
    browser.get(f"/polls/{poll.ref}/share")
    (picture,) = browser.tree.iter("img")
    assert picture.get("alt") == f"A code that leads to http://localhost/q/{poll.ref}"
    assert browser.client.get(picture.get("src")).mimetype == "image/svg+xml"
    assert browser.client.get(browser.link("Fetch the code for slides (PNG)")).mimetype == "image/png"
    assert browser.client.get(browser.link("Fetch the code for print (SVG)")).mimetype == "image/svg+xml"
    assert browser.client.get(browser.link("Poster to print, one page of A4 (PDF)")).mimetype == "application/pdf"


def test_its_link_leads_to_the_paper(browser, poll):
    browser.get(f"/polls/{poll.ref}/share")
    browser.get(boxes(browser)["link"])
    assert browser.status == 200
    assert "How is the bus in the morning?" in browser.text


@pytest.mark.parametrize("who", ["visitor", "member", "officer"])
def test_everybody_sees_the_same(act, browser, new_browser, poll, who):
    seen = boxes(new_browser().get(f"/polls/{poll.ref}/share"))
    with act(TEAM) as work:
        member, officer = a_member(work), an_officer(work)
    if who != "visitor":
        browser.sign_in(member if who == "member" else officer, staff=who == "officer")
    assert boxes(browser.get(f"/polls/{poll.ref}/share")) == seen


@pytest.mark.parametrize("path", ["share", "share/poster.pdf", "share/code.svg", "share/code.png"])
def test_a_draft_looks_like_nothing_at_all(act, browser, path):
    with act(TEAM) as work:
        draft = a_draft(work)
        officer = an_officer(work)
    assert browser.get(f"/polls/{draft.ref}/{path}").status == 404
    assert browser.get(f"/polls/nothing/{path}").status == 404
    assert browser.sign_in(officer, staff=True).get(f"/polls/{draft.ref}/{path}").status == 404


def test_before_it_opens_the_words_say_when(act, keys, browser):
    with act(TEAM) as work:
        poll = a_poll(work, keys, opens_at=work.now + timedelta(days=2))
    browser.get(f"/polls/{poll.ref}/share")
    assert "It opens on Wednesday 3 March 2027, 10 am." in boxes(browser)["newsletter"]


def test_a_closed_question_says_so_kindly(browser, poll, clock):
    clock.move_to(poll.closes_at)
    browser.get(f"/polls/{poll.ref}/share")
    assert (browser.status, boxes(browser)) == (200, {})
    assert "This question closed on Sunday 21 March 2027, 10 pm, so it can't be answered any more." in browser.text
    assert browser.follow("You can pass on what families said instead").path == f"/polls/{poll.ref}"


def test_a_withdrawn_question_says_so_kindly(act, browser, poll):
    with act(TEAM) as work:
        work.session.get_one(Poll, poll.id).withdrawn_at = work.now
    browser.get(f"/polls/{poll.ref}/share")
    assert (browser.status, boxes(browser)) == (200, {})
    assert "We took this question back" in browser.text


def test_what_an_officer_wrote_stays_words(act, keys, browser):
    with act(TEAM) as work:
        poll = a_poll(work, keys, title='<b>Buses</b> & "vans" {link} </textarea>')
    browser.get(f"/polls/{poll.ref}/share")
    assert '<b>Buses</b> & "vans" {link} </textarea>.' in boxes(browser)["whatsapp"]
