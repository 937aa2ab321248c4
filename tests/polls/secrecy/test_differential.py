"""Two worlds that differ in nothing but the answers give the same bytes to everybody until the close.

Pages and files as every role, letters and texts, log lines, the ledger, the audit log, every row of the database. The
random draws are the same in both; what libsodium draws (keys and envelopes) is compared by its length.
"""

import io
import re
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import structlog

from pyramid_app.app import create_app, office
from pyramid_app.base import logs
from pyramid_app.base.work import working
from pyramid_app.polls.answering.service import answer_signed_in
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.queries import paper_of
from pyramid_app.scheduler import run_once
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.conftest import START
from tests.polls.builders import CAME, EVERY_KIND, a_poll
from tests.polls.conftest import TEAM
from tests.support.browser import Browser
from tests.support.databases import pinned
from tests.support.post import Bag, Post
from tests.support.worlds import every_row, same_luck

FAMILIES = 12
"""So many that after the count there are numbers."""

OPENED_ELSEWHERE = {"token", "filename", "letter", "period_id", "name"}
"""Parts of an address that only their owner, or nobody, can fill in."""


@dataclass
class World:
    """Everything that left it, in order: where it could be seen, and what it was."""

    app: Any
    database: Any
    post: Post
    settings: Any
    number: int
    seen: list[tuple[object, ...]] = field(default_factory=list)

    def act(self):
        return working(self.database, TEAM)

    def jobs(self):
        run_once(self.settings, self.database, self.post.office)
        self.post.deliver()


@pytest.fixture
def told(monkeypatch):
    """What the product logs, as it logs in production."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    logs.configure()
    yield said
    structlog.reset_defaults()


@pytest.fixture
def live(engine_url, settings, clock, tmp_path, told):
    """``live(number)``: the whole story until the close, in a world of its own; returns what was seen of it."""

    def one(number):
        clock.move_to(START)
        told.truncate(told.seek(0))
        mine = settings.model_copy(update={"keys": tmp_path / f"keys-{number}"})
        with same_luck(1), pinned(engine_url) as database:
            bag = Bag()
            app = create_app(mine, database)
            app.testing = True
            world = World(app, database, Post(database, office(mine, bag), bag), mine, number)
            ref = _story(world, clock)
            world.seen += [("log", re.sub(r'"ms": \d+', '"ms"', line)) for line in told.getvalue().splitlines()]
            before = list(world.seen)
            world.jobs()
            _read(world, {"visitor": Browser(app)}, ref, "poll")
            return before, world.seen[len(before) :]

    return one


def _story(world, clock):
    with world.act() as work:
        the_area(work)
        families = [a_member(work, f"family{n}@example.org") for n in range(FAMILIES)]
        waits = a_member(work, "waits@example.org", name="Waits")
        sam, lee = an_officer(work), an_officer(work, "Lee", "lee@council.example.org", lead=True)
        poll = a_poll(work, world.settings.keys, questions=EVERY_KIND, facts=("age",))
        paper = paper_of(work.session, poll)
        # Later than the poll: representatives of today would have been asked to look at its wording.
        rep = a_member(work, "rep@example.org", "group", name="Rep")
    world.jobs()
    doors = [_by_page, _by_link, _as_stranger, *[_at_once] * (FAMILIES - 3)]
    for number, (family, door) in enumerate(zip(families, doors, strict=True)):
        clock.shift(timedelta(minutes=7))
        door(world, poll, family, _boxes(paper, number, world.number))
    readers = [("visitor", None), ("waits", waits), ("answered", families[0]), ("rep", rep), ("officer", sam),
               ("lead", lee)]  # fmt: skip
    # Late enough for the reminder to those who have not answered.
    clock.move_to(poll.opens_at + (poll.closes_at - poll.opens_at) * 3 / 4)
    world.jobs()
    for at, about in ((poll.closes_at - timedelta(seconds=1), ""), (poll.closes_at, "poll")):
        clock.move_to(at)
        signed = {who: _sign_in(world, who, person) for who, person in readers}
        _read(world, signed, poll.ref, about)
    world.seen += [("letter", vars(parcel)) for parcel in world.post.letters]
    world.seen += [("row", table, _plain(row)) for table, rows in every_row(world.database).items() for row in rows]
    return poll.ref


def _sign_in(world, who, person):
    browser = Browser(world.app)
    return browser.sign_in(person, staff=who in {"officer", "lead"}) if person else browser


def _read(world, signed, ref, about):
    """Every page that the product has, as each of them; ``about`` is a part of the addresses."""
    for who, browser in signed.items():
        for path in (path for path in _paths(world.app, ref) if about in path):
            answer = browser.client.get(path)
            world.seen.append((who, path, answer.status_code, sorted(answer.headers), answer.data))


def _paths(app, ref):
    """Every address that the product answers, with this poll (or nothing, where there is none of that name) in it."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "GET" in (rule.methods or ()) and not OPENED_ELSEWHERE & rule.arguments:
            path = re.sub(r"<int:[^>]*>", "1", str(rule).replace("<ref>", ref).replace("<kind>", "single"))
            for kind in ("csv", "xlsx", "json") if "<any" in path else ("",):
                yield re.sub(r"<any[^>]*>", kind, path)


