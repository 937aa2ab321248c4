"""Is everything running? Each state in which families are stopped, really produced: red, with its sentence, and the
desk says the same."""

import re
import shutil
from datetime import timedelta

import pytest
from alembic import command
from pydantic import SecretStr
from sqlmodel import select

from pyramid_app.accounts.codes.rules import ASKED_BY_ALL, WRONG_OF_ALL, guesses
from pyramid_app.app import create_app, office
from pyramid_app.base.budgets.rules import EVERYBODY
from pyramid_app.base.budgets.service import spend
from pyramid_app.base.db import Database
from pyramid_app.base.ledger import findings as base_findings
from pyramid_app.base.ledger.runs import Job, Runner
from pyramid_app.base.outbox.carriers import Smtp
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.rules import Unsent
from pyramid_app.base.outbox.sender import send_due
from pyramid_app.base.schema import alembic_config
from pyramid_app.base.work import working
from pyramid_app.pages import running
from pyramid_app.scheduler import run_once
from tests.builders import the_area
from tests.conftest import TESTS
from tests.polls.builders import a_poll
from tests.support.mail_server import MailServer, Manner, Step, mail_server
from tests.support.ports import free_port


class Here:
    """An installation, and what can happen to it."""

    def __init__(self, settings, database, clock, act, post, monkeypatch):
        self.settings, self.database, self.clock, self.act = settings, database, clock, act
        self.post, self.monkeypatch, self.headers = post, monkeypatch, {}

    def look_around(self, settings=None):
        run_once(settings or self.settings, self.database, self.post.office, ["look around", "chain the log"])

    def wait(self, minutes):
        self.clock.shift(timedelta(minutes=minutes))


@pytest.fixture
def here(settings, database, clock, act, post, monkeypatch, sam):
    return Here(settings, database, clock, act, post, monkeypatch)


def ask(browser, here):
    browser.get("/healthz", headers=here.headers)
    return browser.status, browser.html.splitlines()


def all_said(lines, desk):
    """Every line of the monitor stands on the desk, but for how many megabytes there were a moment ago."""
    desk = re.sub(r"\d+ MB", "some MB", desk)
    return all(re.sub(r"\d+ MB", "some MB", line.partition(": ")[2]) in desk for line in lines[1:])


def test_all_is_well(here, browser, sam):
    here.look_around()
    assert ask(browser, here) == (200, ["ok"])
    desk = browser.sign_in(sam, staff=True).get("/desk").text
    assert "Yes: the scheduler runs and letters leave." in desk
    assert "families will notice" not in desk


def nobody_ran(_here):
    """The scheduler was never started."""


def stopped(here):
    here.look_around()
    here.wait(6)


def ran_ahead(here):
    """A clock that was 70 minutes ahead, and was put right; no scheduler since."""
    here.wait(70)
    here.look_around()
    here.wait(-70)


def keys_gone(here):
    with here.act() as work:
        a_poll(work, here.settings.keys)
    shutil.rmtree(here.settings.keys)
    here.look_around()


def keys_not_writable(here):
    here.settings.keys.write_text("a file where the folder should be")
    here.look_around()


def files_not_writable(here):
    here.settings.files.write_text("a file where the folder should be")
    here.look_around()


def disk_full(here):
    here.monkeypatch.setattr(base_findings, "TIGHT", 2**60)
    here.monkeypatch.setattr(base_findings, "TOO_TIGHT", 2**60)
    here.look_around()


def no_front_end(here):
    here.look_around()
    here.monkeypatch.setattr(running, "folder", lambda _name: here.settings.files)


def other_secret(here):
    here.look_around(here.settings.model_copy(update={"secret": SecretStr("quite another secret")}))


def letters_late(here):
    with here.act() as work:
        work.post(Draft("outcome", "Buses", "Hello.", address="amina@example.org"), key="letter")
    here.wait(16)
    here.look_around()


def mail_refuses_us(here):
    refusal = "550 5.7.1 sender not authorised"
    send(here, MailServer(fails=(Step.MAIL, Manner.REFUSES), times=99, refusal=refusal))


def mail_unsafe(here):
    """Encrypted, by a certificate that proves nothing."""
    send(here, MailServer(certificate="other", encrypted=True), scheme="smtps")


def mail_away(here):
    just_away(here)
    here.wait(6)
    here.look_around()


def send(here, house, *, scheme="smtp"):
    """A letter is due, and that server is asked to take it."""
    with here.act() as work:
        work.post(Draft("outcome", "Buses", "Hello.", address="amina@example.org"), key="letter")
    with mail_server(house) as server:
        way = Smtp(f"{scheme}://127.0.0.1:{server.port}", seconds=5)
        send_due(here.database.writing, office(here.settings, way))
    here.look_around()


def job_fails(here):
    runner = Runner(here.database.writing)

    def fails():
        raise RuntimeError

    for _ in range(7):
        runner.run_one(Job("invite", 20, fails))
        here.wait(1)
    here.look_around()


def behind_a_proxy(here):
    here.headers = {"X-Forwarded-For": "203.0.113.9"}
    here.look_around()


