"""What your reps think: asked by letter, said by each for herself, one line for all on pages and in letters."""

from datetime import datetime, timedelta

import pytest

from pyramid_app.base.actor import NOBODY
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.texts import LONDON
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.views import service
from pyramid_app.outcomes.views.rules import View
from pyramid_app.participation import service as participation
from tests.builders import a_member, acting_as
from tests.outcomes.builders import CANT, a_voice, mailboxes

PUBLIC = datetime(2027, 3, 5, 9, tzinfo=LONDON)


@pytest.fixture
def reps(act, sam):
    with act() as work:
        return [a_member(work, f"rep{n}@example.org", "group", name=f"Rep{n}") for n in range(8)]


@pytest.fixture
def outcome(act, team, topic, reps, amina):
    """A public answer that the representatives were asked about."""
    with act(team) as work:
        a_voice(work, team, amina, topic)
        return outcomes.publish(work, topic.id, CANT, ask_reps=True, address="http://localhost")


def says(act, rep, outcome, view, because=""):
    with act(acting_as(rep)) as work:
        service.say(work, outcome.id, view, because)


def test_an_answer_says_that_they_were_not_asked(act, team, topic, reps, browser):
    with act(team) as work:
        outcomes.publish(work, topic.id, CANT)
    for path in (f"/topics/{topic.ref}", "/outcomes", "/charter/commitments/9"):
        assert "What your reps think: they were not asked." in browser.get(path).text


def test_the_officer_ticks_a_box_and_each_gets_a_letter(topic, sam, reps, browser, post):
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")
    fields = {"answer": "can't", "you_said": "Bus.", "reason": "Cost.", "instead": "A text.", "for_families": "Wait."}
    browser.press("Publish and tell everyone who spoke", ask_reps="y", **fields)
    assert "What your reps think: they have been asked, and have not said yet." in browser.text
    post.deliver()
    asked = [letter for letter in post.letters if letter.words.subject == "What do you think of our answer?"]
    assert sorted(letter.address for letter in asked) == sorted(f"rep{n}@example.org" for n in range(8))
    assert "Families said: “Bus.”" in asked[0].words.text


def test_a_representative_says_what_she_thinks_and_may_change_it(outcome, reps, post, browser, new_browser, topic):
    post.deliver()
    path = post.link_to("rep0@example.org", "reps")
    assert new_browser().get(path).path == "/sign-in"
    page = browser.sign_in(reps[0]).get(path)
    assert "It costs too much." in page.text
    page.press("Say this")
    assert (page.status, "Choose one." in page.text) == (422, True)
    page.press("Say this", view="do not agree")
    assert (page.status, "Say why you do not agree." in page.text) == (422, True)
    page.press("Say this", view="do not agree", because="We wait for years.")
    assert "Thank you. You can change what you said." in page.text
    public = new_browser().get(f"/topics/{topic.ref}").text
    assert "What your reps think: they do not agree. 1 of 8 said what they think. “We wait for years.”" in public
    page.press("Say this", view="agree", because="")
    assert "they agree. 1 of 8 said" in new_browser().get("/outcomes").text


def test_one_line_for_all_of_them(act, outcome, reps, browser, topic):
    for rep in reps[:4]:
        says(act, rep, outcome, View.AGREE)
    says(act, reps[4], outcome, View.DISAGREE, "Too slow.")
    text = browser.get(f"/topics/{topic.ref}").text
    assert "5 of 8 said what they think. They agree: 4. They do not agree: 1. “Too slow.”" in text
    assert "Rep4" not in text


def test_for_anybody_else_there_is_no_such_page(act, outcome, reps, amina, sam, new_browser):
    path = f"/reps/answers/{outcome.id}"
    assert new_browser().sign_in(amina).get(path).status == 404
    assert new_browser().sign_in(sam, staff=True).get(path).status == 404
    assert new_browser().sign_in(reps[0]).get("/reps/answers/00000000-0000-0000-0000-000000000000").status == 404
    with act() as work:
        participation.leave(work, reps[1].id)
    assert new_browser().sign_in(reps[1]).get(path).status == 404
    with act() as work:
        late = a_member(work, "new@example.org", "group", name="New")
    assert new_browser().sign_in(late).get(path).status == 404, "she was not asked"


def test_only_who_was_asked_says_it(act, outcome, amina, team):
    for who in (NOBODY, acting_as(amina), team):
        with pytest.raises(NotFound), act(who) as work:
            service.say(work, outcome.id, View.AGREE, "")


def test_the_letter_to_families_says_it_where_it_is_known(act, team, topic, reps, amina, post, run_jobs, clock):
    with act() as work:
        mailboxes(work)
        a_voice(work, team, amina, topic)
        waiting = outcomes.publish(work, topic.id, CANT, partners=["nhs"], ask_reps=True, address="http://localhost")
    says(act, reps[0], waiting, View.DISAGREE, "We wait for years.")
    clock.move_to(PUBLIC + timedelta(minutes=1))
    run_jobs()
    post.deliver()
    text = post.last_to("amina@example.org").words.text
    assert "What your reps think: they do not agree. 1 of 8 said what they think. “We wait for years.”" in text


def test_a_letter_that_leaves_before_they_have_said_it_says_nothing_of_them(outcome, post, run_jobs):
    run_jobs()
    post.deliver()
    text = post.last_to("amina@example.org").words.text
    assert "It costs too much." in text
    assert "reps" not in text


def test_asking_twice_asks_once(act, team, outcome, reps, post):
    with act(team) as work:
        service.ask(work, outcome, "http://localhost")
    post.deliver()
    assert len([one for one in post.to("rep0@example.org") if "What do you think" in one.words.subject]) == 1