def _boxes(paper, family, world):
    """Other answers in the other world: other options, other lengths, other things shared."""
    turn = (family < 7) + world
    sent: dict[str, list[str]] = {"q-share-age": ["5 to 10" if turn % 2 else ""]}
    for question in paper.questions:
        name, options = f"q-{question.id.hex}", [option.id.hex for option in paper.options[question.id]]
        if question.kind is QuestionKind.RANKING:
            sent |= {f"{name}-{one}": [str((place + turn) % 3 + 1)] for place, one in enumerate(options)}
        elif question.kind is QuestionKind.STATEMENTS:
            sent |= {f"{name}-{one}": ["agree" if turn % 2 else "disagree"] for one in options}
        elif question.kind is QuestionKind.TEXT:
            sent |= {name: ["words " * 40], f"{name}-tell": ["tell me"]} if turn % 2 else {name: [""]}
        else:
            sent[name] = [options[turn % len(options)]]
    return sent


def _by_page(world, poll, family, boxes):
    Browser(world.app).sign_in(family).get(f"/polls/{poll.ref}/paper").press("Go on", **boxes).press("Send my answer")


def _by_link(world, poll, family, boxes):
    link = world.post.link_to("family1@example.org", "p")
    browser = Browser(world.app).get(link)
    browser.press("Open the question").press("Go on", **boxes).press("Send my answer")
    assert "Your answer is in" in browser.text


def _at_once(world, poll, family, boxes):
    """What stands behind the first door, without its pages."""
    with working(world.database, acting_as(family)) as work:
        answer_signed_in(work, poll.id, {name.removeprefix("q-"): said for name, said in boxes.items()}, CAME)


def _as_stranger(world, poll, family, boxes):
    browser = Browser(world.app).get(f"/q/{poll.ref}").press("Go on", **boxes)
    browser.press("Send me a code", cares="y", first="y", address="family2@example.org")
    world.post.deliver()
    browser.press("Send my answer", code=world.post.code_to("family2@example.org"))
    assert "Your answer is in" in browser.text


def _plain(row):
    """Without what libsodium drew."""
    drawn = {"sealed", "public"}
    return {key: len(one) if key in drawn and isinstance(one, bytes) else one for key, one in row.items()}


def test_nothing_that_depends_on_an_answer_is_seen_before_the_close(live):
    one, one_counted = live(0)
    other, other_counted = live(1)
    assert len(one) == len(other) > 500
    for left, right in zip(one, other, strict=True):
        assert left == right, left[:3]
    # The same comparison does see answers, once they are counted.
    assert one_counted != other_counted
