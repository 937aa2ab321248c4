"""Counting a hundred thousand envelopes while families read and answer: progress, waits, memory, the right result."""

import threading
import time
from dataclasses import dataclass
from statistics import median

from pyramid_app.app import create_app
from pyramid_app.base.ledger.progress import percent_done
from pyramid_app.polls.progress import adding_up
from tests.drill.conftest import a_busy_evening, serving
from tests.drill.town import a_full_box, holds
from tests.support.loads import share, told
from tests.support.statements import counting

FEW, SOME, MANY = 100, 10_000, 100_000
QUIET_SECONDS = 30
STEPS = 5
"""So often, at the least, an officer who waits sees the count grow."""

LONGER = 4
"""p50 and p95 of a page, and of a cast, are at most so many times what they are without a count."""

LONGEST = 15
"""No wait at all is longer than so many times the p95 without a count: no act holds the database for long."""

MORE_MEMORY = 40_000
"""kB for 90,000 envelopes more: some hundred bytes for each place at which somebody wrote own words, and nothing for
what is in the envelopes, of which there are 500 MB."""


@dataclass
class Seen:
    """One count from outside: seconds, the most memory in kB, the percentages that the ledger showed."""

    seconds: float
    memory: int
    steps: list[int]


def test_a_hundred_thousand_envelopes(stage, capsys):
    boxes, counts = {}, {}
    for number in (FEW, SOME):
        boxes[number] = a_full_box(stage.database, stage.settings, number, f"A box of {number}")
        counts[number] = count(stage, boxes[number])
    boxes[MANY] = a_full_box(stage.database, stage.settings, MANY, f"A box of {MANY}")
    with serving(stage):
        paths = ("/", "/polls", f"/polls/{stage.asked.ref}", f"/polls/{boxes[MANY].poll.ref}", "/topics")
        with a_busy_evening(stage, *paths) as quiet:
            threading.Event().wait(QUIET_SECONDS)
        with a_busy_evening(stage, *paths) as busy:
            counts[MANY] = count(stage, boxes[MANY])
    pages = {number: result_page(stage, boxes[number]) for number in (FEW, MANY)}
    with capsys.disabled():
        print(f"\n{stage.database.engine.dialect.name}")
        for what in ("page", "cast"):
            print(f"  {what}: without a count {told(quiet[what])}; while it counts {told(busy[what])}")
        for number, seen in counts.items():
            print(f"  {number} envelopes: {seen.seconds:.0f} s, {seen.memory // 1000} MB, steps {seen.steps}")
        for number, (statements, seconds) in pages.items():
            print(f"  result page of {number}: {statements} statements, {seconds * 1000:.1f} ms")
    for number, box in boxes.items():
        holds(stage.database, box, number)
    stays_usable(quiet, busy)
    assert len(counts[MANY].steps) >= STEPS
    assert counts[MANY].memory - counts[SOME].memory < MORE_MEMORY
    assert pages[MANY][0] == pages[FEW][0]
    assert pages[MANY][1] < 2 * pages[FEW][1]


def count(stage, box):
    """The scheduler's job in a process of its own, watched until it ends."""
    began, memory, steps = time.monotonic(), 0, set()
    process = stage.run("jobs", "run", "count")
    while not process.has_ended(0.1):
        memory = max(memory, process.peak_memory())
        with stage.database.reading() as session:
            steps.add(percent_done(session, adding_up(box.poll.id)))
    assert process.running.returncode == 0, stage.said()[-2000:]
    return Seen(time.monotonic() - began, memory, sorted(steps - {None}))


def stays_usable(quiet, busy):
    for what in ("page", "cast"):
        for percent in (50, 95):
            ratio = share(busy[what], percent) / share(quiet[what], percent)
            assert ratio < LONGER, f"p{percent} of a {what} is {ratio:.1f} times as long while it counts"
        ratio = max(busy[what]) / share(quiet[what], 95)
        assert ratio < LONGEST, f"one {what} took {ratio:.1f} times the usual p95 while it counts"


def result_page(stage, box, times=30):
    """Statements and seconds (the median) of the page that shows the result."""
    client = create_app(stage.settings, stage.database).test_client()
    waits = []
    with counting() as spoken:
        for _ in range(times):
            began = time.perf_counter()
            assert client.get(f"/polls/{box.poll.ref}/results").status_code == 200
            waits.append(time.perf_counter() - began)
    return len(spoken) // times, median(waits)
