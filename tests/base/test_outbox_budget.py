"""At most two counted letters a month for one person; what is too many waits for one letter, and none is lost."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.area import service as area
from pyramid_app.base.actor import system
from pyramid_app.base.outbox import sender
from pyramid_app.base.outbox.answers import TryLater
from pyramid_app.base.outbox.carriers import Sender
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.monthly import fold_waiting
from pyramid_app.base.outbox.months import month_began_at, next_monthly_at
from pyramid_app.base.outbox.office import Office
from pyramid_app.base.outbox.post import Draft, take_back
from pyramid_app.base.outbox.rules import COUNTED, KINDS, MONTHLY, Caps, Stop, Turn, kind_of, turn_of
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.work import working
from pyramid_app.kit.texts import LONDON
from tests.builders import a_member, the_area
from tests.support.databases import pinned
from tests.support.lives import live
from tests.support.post import Bag

CAPS = Caps(2, 1)
START = datetime(2027, 3, 1, 10, tzinfo=UTC)
HERS = "amina@example.org"


def london(*when):
    return datetime(*when, tzinfo=LONDON)


# The rules -----------------------------------------------------------------------------------------------------------


def test_what_design_says_is_counted():
    said = {"poll invitation", "poll reminder", "poll result", "notice", "verdict"}
    assert said <= set(COUNTED)
    assert not {"code", "first answer", "outcome", "late"} & set(COUNTED)
    assert [name for name in COUNTED if kind_of(name).too_many is Turn.GOES] == ["poll invitation"]
    assert [name for name in COUNTED if kind_of(name).too_many is Turn.DROPPED] == ["poll reminder"]


@given(st.sampled_from(sorted(KINDS)), st.lists(st.sampled_from(COUNTED), max_size=5))
def test_one_too_many_waits_or_is_dropped_and_what_does_not_count_goes(name, before):
    full = len(before) >= 2 or (name == "notice" and "notice" in before)
    expected = kind_of(name).too_many if name in COUNTED and full else Turn.GOES
    assert turn_of(name, before, CAPS) is expected


def test_a_kind_nobody_thought_about_is_no_letter(act):
    with pytest.raises(ValueError, match="no kind of letter"), act() as work:
        work.post(Draft("news", address="a@example.org"), key="x")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (london(2027, 3, 10), london(2027, 4, 1, 9)),
        (london(2027, 4, 1, 8, 59), london(2027, 4, 1, 9)),
        (london(2027, 4, 1, 9), london(2027, 5, 4, 9)),  # 1 May is a Saturday, the Monday a bank holiday
        (london(2027, 12, 31, 23), london(2028, 1, 4, 9)),  # New Year's Day is a Saturday, made up for on Monday
    ],
)
def test_the_monthly_letter_goes_on_the_first_working_day_at_nine_in_london(now, then):
    assert next_monthly_at(now) == then


@given(st.integers(0, 4 * 365 * 24 * 60))
def test_there_is_always_one_within_six_weeks(minutes):
    now = START + timedelta(minutes=minutes)
    then = next_monthly_at(now)
    assert now < then <= now + timedelta(days=40)
    assert next_monthly_at(then - timedelta(seconds=1)) == then
    assert month_began_at(now) <= now


# With a real outbox --------------------------------------------------------------------------------------------------


@pytest.fixture
def amina(act):
    with act() as work:
        the_area(work)
        return a_member(work)


@pytest.fixture
def write(act, amina):
    numbers = iter(range(1000))

    def one(kind, **facts):
        number = next(numbers)
        values = {"subject": f"{kind} {number}", "one_line": f"About {kind} {number}.", "text": f"Words {number}.\n"}
        with act() as work:
            work.post(Draft(kind, **{**values, "person_id": amina.id, **facts}), key=f"letter:{number}")

    return one


@pytest.fixture
def subjects(post):
    def left():
        post.deliver()
        found, post.bag.parcels[:] = [parcel.words.subject for parcel in post.letters], []
        return found

    return left


def rows(database):
    with database.reading() as session:
        return {letter.key: letter for letter in session.exec(select(Letter).order_by(Letter.posted_at, Letter.id))}


def test_a_third_waits_a_reminder_is_dropped_and_an_invitation_goes(write, subjects, database):
    for kind in ("poll result", "verdict", "poll result", "poll reminder", "poll invitation", "outcome", "late"):
        write(kind)
    assert subjects() == ["poll result 0", "verdict 1", "poll invitation 4", "outcome 5", "late 6"]
    third, reminder = rows(database)["letter:2"], rows(database)["letter:3"]
    assert third.monthly_at == london(2027, 4, 1, 9)
    assert reminder.refused == "no more letters this month"


def test_the_rest_comes_in_one_letter(write, post, subjects, run_jobs, clock):
    for kind in ("poll result", "verdict"):
        write(kind)
    write("poll result", link="http://localhost/polls/bus/results")
    write("verdict", one_line="Did it help? http://localhost/v/x", link="http://localhost/v/x")
    assert len(subjects()) == 2
    clock.move_to(london(2027, 4, 1, 8, 59))
    run_jobs("monthly letter")
    assert subjects() == []
    clock.move_to(london(2027, 4, 1, 9))
    assert run_jobs("monthly letter") == 1
    assert run_jobs("monthly letter") == 0
    post.deliver()
    (letter,) = post.letters
    assert letter.words.subject == "Your letter of Thursday 1 April"
    assert letter.words.one_line == "2 things for you to read."
    assert letter.words.text.startswith(
        "Hello.\n\nWe send you no more than 2 letters a month. The rest waits for this letter:\n\n"
        "1. poll result 2\n2. verdict 3\n"
    )
    after = letter.words.text.partition("---")[2]
    assert "1. About poll result 2.\nhttp://localhost/polls/bus/results\n\nWords 2.\n" in after
    assert "2. Did it help? http://localhost/v/x\n\nWords 3.\n" in after, "no address stands there twice"
    assert letter.words.text.rstrip().splitlines()[-2] == "Stop these letters with one click:"


def test_the_monthly_letter_takes_no_place_of_the_new_month(write, subjects, run_jobs, clock):
    for kind in ("verdict", "verdict", "verdict"):
        write(kind)
    subjects()
    clock.move_to(london(2027, 4, 1, 9))
    run_jobs("monthly letter")
    write("poll result")
    write("poll result")
    assert subjects() == ["Your letter of Thursday 1 April", "poll result 3", "poll result 4"]


def test_a_month_is_a_month_in_london(write, subjects, clock):
    clock.move_to(datetime(2027, 6, 30, 22, 30, tzinfo=UTC))
    write("verdict")
    write("verdict")
    assert subjects() == ["verdict 0", "verdict 1"]
    clock.move_to(datetime(2027, 6, 30, 23, 30, tzinfo=UTC))
    write("verdict")
    assert subjects() == ["verdict 2"], "it is July in London"


def test_a_second_notice_waits_though_there_is_room(write, subjects, database):
    write("notice")
    write("notice")
    write("verdict")
    write("verdict")
    assert subjects() == ["notice 0", "verdict 2"]
    assert rows(database)["letter:1"].monthly_at
    assert rows(database)["letter:3"].monthly_at


def test_an_area_may_write_more_often(act, write, subjects):
    with act() as work:
        area.change_settings(work, {"letters_a_month": 3}, "families asked for it")
    for _ in range(4):
        write("verdict")
    assert subjects() == ["verdict 0", "verdict 1", "verdict 2"]


def test_what_is_of_no_use_any_more_is_not_folded(write, subjects, database, run_jobs, clock):
    for _ in range(3):
        write("verdict")
    write("verdict", expires_at=datetime(2027, 3, 20, tzinfo=UTC))
    subjects()
    clock.move_to(london(2027, 4, 1, 9))
    run_jobs()
    assert rows(database)["letter:3"].refused == "too late to be of use"
    assert "verdict 3" not in str(rows(database)["letter:2"].text)


def test_what_is_stopped_meanwhile_is_left_out(act, amina, write, post, run_jobs, clock, database):
    for kind in ("verdict", "verdict", "verdict", "notice"):
        write(kind)
    post.deliver()
    with act() as work:
        accounts.wish(work, amina.id, notices=False)
    clock.move_to(london(2027, 4, 1, 9))
    run_jobs("monthly letter")
    post.deliver()
    assert "1. verdict 2" in post.last_to(HERS).words.text
    assert "notice" not in post.last_to(HERS).words.text
    assert rows(database)["letter:3"].refused == "no longer wanted"


def test_nothing_left_to_say_is_no_letter(act, amina, write, post, run_jobs, clock, database):
    for _ in range(3):
        write("verdict")
    post.deliver()
    with act() as work:
        accounts.wish(work, amina.id, answers=False)
    clock.move_to(london(2027, 4, 1, 9))
    run_jobs("monthly letter")
    assert post.deliver() == 0
    assert [one.refused for one in rows(database).values() if one.kind == MONTHLY] == ["no longer needed"]


def test_one_that_waits_can_be_taken_back(act, write, subjects):
    for _ in range(3):
        write("verdict")
    subjects()
    with act() as work:
        assert take_back(work.session, "letter:2")


def test_a_letter_that_the_server_puts_off_keeps_its_place(write, subjects, post, clock, monkeypatch):
    write("verdict")

    def busy(_parcel):
        raise TryLater

    with monkeypatch.context() as patch:
        patch.setattr(post.bag, "parcels", type("Busy", (), {"append": staticmethod(busy)})())
        post.deliver()
    write("verdict")
    write("verdict")
    assert subjects() == ["verdict 1"], "the first one holds its place while it waits for the server"
    clock.shift(timedelta(minutes=2))
    assert subjects() == ["verdict 0"]


def test_secrets_are_made_when_the_monthly_letter_leaves(settings, act, amina, database, clock):
    """A letter with a maker that waits: its secret is in no row, and in the letter that leaves."""
    bag = Bag()
    office = plain_office(bag, {"verdict": lambda *_: Words("Did it help?", "", "secret-token\n")})
    with act() as work:
        for number in range(3):
            work.post(Draft("verdict", person_id=amina.id, maker="verdict"), key=f"v:{number}")
    sender.send_due(database.writing, office)
    clock.move_to(london(2027, 4, 1, 9))
    fold_waiting(database.writing)
    bag.parcels.clear()
    assert sender.send_due(database.writing, office) == 1
    assert "secret-token" in bag.parcels[0].words.text
    assert not [one for one in rows(database).values() if "secret-token" in one.text]


# Random letters over random days, killed anywhere -----------------------------------------------------------------


class Killed(BaseException):
    """The process is gone: nothing catches it."""


def plain_office(bag, makers=None, wants=lambda *_: True):
    return Office(
        carrier=bag,
        find_address=lambda *_: ("email", HERS),
        makers=makers or {},
        sender=lambda *_: Sender("n", "a@example.org", "b@example.org"),
        domain="localhost",
        caps=lambda *_: CAPS,
        wants=wants,
        stop_link=lambda *_: "http://localhost/stop/x",
        ring=lambda *_: None,
    )


KIND = st.sampled_from([*COUNTED, "poll result", "verdict", "outcome", "first answer"])


class Months(RuleBasedStateMachine):
    """One person's letters, a mail server that is sometimes away, and a scheduler that is sometimes killed."""

    url = ""

    def __init__(self):
        super().__init__()
        self.place = pinned(self.url)
        self.database = self.place.__enter__()
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        self.bag, self.written, self.unwanted = Bag(), {}, set()
        self.office = plain_office(self.bag, wants=lambda _session, _person, stop: stop not in self.unwanted)

    def teardown(self):
        try:
            self.settle()
            self.nothing_is_lost()
        finally:
            self.travel.stop()
            self.place.__exit__(None, None, None)

    @initialize()
    def begin(self):
        with working(self.database, system("tests")) as work:
            the_area(work)
            self.person = a_member(work, HERS)

    @rule(letters=st.lists(st.tuples(KIND, st.none() | st.integers(1, 40)), min_size=1, max_size=5), sent=st.booleans())
    def write(self, letters, sent):
        with working(self.database, system("tests")) as work:
            for number, (kind, days) in enumerate(letters, start=len(self.written)):
                expires = work.now + timedelta(days=days) if days else None
                draft = Draft(kind, f"<{number}>", f"[{number}]\n", person_id=self.person.id, expires_at=expires)
                work.post(draft, key=f"{number}")
                self.written[number] = kind
        if sent:
            self.send()

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours):
        self.clock.shift(timedelta(hours=hours))
        self.send()
        self.fold()

    def send(self):
        sender.send_due(self.database.writing, self.office)

    def fold(self):
        fold_waiting(self.database.writing)

    @rule()
    def the_server_is_away(self):
        def busy(_parcel):
            raise TryLater

        self.office = plain_office(Away(busy), wants=self.office.wants)
        self.send()
        self.office = plain_office(self.bag, wants=self.office.wants)

    @rule(before=st.booleans())
    def killed_while_sending(self, before):
        """Before the server had it, or after its yes and before it was noted."""
        whole, note = self.bag.parcels, sender.note_sent

        def die(*_):
            raise Killed

        try:
            if before:
                self.office = plain_office(Away(die), wants=self.office.wants)
            else:
                sender.note_sent = die
            sender.send_due(self.database.writing, self.office)
        except Killed:
            if not before:
                whole.pop()  # it is sent again under the same Message-ID: a reader sees it once
        finally:
            sender.note_sent = note
            self.office = plain_office(self.bag, wants=self.office.wants)

    @rule(stop=st.sampled_from(Stop))
    def a_changed_mind(self, stop):
        self.unwanted ^= {stop}

    def letters(self):
        with self.database.reading() as session:
            return session.exec(select(Letter).where(Letter.person_id == self.person.id)).all()

    def settle(self):
        """Until nothing waits any more."""
        for _ in range(4):
            self.send()
            self.clock.shift(timedelta(days=32))
            self.fold()
        self.send()

    @invariant()
    def never_more_than_two_a_month_apart_from_invitations(self):
        months, notices = Counter(), Counter()
        left = [one for one in self.letters() if one.sent_at and one.kind in COUNTED and not one.folded_into_id]
        for one in sorted(left, key=lambda one: (one.sent_at, one.posted_at, one.id)):
            month = month_began_at(one.sent_at)
            assert one.kind == "poll invitation" or months[month] < 2
            assert one.kind != "notice" or not notices[month]
            months[month] += 1
            notices[month] += one.kind == "notice"

    @invariant()
    def each_at_most_once(self):
        said = "".join(parcel.words.text for parcel in self.bag.parcels)
        assert all(said.count(f"[{number}]") <= 1 for number in self.written)

    def nothing_is_lost(self):
        said, found = "".join(parcel.words.text for parcel in self.bag.parcels), self.letters()
        for letter in found:
            assert letter.sent_at or letter.refused_at, f"{letter.kind} waits for ever"
            if letter.kind == MONTHLY:
                continue
            assert (f"[{letter.key}]" in said) == bool(letter.sent_at), letter.refused
            reasons = {"too late to be of use", "no longer wanted"}
            if letter.kind == "poll reminder":
                reasons.add("no more letters this month")
            assert letter.sent_at or letter.refused in reasons
        assert len(found) >= len(self.written)


class Away(Bag):
    """A carrier that does not take it."""

    def __init__(self, carry):
        super().__init__()
        self.parcels = type("Never", (), {"append": staticmethod(carry)})()


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
@pytest.mark.lives
def test_months_of_letters(request, engine):
    machine = type("Here", (Months,), {"url": request.getfixturevalue(f"{engine}_bare")})
    live(machine, machine.url, lives=8, steps=12)
