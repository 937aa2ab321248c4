"""What jobs did is written down; a failing job stops nothing, waits before it is tried again and is said once."""

import sqlite3
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select
from structlog.testing import capture_logs

from pyramid_app.base.clock import now
from pyramid_app.base.ledger.models import JobRun
from pyramid_app.base.ledger.runs import Job, Runner


@pytest.fixture
def runner(database, clock):
    return Runner(database.writing)


def entries(database):
    with database.reading() as session:
        return {entry.job: entry for entry in session.exec(select(JobRun))}


def fails_with(failure):
    def run() -> int:
        raise failure

    return run


def test_runs_and_failures_are_written_down(runner, database):
    assert runner.run(Job("counts", 60, lambda: 3), Job("fails", 60, fails_with(RuntimeError()))) == 3
    found = entries(database)
    assert (found["counts"].done, found["counts"].failures) == (3, 0)
    assert (found["fails"].failures, found["fails"].error) == (1, "RuntimeError")


def test_a_job_that_works_again_in_the_same_minute_does_not_fail_any_more(runner, database):
    runner.run_one(Job("wavers", 2, fails_with(RuntimeError())))
    runner.run_one(Job("wavers", 2, lambda: 0))
    assert (entries(database)["wavers"].failures, entries(database)["wavers"].error) == (1, "")


def test_a_quiet_job_writes_one_heartbeat_a_minute(runner, database):
    for _ in range(5):
        runner.run_one(Job("quiet", 2, lambda: 0))
    assert len(entries(database)) == 1


def test_what_fails_waits_longer_each_time_and_a_minute_at_most(runner):
    job, waits = Job("fails", 2, fails_with(RuntimeError())), []
    for _ in range(8):
        began = runner.run_one(job)
        waits.append(began - now())
    assert [wait.seconds for wait in waits] == [2, 4, 8, 16, 32, 60, 60, 60]
    assert runner.run_one(Job("fails", 2, lambda: 0)) is None
    assert runner.run_one(job) - now() == timedelta(seconds=2), "it starts over"


def test_a_fault_is_said_once_and_its_end_once(runner, clock):
    with capture_logs() as said:
        for _ in range(50):
            runner.run_one(Job("fails", 2, fails_with(ValueError("canary"))))
            clock.shift(10)
        runner.run_one(Job("fails", 2, lambda: 0))
        runner.run_one(Job("fails", 2, lambda: 0))
    assert [line["event"] for line in said] == ["it fails", "it works again"]
    assert said[0]["what"] == "fails"
    assert (said[1]["failures"], said[1]["seconds"]) == (50, 500)


def test_another_fault_of_the_same_job_is_said_too(runner):
    with capture_logs() as said:
        for failure in (ValueError(), KeyError(), ValueError()):
            runner.run_one(Job("fails", 2, fails_with(failure)))
    assert [type(line["exc_info"]).__name__ for line in said] == ["ValueError", "KeyError"]


def test_forty_jobs_whose_database_is_away_say_so_in_one_line(clock):
    def away():
        raise sa.exc.OperationalError("SELECT 1", {}, _full())

    runner = Runner(away)
    with capture_logs() as said:
        for _ in range(3):
            for number in range(40):
                assert runner.run_one(Job(f"job {number}", 2, lambda: 0)) is not None
    assert [(line["event"], line["what"]) for line in said] == [("it fails", "the database")]


def _full():
    failure = sqlite3.OperationalError("database or disk is full")
    failure.sqlite_errorname = "SQLITE_FULL"
    return failure
