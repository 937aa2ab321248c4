"""How fast letters leave: real invitations over one connection, beside a bare loop of ``smtplib`` to the same server.

The figures that may be compared are the ratio (the machine and the server are the same for both) and the time of the
processor for each letter, which says little about the network and much about us.
"""

import smtplib
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from sqlmodel import col, func, select

from pyramid_app.app import office
from pyramid_app.base.outbox.carriers import Smtp
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import send_due
from pyramid_app.base.work import working
from pyramid_app.scheduler import run_once
from tests.builders import a_member, the_area
from tests.drill.town import TEAM
from tests.polls.builders import a_poll, from_today
from tests.support.processes import ROOT

LETTERS, FAMILIES = 300, 70_000
AT_MOST_TIMES_SLOWER = 50

SERVER = """
import time
from tests.support.mail_server import MailServer, mail_server
with mail_server(MailServer()) as server:
    print(server.port, flush=True)
    time.sleep(3600)
"""


@contextmanager
def a_mail_server_of_its_own():
    """In a process of its own, as a real one is; its port."""
    running = subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield int(running.stdout.readline())
    finally:
        running.kill()
        running.communicate()


@pytest.fixture
def invited(real_database, settings, clock):
    """A poll, and an invitation for each of so many families."""
    with working(real_database, TEAM) as work:
        the_area(work)
        for number in range(LETTERS):
            a_member(work, f"family{number}@example.org")
        a_poll(work, settings.keys, **from_today(work))
    run_once(settings, real_database, office(settings), ["invite"])


def test_letters_a_second(real_database, settings, invited, capsys):
    with a_mail_server_of_its_own() as port:
        bare = _bare(port)
        worked = time.process_time()
        ours = _ours(real_database, office(settings, Smtp(f"smtp://127.0.0.1:{port}")))
        worked = (time.process_time() - worked) / LETTERS
    with capsys.disabled():
        print(
            f"\n{real_database.engine.dialect.name}: {ours:.0f} letters a second, {bare:.0f} by smtplib alone, "
            f"ratio {ours / bare:.3f}; {1000 * worked:.1f} ms of the processor for each; "
            f"{FAMILIES:,} letters take {FAMILIES / ours / 60:.0f} minutes"
        )
    assert bare / ours < AT_MOST_TIMES_SLOWER


def _bare(port):
    mail = ("Subject: A question for you\r\n\r\n" + "Hello. We have a question for you.\r\n" * 30).encode()
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(LETTERS):
            server.sendmail("pyramid@example.org", [f"family{number}@example.org"], mail)
    return LETTERS / (time.perf_counter() - begun)


def _ours(database, post):
    """As the scheduler does it, but that it does not rest between two runs."""
    sent, begun = 0, time.perf_counter()
    while some := send_due(database.writing, post):
        sent += some
    taken = time.perf_counter() - begun
    with database.reading() as session:
        left = session.exec(select(func.count()).where(col(Letter.sent_at).is_(None))).one()
    assert (sent, left) == (LETTERS, 0)
    return sent / taken
