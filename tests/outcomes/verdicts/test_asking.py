"""Everyone who heard is asked once, some weeks after "done"; only a press of a button counts."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.base import work as base_work
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.web.headers import shown_path
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.outcomes.corrections.service import correct
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.outcomes.verdicts import jobs, queries, service
from pyramid_app.outcomes.verdicts.rules import Helped
from pyramid_app.topics import service as topics
from tests.builders import a_member
from tests.outcomes.verdicts.builders import BUS, DONE, families, publish, says, speaks, verdicts

WEEKS = timedelta(weeks=12)
ASK = "ask whether it helped"


@pytest.fixture
def asked(act, team, topic, amina, clock, run_jobs, post):
    """Amina spoke, it was done, and twelve weeks later she has the letter; the outcome's id."""
    with act() as work:
        speaks(work, team, amina, topic.id)
    outcome = publish(act, team, topic.id)
    clock.shift(WEEKS)
    assert run_jobs(ASK) == 1
    post.deliver()
    return outcome.id


def link(post):
    return post.link_to("amina@example.org", "v")


def letters(post, subject="Did it help? School buses"):
    return sorted(letter.address for letter in post.letters if letter.words.subject == subject)


def test_everyone_who_heard_is_asked_once_and_not_before_the_day(act, team, topic, clock, run_jobs, post):
    spoke, unwilling, other = families(act, team, topic.id, 1), None, None
    with act() as work:
        unwilling = a_member(work, "unwilling@example.org")
        other = a_member(work, "other@example.org")
        follows = a_member(work, "follows@example.org")
        speaks(work, team, unwilling, topic.id)
        accounts.wish(work, unwilling.id, questions=True, answers=False)
        topics.follow(work, topic.id, follows.id)
    publish(act, team, topic.id)
    clock.shift(WEEKS - timedelta(days=1))
    assert run_jobs(ASK) == 0
    clock.shift(timedelta(days=1))
    assert [run_jobs(ASK) for _ in range(3)] == [2, 0, 0]
    post.deliver()
    assert letters(post) == ["family0@example.org", "follows@example.org"]
    assert spoke
    assert other


