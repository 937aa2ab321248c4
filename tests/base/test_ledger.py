"""One scheduler leads; what jobs did is written down; a failing job stops nothing."""

from sqlmodel import select

from pyramid_app.base.ledger.leader import leading
from pyramid_app.base.ledger.models import JobRun
from pyramid_app.base.ledger.runs import Job, Runner


def test_only_one_leads_at_a_time_and_the_next_takes_over(real_database):
    with leading(real_database.url) as first:
        assert first
        with leading(real_database.url) as second:
            assert not second
    with leading(real_database.url) as third:
        assert third


def test_runs_and_failures_are_written_down(database, clock):
    runner = Runner(database.writing)
    assert runner.run(Job("counts", 60, lambda: 3)) == 3

    def fail() -> int:
        raise RuntimeError

    assert runner.run(Job("fails", 60, fail)) == 0
    with database.reading() as session:
        entries = {entry.job: entry for entry in session.exec(select(JobRun))}
    assert (entries["counts"].done, entries["counts"].failures) == (3, 0)
    assert (entries["fails"].failures, entries["fails"].error) == (1, "RuntimeError")


def test_a_quiet_job_writes_one_heartbeat_a_minute(database, clock):
    runner = Runner(database.writing)
    for _ in range(5):
        runner.run(Job("quiet", 2, lambda: 0))
    with database.reading() as session:
        assert len(session.exec(select(JobRun)).all()) == 1
