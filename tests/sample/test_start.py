"""A real area begins with nothing of the sample in it; the sample area tells a whole year."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlmodel import col, func, select

from pyramid_app.accounts.models import Person
from pyramid_app.area.queries import settings_of
from pyramid_app.base import clock as the_clock
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.db import Database
from pyramid_app.base.outbox.models import Letter
from pyramid_app.charter.models import Edition
from pyramid_app.cli import main
from pyramid_app.feedback.models import Voice
from pyramid_app.outcomes.queries import told_rate
from pyramid_app.polls.models import Poll
from pyramid_app.polls.results.models import PollResult
from pyramid_app.sample.demo import prepare
from pyramid_app.sample.questions import soon
from pyramid_app.topics.models import Topic

ANSWERS = [
    "--name", "Testborough", "--host", "the partnership", "--sender", "a@example.org", "--reply-to", "b@example.org",
    "--lead-name", "Lea", "--lead-address", "Lea@example.org",
]  # fmt: skip


@pytest.fixture
def real_area(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'area' / 'pyramid.db'}"
    monkeypatch.setenv("PYRAMID_DATABASE", url)
    return url


def test_setup_starts_a_real_area_with_nothing_of_the_sample(real_area):
    done = CliRunner().invoke(main, ["setup", *ANSWERS])
    assert done.exit_code == 0, done.output
    assert "Lea can sign in" in done.output
    with Database(real_area).reading() as session:
        assert [person.name for person in session.exec(select(Person))] == ["Lea"]
        for table in (Edition, Topic, Voice, Poll, Letter):
            assert session.exec(select(table)).all() == []
        area = settings_of(session, the_clock.now())
    assert (area.name, area.sample) == ("Testborough", False)


def test_setup_refuses_a_second_area_in_one_sentence(real_area):
    CliRunner().invoke(main, ["setup", *ANSWERS])
    again = CliRunner().invoke(main, ["setup", *ANSWERS])
    assert again.exit_code == 2
    assert "already holds an area" in again.output
    assert "Traceback" not in again.output


@pytest.mark.parametrize(
    ("seeded", "closes"),
    [
        ((2027, 3, 1, 10, 0), (2027, 3, 1, 10, 20)),
        ((2027, 3, 1, 23, 50), (2027, 3, 2, 4, 0)),
        ((2027, 7, 1, 2, 50), (2027, 7, 1, 3, 10)),
    ],
)
def test_the_sample_poll_closes_soon_but_never_at_night(seeded, closes):
    """Given and expected in UTC; in July London is an hour ahead."""
    assert soon(datetime(*seeded, tzinfo=UTC)) == datetime(*closes, tzinfo=UTC)


def test_the_sample_tells_a_year_in_which_some_were_told_and_some_not(tmp_path):
    settings = prepare(tmp_path / "demo", 8000, fresh=True)
    now = the_clock.now()
    database = Database(settings.database)
    with database.reading() as session:
        assert settings_of(session, now).sample
        assert session.exec(select(func.count()).where(col(Poll.counted_at).is_not(None))).one() == 1
        assert session.exec(select(func.sum(PollResult.answered))).one() > 30
        assert session.exec(select(Poll.closes_at).where(col(Poll.counted_at).is_(None))).one() > now
        rate = told_rate(session, now).number
        assert rate is not None
        assert 0 < rate < 100
        entries = session.exec(select(AuditEntry.at).order_by(AuditEntry.at)).all()
        assert (now - entries[0]).days > 365
    database.close()
