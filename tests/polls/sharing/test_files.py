"""The poster and the code of a poll, as files that schools fetch."""

from datetime import timedelta

import pytest

from pyramid_app.polls.models import Poll
from pyramid_app.polls.sharing import routes
from tests.polls.builders import a_poll
from tests.polls.conftest import TEAM
from tests.support import pdf

pytestmark = pytest.mark.usefixtures("area")

FILES = {
    "poster.pdf": ("application/pdf", "{}-poster.pdf"),
    "code.svg": ("image/svg+xml", "{}-code.svg"),
    "code.png": ("image/png", "{}-code.png"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_its_type_and_a_name_that_can_be_read(browser, poll, name):
    browser.get(f"/polls/{poll.ref}/share/{name}")
    mimetype, saved_as = FILES[name]
    assert (browser.status, browser.answer.mimetype) == (200, mimetype)
    assert browser.answer.headers["Content-Disposition"] == f'attachment; filename="{saved_as.format(poll.ref)}"'


def test_the_poster_says_what_a_family_needs(browser, poll):
    sheet = browser.get(f"/polls/{poll.ref}/share/poster.pdf").answer.data
    said = pdf.text(sheet)
    for words in (
        "Testborough We want to hear from you School buses It takes 2 minutes.",
        "You have until Sunday 21 March 2027, 10 pm. Point your phone's camera at this code.",
        f"http://localhost/q/{poll.ref}",
        "No one in the SEND team can see your answer. We will tell you what happens by Friday 30 April 2027.",
    ):
        assert words in said
    assert said.endswith("Run by the SEND partnership.")
    assert len(pdf.reader(sheet).pages) == 1
    assert ("/Figure", f"A code that leads to http://localhost/q/{poll.ref}") in pdf.tags(sheet)


@pytest.mark.parametrize("name", ["poster.pdf", "code.svg", "code.png"])
def test_every_code_leads_to_the_paper(browser, poll, tmp_path, name):
    found = browser.get(f"/polls/{poll.ref}/share/{name}").answer.data
    (link,) = pdf.codes(found if name == "poster.pdf" else pdf.with_picture(name, found, tmp_path))
    assert link == f"http://localhost/q/{poll.ref}"
    assert "How is the bus in the morning?" in browser.get(link).text


def test_before_it_opens_the_poster_says_when(act, keys, browser):
    with act(TEAM) as work:
        poll = a_poll(work, keys, opens_at=work.now + timedelta(days=2))
    sheet = browser.get(f"/polls/{poll.ref}/share/poster.pdf").answer.data
    assert "It takes 2 minutes. It opens on Wednesday 3 March 2027, 10 am. You have until" in pdf.text(sheet)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("ended", ["closed", "withdrawn"])
def test_afterwards_a_page_says_so_kindly(act, browser, poll, clock, name, ended):
    if ended == "closed":
        clock.move_to(poll.closes_at)
    else:
        with act(TEAM) as work:
            work.session.get_one(Poll, poll.id).withdrawn_at = work.now
    browser.get(f"/polls/{poll.ref}/share/{name}")
    assert (browser.status, browser.answer.mimetype) == (410, "text/html")
    way_on = "You can pass on what families said instead" if ended == "closed" else "Why we took it back"
    assert browser.follow(way_on).path == f"/polls/{poll.ref}"


def test_what_an_officer_wrote_stays_words_on_paper(act, keys, browser):
    title = '#import "x": * $ \\ ] <b>Buses</b> {link}'
    with act(TEAM) as work:
        poll = a_poll(work, keys, title=title)
    sheet = browser.get(f"/polls/{poll.ref}/share/poster.pdf").answer.data
    assert pdf.reader(sheet).metadata.title == title
    assert title in pdf.text(sheet)


def test_a_poster_is_made_in_every_language_that_is_ready(browser, poll, monkeypatch):
    ready = routes.packs
    monkeypatch.setattr(routes, "packs", lambda *facts: ready(*facts, ("en", "so")))
    browser.get(f"/polls/{poll.ref}/share")
    links = [link.get("href") for link in browser.tree.iter("a") if link.get("hreflang")]
    assert [link.rpartition("=")[2] for link in links] == ["en", "so"]
    assert pdf.root(browser.get(links[1]).answer.data)["/Lang"] == "so"
    assert browser.answer.headers["Content-Disposition"].endswith(f'{poll.ref}-poster-so.pdf"')


@pytest.mark.parametrize("language", ["so", "", "../x", "EN"])
def test_a_language_that_is_not_ready_has_no_poster(browser, poll, language):
    assert browser.get(f"/polls/{poll.ref}/share/poster.pdf?language={language}").status == 404