STOPS = [
    (nobody_ran, "The scheduler has not run yet: no letter leaves."),
    (stopped, "The scheduler does not run: no letter leaves. It last ran Monday 1 March 2027, 10 am."),
    (ran_ahead, "The scheduler last ran in the future (Monday 1 March 2027, 11.10 am)"),
    (keys_gone, "A question cannot be counted: its key"),
    (keys_not_writable, "Nothing can be written to the folder for keys"),
    (files_not_writable, "Nothing can be written to the folder for files"),
    (disk_full, "The disk with the folder for files (PYRAMID_FILES) is nearly full:"),
    (no_front_end, "The front-end files are missing: no page can be shown."),
    (other_secret, "Pages and scheduler have different secrets"),
    (letters_late, "Letters do not leave: the oldest has been due since Monday 1 March 2027, 10 am."),
    (mail_refuses_us, "Since Monday 1 March 2027, 10 am the mail server takes no letters from us."),
    (mail_unsafe, "Since Monday 1 March 2027, 10 am the way to the mail server is not safe"),
    (mail_away, "The mail server cannot be reached since Monday 1 March 2027, 10 am."),
    (job_fails, "A job of the scheduler has failed since Monday 1 March 2027, 10 am: invite (RuntimeError)."),
    (behind_a_proxy, "Pages are asked for through a proxy, and PYRAMID_PROXIES is 0"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "sentence"), STOPS, ids=[state.__name__ for state, _ in STOPS])
def test_what_stops_families_is_red_and_the_desk_says_the_same(here, browser, sam, state, sentence):
    state(here)
    status, lines = ask(browser, here)
    assert status == 503
    assert lines[0] == "not ok"
    assert any(line.startswith(f"stops families: {sentence}") for line in lines[1:]), lines
    if state is not no_front_end:  # where it is gone there is no desk either
        desk = browser.sign_in(sam, staff=True).get("/desk", headers=here.headers).text
        assert all_said(lines, desk)
        assert "Something is not running, and families will notice" in desk


def test_what_the_mail_server_said_is_for_officers_only(here, browser, sam):
    mail_refuses_us(here)
    assert "sender not authorised" not in str(ask(browser, here))
    assert "sender not authorised" in browser.sign_in(sam, staff=True).get("/desk").text


def unchained(here):
    with here.act() as work:
        work.record("tested", "test:1")
    here.wait(6)
    run_once(here.settings, here.database, here.post.office, ["look around"])


def disk_tight(here):
    here.monkeypatch.setattr(base_findings, "TIGHT", 2**60)
    here.look_around()


def just_failed(here):
    def fails():
        raise RuntimeError

    Runner(here.database.writing).run_one(Job("invite", 20, fails))
    here.look_around()


def just_away(here):
    with here.act() as work:
        work.post(Draft("outcome", "Buses", "Hello.", address="amina@example.org"), key="letter")
    nobody = Smtp(f"smtp://127.0.0.1:{free_port()}", seconds=5)
    send_due(here.database.writing, office(here.settings, nobody))
    here.look_around()


@pytest.mark.parametrize("state", [unchained, disk_tight, just_failed, just_away])
def test_what_can_wait_is_a_warning(here, browser, sam, state):
    state(here)
    status, lines = ask(browser, here)
    assert status == 200
    assert lines[0] == "ok, with warnings"
    assert all(line.startswith("warning: ") for line in lines[1:])
    desk = browser.sign_in(sam, staff=True).get("/desk").text
    assert all_said(lines, desk)


def test_a_job_that_works_again_is_no_finding_any_more(here, browser):
    job_fails(here)
    Runner(here.database.writing).run_one(Job("invite", 20, lambda: 0))
    here.wait(1)
    Runner(here.database.writing).run_one(Job("invite", 20, lambda: 0))
    assert ask(browser, here) == (200, ["ok"])


def test_a_database_one_step_behind(real_database, settings, clock):
    with working(real_database, TESTS) as work:
        the_area(work)
    app = create_app(settings, real_database)
    assert b"not run yet" in app.test_client().get("/healthz").data
    real_database.close()
    command.downgrade(alembic_config(real_database.url), "-1")
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert "The database is older or newer than this program: run pyramid-app db upgrade." in answer.text


def test_a_database_that_does_not_answer(settings, clock):
    gone = Database("postgresql://nobody@127.0.0.1:1/nothing")
    answer = create_app(settings, gone).test_client().get("/healthz")
    gone.close()
    assert (answer.status_code, answer.text) == (503, "not ok\nstops families: The database does not answer.\n")


@pytest.mark.parametrize(
    ("budget", "says"),
    [
        (WRONG_OF_ALL, "Very many wrong codes have been typed"),
        (ASKED_BY_ALL, "Very many codes have been asked for"),
        (guesses(5), "Somebody may be guessing the code of one person"),
    ],
)
def test_the_desk_hears_that_somebody_guesses_codes_or_asks_for_very_many(here, browser, budget, says):
    here.look_around()
    with here.act() as work:
        for _ in range(budget.at_most):
            spend(work.session, budget, EVERYBODY, work.now)
    assert ask(browser, here) == (200, ["ok"])
    with here.act() as work:
        spend(work.session, budget, EVERYBODY, work.now)
    (status, lines) = ask(browser, here)
    assert (status, lines[0]) == (200, "ok, with warnings")
    assert says in lines[1]


def test_only_what_a_mail_server_refused_counts_as_refused(here, browser, sam):
    reasons = ["550 no such mailbox", "bounced", *Unsent]
    with here.act() as work:
        for number in range(len(reasons)):
            draft = Draft("desk", address=f"family{number}@example.org", subject="A letter", text="Words.")
            assert work.post(draft, key=f"letter-{number}")
        for letter, why in zip(work.session.exec(select(Letter)), reasons, strict=True):
            letter.refused_at, letter.refused = work.now, why
    desk = browser.sign_in(sam, staff=True).get("/desk").text
    assert "Letters refused in the last week: 2." in desk
