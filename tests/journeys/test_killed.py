"""Web and scheduler as real processes, killed without warning: nothing acknowledged is lost, nothing is doubled."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr
from sqlmodel import select

from pyramid_app.app import office
from pyramid_app.ballots.models import Envelope
from pyramid_app.base.actor import system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import working
from pyramid_app.polls.answering.passes import Pass, write_pass
from pyramid_app.scheduler import run_once
from tests.builders import a_member, the_area
from tests.polls.builders import a_poll, chosen, from_today
from tests.support.databases import migrate, sqlite_url
from tests.support.mailbox import mailbox
from tests.support.phone import AWAY, Phone
from tests.support.ports import free_port
from tests.support.processes import Process

pytestmark = pytest.mark.journey

FAMILIES = 30
KILLS = 3


@pytest.fixture
def mail():
    with mailbox() as one:
        yield one


@pytest.fixture
def settings(tmp_path, mail):
    return Settings(
        secret=SecretStr("a secret for journeys only"),
        address=f"http://127.0.0.1:{free_port()}",
        mail=f"smtp://127.0.0.1:{mail.port}",
        keys=tmp_path / "keys",
        files=tmp_path / "files",
        database=sqlite_url(tmp_path),
    )


@pytest.fixture
def database(settings):
    migrate(settings.database)
    one = Database(settings.database)
    with working(one, system("tests")) as work:
        the_area(work)
        for number in range(FAMILIES):
            a_member(work, f"family{number}@example.org", name=f"Family {number}")
    yield one
    one.close()


def test_a_killed_scheduler_sends_every_letter_and_doubles_at_most_the_one_in_hand(settings, database, mail):
    with working(database, system("tests")) as work:
        a_poll(work, settings.keys, **from_today(work))
    run_once(settings, database, office(settings), ["invite"])
    scheduler = Process(settings, "scheduler")
    for kill in range(1, KILLS + 1):
        mail.wait_for(lambda mails, kill=kill: len(mails) >= kill * FAMILIES // (KILLS + 1))
        scheduler.kill()
        scheduler.start()
    wanted = {f"family{number}@example.org" for number in range(FAMILIES)}
    mail.wait_for(lambda mails: {m["To"] for m in mails} >= wanted)
    scheduler.kill()
    copies = Counter(m["To"] for m in mail.mails)
    assert sum(copies.values()) <= FAMILIES + KILLS + 1
    assert all(len({m["Message-ID"] for m in mail.to(address)}) == 1 for address in wanted)
    with database.reading() as session:
        assert len(session.exec(select(Letter)).all()) == FAMILIES


def test_a_killed_web_server_keeps_every_vote_it_said_thank_you_for(settings, database):
    with working(database, system("tests")) as work:
        poll = a_poll(work, settings.keys, **from_today(work))
        answers = {f"q-{question}": picks for question, picks in chosen(work, poll, 0).items()}
    run_once(settings, database, office(settings), ["invite"])
    passes = _passes(settings, database, poll)
    server = Process(settings, "serve", "--port", settings.address.rpartition(":")[2])
    thanked: list[str] = []
    enough = threading.Semaphore(0)

    def family(address, link):
        while address not in thanked:
            try:
                if "Your answer is in" in Phone(settings.address).answer(link, answers):
                    thanked.append(address)
                    enough.release()
            except AWAY:
                server.running.poll()

    with ThreadPoolExecutor(6) as families:
        for address, link in passes.items():
            families.submit(family, address, link)
        for _ in range(KILLS):
            for _ in range(FAMILIES // (KILLS + 1)):
                assert enough.acquire(timeout=60)
            server.kill()
            server.start()
    server.kill()
    assert sorted(thanked) == sorted(passes)
    with database.reading() as session:
        assert len(session.exec(select(Envelope)).all()) == FAMILIES


def _passes(settings, database, poll):
    with database.reading() as session:
        people = session.exec(select(Letter.person_id)).all()
    secret = settings.secret.get_secret_value()
    return {str(person): f"/p/{write_pass(secret, Pass(poll.ballot_id, person, 0))}" for person in people}
