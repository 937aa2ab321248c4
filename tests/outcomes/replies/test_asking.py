"""One item by a link: read, drafted, passed on, answered; twice, late, after its end, by scanners and strangers."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import select

from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Invalid, NotAllowed, NotFound
from pyramid_app.base.outbox.models import Letter
from pyramid_app.outcomes.replies import by_link, queries, service
from pyramid_app.outcomes.replies.links import For, Held, write_link
from pyramid_app.outcomes.replies.models import PartnerAsk
from pyramid_app.partners import service as partners
from tests.builders import acting_as
from tests.outcomes.builders import NHS, SCHOOLS, a_voice, day, mailboxes
from tests.support.worlds import every_row

QUESTION = "When will the clinic have a lift?"


@pytest.fixture
def asked(act, team, topic, amina):
    """The NHS was asked on Monday 1 March; its answer is due by Wednesday 31 March 2027."""
    with act() as work:
        mailboxes(work)
    with act(team) as work:
        a_voice(work, team, amina, topic, text="My Leo can't climb the stairs.", cleared="A child can't climb stairs.")
        return service.ask(work, topic.id, ["nhs"], QUESTION)[0]


@pytest.fixture
def link(asked, post):
    post.deliver()
    return post.link_to(NHS, "answer")


@pytest.fixture
def lines(act, topic):
    def read():
        with act() as work:
            return queries.of_topic(work.session, topic.id, work.now.date())

    return read


def test_several_partners_each_get_a_link_of_their_own(act, team, sam, topic, browser, post):
    with act() as work:
        mailboxes(work)
    browser.sign_in(sam, staff=True).get(f"/topics/{topic.ref}").follow("Ask partners")
    browser.press("Ask them", question=QUESTION)
    assert (browser.status, "Choose who should answer." in browser.text) == (422, True)
    assert QUESTION in browser.html, "what was typed stays"
    assert "The council" not in browser.text.split("Who should answer?")[1], "it has no mailbox"
    browser.press("Ask them", partners=["nhs", "schools"], question=QUESTION)
    assert browser.status == 200
    post.deliver()
    links = [post.link_to(address, "answer") for address in (NHS, SCHOOLS)]
    assert links[0] != links[1]
    letter = post.last_to(NHS).words.text
    assert QUESTION in letter
    assert "Please answer by Wednesday 31 March 2027." in letter
    browser.press("Ask them", partners=["nhs"], question="And when?")
    assert "You have asked already, and there is no answer yet: The NHS" in browser.text
    public = browser.get(f"/topics/{topic.ref}").text
    assert "The NHS Asked on Monday 1 March 2027. It answers by Wednesday 31 March 2027." in public
    assert "Schools and colleges Asked on" in public


def test_the_link_shows_what_it_needs_and_only_cleared_words(link, new_browser):
    page = new_browser().get(link).text
    for words in ("School buses", QUESTION, "A child can't climb stairs.", "Please answer by Wednesday 31 March 2027"):
        assert words in page
    assert "Leo" not in page
    assert "This link was sent to s•••@icb.nhs.example. Whoever has it can speak here for The NHS." in page


def test_a_draft_waits_for_whoever_opens_the_link_next_and_the_desk_reads_it(link, new_browser, browser, sam, topic):
    new_browser().get(link).press("Keep it for later", words="In May, I think.")
    again = new_browser().get(link)
    assert "In May, I think." in again.html
    assert "What you answered" not in again.text
    assert "In May, I think." in browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/partners").text
    assert "In May" not in browser.get(f"/topics/{topic.ref}").text, "never public"


def test_an_answer_is_sent_once_and_a_second_sending_shows_it_kindly(link, new_browser, lines, browser, sam, topic):
    first, second = new_browser().get(link), new_browser().get(link)
    first.press("Send our answer", words="In May.")
    assert (first.status, "Your answer is in" in first.text, "In May." in first.text) == (200, True, True)
    second.press("Send our answer", words="Never.")
    assert second.status == 409
    assert "Your answer was sent already, so nothing more was kept." in second.text
    assert "In May." in second.text
    assert first.post(link, {"do": "send", "words": "In May."}).status == 200, "the same words change nothing"
    (line,) = lines()
    assert (line.state, line.ask.reply, line.ask.draft) == ("replied", "In May.", "")
    assert "Answered on Monday 1 March 2027." in browser.get(f"/topics/{topic.ref}").text
    desk = browser.sign_in(sam, staff=True).get("/desk").text
    assert "The NHS: School buses Answered on Monday 1 March 2027. Families have not heard yet." in desk


@pytest.mark.parametrize(
    ("words", "said"), [("", "Write your answer first."), ("x" * 4001, "Please make this shorter")]
)
def test_what_does_not_fit_stays_in_its_box(link, browser, words, said):
    browser.get(link).press("Send our answer", words=words)
    assert (browser.status, said in browser.text) == (422, True)
    assert words in browser.html


def test_a_scanner_reads_everything_and_changes_nothing(link, browser, database):
    before = every_row(database)
    for method in ("get", "head", "options"):
        for path in (link, f"{link}/late", f"{link}/pass", f"{link}/note"):
            getattr(browser.client, method)(path)
    assert every_row(database) == before


def test_without_the_token_of_a_browser_nothing_is_taken(link, browser, lines):
    assert browser.client.post(link, data={"do": "send", "words": "Spam"}).status_code == 403
    assert lines()[0].ask.reply == ""


def test_the_link_is_in_no_row_no_log_and_no_referrer(link, browser, database, capsys):
    token = link.removeprefix("/answer/")
    browser.get(link).press("Send our answer", words="In May.")
    assert browser.client.get(link).headers["Referrer-Policy"] == "no-referrer"
    assert token not in str(every_row(database))
    shown = capsys.readouterr()
    assert token not in shown.out + shown.err


def test_passing_on_stays_in_the_house_ends_the_old_link_and_tells_the_mailbox(link, browser, new_browser, post):
    browser.get(link).press("Keep it for later", words="So far.")
    browser.press("Pass it on", address="ann@gmail.example")
    assert browser.status == 422
    assert "The address must end in @icb.nhs.example." in browser.text
    assert 'value="ann@gmail.example"' in browser.html
    browser.press("Pass it on", address="Ann@icb.nhs.example")
    assert browser.status == 410
    assert "This was passed on to a•••@icb.nhs.example. A new link went there" in browser.text
    post.deliver()
    told = post.last_to(NHS).words.text
    assert "passed our question about “School buses” on to a•••@icb.nhs.example" in told
    assert "/answer/" not in told
    assert "s•••@icb.nhs.example passed this on to you." in post.last_to("ann@icb.nhs.example").words.text
    new = new_browser().get(post.link_to("ann@icb.nhs.example", "answer"))
    assert "This link was sent to a•••@icb.nhs.example." in new.text
    assert "So far." in new.html
    assert new_browser().get(link).status == 410


def test_after_its_end_the_link_says_so_and_whom_to_ask(link, browser, clock, asked, act, team, post):
    clock.move_to(datetime(2027, 4, 14, 22, 59, tzinfo=UTC))
    assert browser.get(link).status == 200
    clock.move_to(datetime(2027, 4, 14, 23, 0, tzinfo=UTC))
    assert browser.get(link).status == 410
    assert "This link has ended. An answer was due by Wednesday 31 March 2027." in browser.text
    assert "Write to send-team@example.org." in browser.text
    assert browser.post(link, {"do": "send", "words": "Too late."}).status == 410
    with act(team) as work:
        service.send_again(work, asked.id)
    post.deliver()
    browser.get(post.link_to(NHS, "answer")).press("Send our answer", words="In May.")
    assert (browser.status, "In May." in browser.text) == (200, True)


def test_what_we_did_not_sign_opens_nothing(browser, asked, settings):
    made_up = write_link(settings.secret.get_secret_value(), Held(For.ASK, uuid4()))
    for token in ("rubbish", write_link("another secret", Held(For.ASK, asked.id)), made_up):
        assert browser.get(f"/answer/{token}").status == 404


def test_a_question_that_is_not_needed_any_more_says_so_and_is_late_for_nobody(
    link, browser, new_browser, sam, topic, clock
):
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/partners").press("No answer needed from The NHS")
    assert "We do not need an answer to this any more. Thank you." in new_browser().get(link).text
    clock.shift(timedelta(days=60))
    assert "The NHS" not in new_browser().get(f"/topics/{topic.ref}").text


def test_a_new_link_ends_the_old_one_and_goes_where_the_mailbox_is_now(
    link, act, browser, new_browser, sam, topic, post
):
    with act() as work:
        partners.set_mailbox(work, "nhs", "new@icb.nhs.example")
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/partners").press("Send a new link to The NHS")
    post.deliver()
    assert "We sent a newer link" in new_browser().get(link).text
    assert new_browser().get(post.link_to("new@icb.nhs.example", "answer")).status == 200


def test_who_is_late_stands_in_public_with_its_own_line(link, browser, new_browser, topic, clock):
    browser.get(link).press("Keep this line", why_late="We moved house.")
    public = new_browser()
    assert "We moved house." not in public.get(f"/topics/{topic.ref}").text, "not before the day"
    clock.move_to(datetime(2027, 3, 31, 22, tzinfo=UTC))
    assert "Late" not in public.get(f"/topics/{topic.ref}").text
    clock.move_to(datetime(2027, 3, 31, 23, tzinfo=UTC))
    late = public.get(f"/topics/{topic.ref}").text
    assert "The NHS Asked on Monday 1 March 2027. Late: an answer was due by Wednesday 31 March 2027." in late
    assert "It says why: We moved house." in late
    browser.get(link).press("Send our answer", words="In May.")
    after = public.get(f"/topics/{topic.ref}").text
    assert "Answered on Thursday 1 April 2027. That was late: it was due by Wednesday 31 March 2027." in after


def test_two_warnings_go_once_each_to_the_mailbox_and_to_whom_it_was_passed(
    link, browser, post, run_jobs, clock, database
):
    browser.get(link).press("Pass it on", address="ann@icb.nhs.example")
    post.deliver()
    went = []
    for on in range(1, 45):
        clock.move_to(datetime(2027, 3, 1, 10, tzinfo=UTC) + timedelta(days=on))
        written = [run_jobs("warn partners") for _ in range(2)]
        if any(written):
            went.append((date(2027, 3, 1) + timedelta(days=on), written))
    assert went == [(date(2027, 3, 24), [2, 0]), (date(2027, 3, 29), [2, 0])]
    with database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.did == "partner:warned")).all()
    assert len(rows) == 2, "each remembers that it went"


def test_a_warning_has_a_link_that_works_and_none_goes_after_an_answer(link, browser, post, run_jobs, clock):
    clock.move_to(datetime(2027, 3, 24, 10, tzinfo=UTC))
    assert run_jobs("warn partners") == 1
    post.deliver()
    assert "Please answer by Wednesday 31 March 2027" in post.last_to(NHS).words.subject
    clock.move_to(datetime(2027, 3, 29, 10, tzinfo=UTC))
    assert run_jobs("warn partners") == 1
    browser.get(link).press("Send our answer", words="In May.")
    before = len(post.letters)
    post.deliver()
    assert len(post.letters) == before, "it waits in the outbox and is not needed any more"


def test_the_team_writes_down_what_came_by_e_mail_and_that_is_marked(link, browser, new_browser, sam, topic, clock):
    clock.move_to(datetime(2027, 4, 5, 10, tzinfo=UTC))
    new_browser().get(link).press("Keep it for later", words="In May.")
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/partners")
    browser.follow("Write down the answer of The NHS")
    assert "In May." in browser.html
    browser.press("Keep this as their answer", source="")
    assert (browser.status, "Say how they told you" in browser.text) == (422, True)
    browser.press("Keep this as their answer", source="an e-mail", **day("wrote_on", date(2027, 3, 30)))
    public = new_browser().get(f"/topics/{topic.ref}").text
    assert "Answered on Tuesday 30 March 2027. We wrote it down from an e-mail." in public
    assert "late" not in public.split("Who we asked")[1].split("Days we promised")[0], "it came in time"
    theirs = new_browser().get(link)
    assert "We wrote it down from an e-mail." in theirs.text
    assert "Send our answer" not in theirs.buttons()


def test_families_can_neither_ask_nor_settle(act, amina, topic, asked):
    for verb in (
        lambda work: service.ask(work, topic.id, ["schools"], "Why?"),
        lambda work: service.stop(work, asked.id),
        lambda work: service.send_again(work, asked.id),
        lambda work: service.enter(work, asked.id, "Words", "an e-mail", date(2027, 3, 1)),
    ):
        with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
            verb(work)


def test_a_partner_without_a_mailbox_or_that_has_ended_cannot_be_asked(act, team, topic):
    with act() as work:
        mailboxes(work)
        partners.end(work, "schools", date(2027, 3, 1))
    for slug in ("council", "schools", "made-up"):
        with pytest.raises(Invalid), act(team) as work:
            service.ask(work, topic.id, [slug], "Why?")


def test_the_log_says_what_was_done_and_no_words(link, browser, database, asked):
    browser.get(link).press("Keep it for later", words="Canary.").press("Send our answer", words="Canary.")
    with database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.subject == f"partner-ask:{asked.id}")).all()
    assert [row.did for row in rows] == ["partner:asked", "partner:draft saved", "partner:answered"]
    assert "Canary" not in str([row.model_dump() for row in rows])


def test_the_database_keeps_one_open_question_for_each_partner(act, asked, database):
    again = {**asked.model_dump(), "id": uuid4()}
    with pytest.raises(sa.exc.IntegrityError), act() as work:
        work.session.add(PartnerAsk(**again))
        work.session.flush()


def test_each_kind_of_link_does_only_its_own(act, asked):
    with pytest.raises(NotAllowed), act() as work:
        by_link.add_words(work, Held(For.ASK, asked.id), "Words")
    with pytest.raises(NotFound), act() as work:
        by_link.send(work, Held(For.NOTE, asked.id), "Words")


def test_no_stored_letter_holds_a_link(link, act):
    with act() as work:
        letters = work.session.exec(select(Letter).where(Letter.maker == "partner link")).all()
    assert letters
    assert all("/answer/" not in letter.text + letter.link + letter.one_line for letter in letters)
