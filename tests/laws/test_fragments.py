"""A fragment is a part of its page, from the same template: htmx shows nothing that a plain browser would not."""

import re

import pytest

from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.rules import About, Speaker

HTMX = {"HX-Request": "true"}


def masked(html):
    return " ".join(re.sub(r'(name="csrf_token" value=")[^"]+', r"\1…", html).split())


@pytest.fixture
def voice(act, amina):
    with act() as work:
        return feedback.receive(
            work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="The bus is late.", person_id=amina.id
        )


def check(page, fragment):
    assert fragment.status_code == page.status_code
    assert "HX-Request" in fragment.headers["Vary"]
    part, whole = (masked(answer.get_data(as_text=True)) for answer in (fragment, page))
    assert part
    assert "<html" not in part
    assert part in whole


def test_the_letter_that_follows_what_is_chosen(browser, sam, voice, topic):
    browser.sign_in(sam, staff=True)
    for path in (f"/desk/voices/{voice.ref}", f"/desk/topics/{topic.ref}/answer"):
        data = {
            "csrf_token": browser.csrf(),
            "look": "1",
            "topic": str(topic.id),
            "note": "A line of mine.",
            "we_did": "x",
        }
        check(browser.client.post(path, data=data), browser.client.post(path, data=data, headers=HTMX))


def test_following_a_topic(browser, amina, topic):
    browser.sign_in(amina)
    data = {"csrf_token": browser.csrf()}
    answer = browser.client.post(f"/topics/{topic.ref}/follow", data=data, headers=HTMX)
    assert answer.status_code == 303
    fragment = browser.client.get(answer.location, headers=HTMX)
    assert "Stop telling me about this" in fragment.get_data(as_text=True)
    check(browser.client.get(answer.location), fragment)


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_or_a_restored_page_is_the_whole_page(browser, amina, topic, header):
    answer = browser.sign_in(amina).client.get(f"/topics/{topic.ref}", headers={**HTMX, header: "true"})
    assert b"<html" in answer.data