def test_killed_among_the_batches_nobody_is_left_out_or_asked_twice(
    act, team, topic, clock, database, monkeypatch, run_jobs
):
    families(act, team, topic.id, 5)
    publish(act, team, topic.id)
    clock.shift(WEEKS)
    monkeypatch.setattr(base_work, "BATCH", 2)
    begin, whole, times = base_work.Begin(database, "verdicts"), service.ask_some, iter(range(9))

    def killed(*args):
        if next(times) == 1:
            raise KeyboardInterrupt
        return whole(*args)

    monkeypatch.setattr(service, "ask_some", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.ask(begin)
    clock.shift(timedelta(days=1))
    assert jobs.ask(begin) == 3
    assert jobs.ask(begin) == 0
    with database.reading() as session:
        kinds = [letter.person_id for letter in session.exec(select(Letter)) if letter.kind == "verdict"]
    assert len(kinds) == len(set(kinds)) == len(verdicts(database)) == 5


@pytest.mark.parametrize(
    "draft",
    [
        Draft(Answer.WORKING, "a", "b", "c", next_word_on=date(2027, 9, 1)),
        Draft(Answer.CANT, "a", "", "c", reason="Money.", instead="A text."),
        Draft(Answer.NOT_OURS, "a", "", "c", reason="Law.", to_whom="The bus company"),
    ],
)
def test_only_what_was_done_is_asked_about(act, team, topic, clock, run_jobs, draft):
    families(act, team, topic.id, 1)
    publish(act, team, topic.id, draft)
    clock.shift(WEEKS)
    assert run_jobs(ASK) == 0


def test_a_later_answer_or_correction_takes_the_place_of_the_earlier_one(act, team, topic, clock, run_jobs, post):
    families(act, team, topic.id, 1)
    publish(act, team, topic.id)
    clock.shift(timedelta(weeks=4))
    publish(act, team, topic.id, replace(DONE, we_did="Now it is a call."))
    clock.shift(timedelta(weeks=8))
    assert run_jobs(ASK) == 0, "the first one is no longer what we say"
    clock.shift(timedelta(weeks=4))
    assert run_jobs(ASK) == 1
    post.deliver()
    assert "Now it is a call." in post.last_to("family0@example.org").words.text


def test_what_is_published_for_a_later_day_is_not_there_yet(act, team, topic, clock, run_jobs, database):
    families(act, team, topic.id, 1)
    later = publish(act, team, topic.id)
    with act() as work:
        work.session.merge(later).published_at = work.now + timedelta(weeks=13)
    clock.shift(WEEKS)
    assert run_jobs(ASK) == 0


def test_nobody_is_asked_about_what_was_done_long_ago(act, team, topic, clock, run_jobs):
    families(act, team, topic.id, 1)
    publish(act, team, topic.id)
    clock.shift(WEEKS + timedelta(days=60))
    assert run_jobs(ASK) == 0


def test_the_letter_begins_with_own_words_and_ends_with_a_day(asked, post):
    text = post.last_to("amina@example.org").words.text
    assert text.startswith(f"You said: “{BUS}”")
    assert text.index("On Monday 1 March 2027 we told you that this is done:") < text.index(DONE.we_did)
    assert "It works until Friday 23 July 2027" in text
    assert "[[link]]" not in text + post.last_to("amina@example.org").words.one_line


def test_no_row_holds_the_link_and_no_log_its_secret(asked, post, database):
    token = link(post).removeprefix("/v/")
    with database.reading() as session:
        rows = [json.dumps(letter.model_dump(), default=str) for letter in session.exec(select(Letter))]
    assert not [row for row in rows if token in row]
    assert shown_path(f"/v/{token}") == shown_path(f"/v/{token}/thanks") == "/v/…"


def test_it_does_not_leave_at_night(act, team, topic, amina, clock, run_jobs, post):
    with act() as work:
        speaks(work, team, amina, topic.id)
    publish(act, team, topic.id)
    clock.move_to("2027-05-23T23:30:00Z")
    assert run_jobs(ASK) == 1, "in London it is half past midnight"
    post.deliver()
    assert letters(post) == []
    clock.move_to("2027-05-24T08:00:00Z")
    post.deliver()
    assert letters(post) == ["amina@example.org"]


def test_a_scanner_that_opens_every_link_counts_nothing(asked, post, browser, database):
    for _ in range(3):
        assert browser.get(link(post)).status == 200
        assert browser.client.head(link(post)).status_code == 200
    assert browser.answer.headers["Referrer-Policy"] == "no-referrer"
    assert [one.answer for one in verdicts(database)] == [None]


def test_one_press_counts_and_a_second_one_changes_it(asked, post, new_browser, database):
    one = new_browser().get(link(post))
    assert "Did it help?" in one.text
    assert DONE.we_did in one.text
    one.press("Sometimes")
    assert one.path == f"{link(post)}/thanks"
    assert "Your answer is in. Thank you." in one.text
    assert [verdict.answer for verdict in verdicts(database)] == [Helped.SOMETIMES]
    other = new_browser().get(link(post))
    other.press("No")
    assert [verdict.answer for verdict in verdicts(database)] == [Helped.NO], "one verdict, whoever often it is used"
    other.follow("Change it, say more, or ask us to ring you")
    assert "You have answered. A new answer takes its place." in other.text
    assert "said before" not in other.text, "a link that was passed on does not tell what its owner said"


def test_after_sixty_days_the_link_is_a_kind_page(asked, post, browser, clock, database):
    clock.shift(timedelta(days=60) - timedelta(seconds=1))
    assert browser.get(link(post)).status == 200
    clock.shift(timedelta(seconds=1))
    assert browser.get(link(post)).status == 410
    assert "This question is closed. Thank you" in browser.text
    assert browser.post(link(post), {"answer": "no"}).status == 410
    assert [one.answer for one in verdicts(database)] == [None]


def test_a_link_that_was_passed_on_says_for_whom_it_is_and_speaks_for_nobody_else(
    asked, act, post, browser, database, amina
):
    with act() as work:
        other = a_member(work, "other@example.org", name="Other")
    browser.sign_in(other).get(link(post))
    assert "This link was sent to a•••@example.org. Only the person it was sent to should answer." in browser.text
    assert "amina" not in browser.html
    browser.press("Yes")
    assert [(one.person_id, one.answer) for one in verdicts(database)] == [(amina.id, Helped.YES)]


def test_a_link_made_void_or_cut_off_opens_nothing(asked, act, post, browser, amina):
    assert browser.get(link(post)[:-1]).status == 404
    with act() as work:
        accounts.revoke_passes(work, amina.id)
    assert browser.get(link(post)).status == 404
    assert "This link does not open" in browser.text


def test_a_letter_that_makes_no_sense_any_more_is_not_sent(act, team, topic, clock, run_jobs, post):
    people = families(act, team, topic.id, 3)
    outcome = publish(act, team, topic.id)
    post.deliver()
    clock.shift(WEEKS)
    run_jobs(ASK)
    says(act, outcome.id, people[0], Helped.YES)
    with act() as work:
        accounts.wish(work, people[1].id, questions=True, answers=False)
    post.deliver()
    assert letters(post) == ["family2@example.org"]


def test_one_that_waits_too_long_is_not_sent(act, team, topic, clock, run_jobs, post):
    families(act, team, topic.id, 1)
    publish(act, team, topic.id)
    post.deliver()
    clock.shift(WEEKS)
    run_jobs(ASK)
    clock.shift(timedelta(days=61))
    post.deliver()
    assert letters(post) == []


def test_without_a_button_nothing_is_taken_and_words_stay(asked, post, browser, database):
    browser.get(link(post))
    assert browser.post(link(post), {"line": "It came at nine."}).status == 422
    assert "Press one of the four buttons." in browser.text
    assert "It came at nine." in browser.html
    assert browser.post(link(post), {"answer": "perhaps"}).status == 422
    assert [one.answer for one in verdicts(database)] == [None]


def test_a_line_is_a_voice_of_its_own_and_the_verdict_keeps_none(asked, post, browser, database, amina, topic):
    for answer in ("No", "No", "Sometimes"):
        browser.get(link(post)).press(answer, line="CANARY it came at nine.")
    with database.reading() as session:
        found = session.exec(
            select(Voice, VoiceText.text).join(VoiceText).where(VoiceText.text == "CANARY it came at nine.")
        ).all()
        (voice, _words), *more = found
    assert more == [], "the same words pressed twice are said once"
    assert (voice.person_id, voice.tell, voice.suggested_topic_id) == (amina.id, True, topic.id)
    assert voice.asked == "Did it help? School buses"
    assert "CANARY" not in str([one.model_dump() for one in verdicts(database)])
    browser.get(link(post)).press("No", line="CANARY and today at ten.")
    with database.reading() as session:
        assert len(session.exec(select(Voice).where(Voice.asked != "")).all()) == 2


def test_a_line_stands_on_the_desk_with_what_we_had_asked(asked, post, new_browser, sam):
    new_browser().get(link(post)).press("No", line="It came at nine.")
    desk = new_browser().sign_in(sam, staff=True).get("/desk")
    desk.follow("It came at nine.")
    assert "We had asked: Did it help? School buses" in desk.text


def test_whatever_the_answer_its_pages_have_one_size(asked, post, new_browser, amina):
    """By the link and on one's own page: the question, what has to be mended, and the thanks."""
    linked, own = new_browser().get(link(post)), new_browser().sign_in(amina)
    sizes, wide = set(), "&" * 500
    for answer, line, number in (
        ("no", "", ""),
        ("yes", wide, ""),
        ("unused", "a\n" * 99, "020 7946 0000"),
        ("", wide, ""),
    ):
        for browser, way in ((linked, link(post)), (own, "/topics/school-buses/did-it-help")):
            sent = {"answer": answer, "line": line, "number": number, **({"ring": "y"} if number else {})}
            sizes |= {len(browser.post(way, sent).answer.data), len(browser.get(way).answer.data)}
            assert browser.answer.content_encoding == "identity"
    assert sizes == {40 * 1024}


def test_my_own_page_asks_until_i_have_answered(asked, browser, new_browser, act, amina, database):
    browser.sign_in(amina).get("/me")
    assert "Nothing today" not in browser.text
    browser.get(next(a.get("href") for a in browser.tree.iter("a") if "did-it-help" in (a.get("href") or "")))
    assert "This link was sent to" not in browser.text
    browser.press("We don't use it")
    assert browser.path == "/topics/school-buses/did-it-help/thanks"
    assert "You said: We don't use it." in browser.text
    assert [one.answer for one in verdicts(database)] == [Helped.UNUSED]
    assert "did-it-help" not in browser.get("/me").html
    with act() as work:
        other = a_member(work, "other@example.org")
    assert new_browser().sign_in(other).get("/topics/school-buses/did-it-help").status == 404


def test_my_own_page_stops_asking_when_it_is_closed(asked, browser, amina, clock):
    browser.sign_in(amina)
    clock.shift(timedelta(days=60))
    browser.sign_in(amina)
    assert "did-it-help" not in browser.get("/me").html
    assert browser.get("/topics/school-buses/did-it-help").status == 404


def test_families_are_asked_about_what_the_answer_says_now(act, team, topic, clock, run_jobs, post, browser):
    families(act, team, topic.id, 1)
    first = publish(act, team, topic.id)
    clock.shift(timedelta(weeks=4))
    mended = replace(DONE, we_did="You get a text when the bus is over ten minutes late.")
    with act(team) as work:
        correct(work, first.id, mended, "We had left out the ten minutes.", tell_again=False)
    clock.shift(timedelta(weeks=8))
    assert [run_jobs(ASK) for _ in range(2)] == [1, 0], "a correction alone asks nobody again"
    post.deliver()
    letter = post.last_to("family0@example.org").words.text
    assert mended.we_did in letter
    assert DONE.we_did not in letter
    assert "On Monday 1 March 2027 we told you" in letter
    page = browser.get(post.link_to("family0@example.org", "v"))
    assert mended.we_did in page.text
    page.press("No")
    with act() as work:
        assert set(queries.without_help(work.session, work.now)) == {first.id}
