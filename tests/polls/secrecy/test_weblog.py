"""Who has the web server's log as well as the whole database, but no key, does no better than chance.

The same attack finds everything where pages are not filled up, and addresses only signed.
"""

import hashlib
import hmac
from datetime import date, timedelta
from random import Random

import pytest
from nacl.exceptions import CryptoError

from pyramid_app.accounts import queries as people
from pyramid_app.app import create_app, office
from pyramid_app.base import sealed
from pyramid_app.base.web import sizes
from pyramid_app.base.work import Begin, working
from pyramid_app.polls.answering.passes import Pass, write_pass
from pyramid_app.polls.asking.drafts import OptionDraft, QuestionDraft
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.results.jobs import count_closed
from tests.builders import a_member, the_area
from tests.polls.builders import a_poll
from tests.polls.conftest import TEAM
from tests.support.dump import dump
from tests.support.post import Bag, Post
from tests.support.weblog import Reader, WebLog, read

LABELS = "No", "Now and then.", "Every day of the week."
"""Their lengths are 2, 13 and 22 letters: each makes a page of its own length."""

CHOICE = QuestionDraft("Is it late?", tuple(OptionDraft(one, "So it is.") for one in LABELS))
OWN = QuestionDraft("What else?", kind=QuestionKind.TEXT, at_most=1000)
LUCK = 3


class Town:
    """Families, a third by each door, each from a network address of her own; a proxy's log of it."""

    def __init__(self, settings, database, clock, families):
        self.settings, self.database, self.clock, self.families = settings, database, clock, families
        self.app = create_app(settings, database)
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.log = WebLog(self.app.wsgi_app)
        self.app.wsgi_app = self.log
        bag = Bag()
        self.post = Post(database, office(settings, bag), bag)
        self.said, self.person, self.doors = {}, {}, {}

    def ask(self, *questions):
        with working(self.database, TEAM) as work:
            the_area(work)
            known = [a_member(work, f"family{n:02}@example.org").id for n in range(self.families * 2 // 3)]
            self.poll = a_poll(work, self.settings.keys, questions=questions, decided_on=date(2028, 1, 1),
                               next_by=date(2028, 2, 1))  # fmt: skip
            paper = paper_of(work.session, self.poll)
        self.names = {q.id.hex: {option.name: option.id.hex for option in paper.options[q.id]} for q in paper.questions}
        self.known = known

    def all_answer(self, say):
        """In any order, some minutes apart; ``say`` is told a number, and says what to answer to each question."""
        self.clock.shift(timedelta(minutes=5))
        drawn = Random(7)
        doors = [self.signed_in, self.by_pass, self.as_a_stranger]
        for number in drawn.sample(range(self.families), self.families):
            door, address = number % 3, f"10.7.{number}.9"
            self.said[address] = say(number)
            self.doors[address] = doors[door].__name__
            browser = self.app.test_client()
            browser.environ_base["REMOTE_ADDR"] = address
            place = number // 3 * 2 + door
            doors[door](browser, address, place, self.boxes(self.said[address]))
            self.clock.shift(timedelta(seconds=drawn.randint(20, 400)))

    def boxes(self, said):
        return {
            f"q-{question}": names.get(one, one)
            for (question, names), one in zip(self.names.items(), said, strict=True)
        }

    def signed_in(self, browser, address, place, boxes):
        mailbox = f"family{place:02}@example.org"
        self.person[address] = self.known[place].hex
        browser.post("/sign-in", data={"address": mailbox})
        self.post.deliver()
        browser.post("/sign-in/code", data={"code": self.post.code_to(mailbox)})
        self.clock.shift(timedelta(seconds=5))
        browser.post(f"/polls/{self.poll.ref}/check", data=boxes)
        assert browser.post(f"/polls/{self.poll.ref}/cast", data=boxes).status_code == 303

    def by_pass(self, browser, address, place, boxes):
        person = self.known[place]
        self.person[address] = person.hex
        secret = self.settings.secret.get_secret_value()
        way = f"/p/{write_pass(secret, Pass(self.poll.ballot_id, person, 0))}"
        browser.post(f"{way}/check", data=boxes)
        assert browser.post(f"{way}/cast", data=boxes).status_code == 303

    def as_a_stranger(self, browser, address, place, boxes):
        mailbox, way = f"new{place:04}@example.org", f"/q/{self.poll.ref}"
        sent = {**boxes, "carried": carried(browser.post(f"{way}/check", data=boxes))}
        page = browser.post(f"{way}/code", data={**sent, "cares": "y", "first": "y", "address": mailbox})
        self.post.deliver()
        sent = {**boxes, "carried": carried(page), "code": self.post.code_to(mailbox)}
        assert browser.post(f"{way}/cast", data=sent).status_code == 303
        with self.database.reading() as session:
            self.person[address] = people.find_by_address(session, mailbox).id.hex

    def visit(self):
        """How long each answer's page is for a visitor: anybody may look."""
        browser = self.app.test_client()
        pages = {one: browser.post(f"/q/{self.poll.ref}/check", data=self.boxes([one])) for one in LABELS}
        del self.log.lines[-len(pages) :]
        return {one: page.content_length for one, page in pages.items()}

    def count(self):
        self.clock.move_to(self.poll.closes_at)
        count_closed(Begin(self.database, "polls"), self.settings.keys)
        self.clock.shift(timedelta(hours=12))

    def reader(self):
        return Reader(read(self.log.lines), dump(self.database))


def carried(page):
    return page.text.partition('name="carried" value="')[2].partition('"')[0]


@pytest.fixture
def new_town(settings, real_database, clock):
    return lambda families: Town(settings, real_database, clock, families)


@pytest.fixture
def unpadded(monkeypatch):
    """The known-bad way: pages as long as what they hold."""
    monkeypatch.setattr(sizes, "same_size", lambda response, _room: response)


class Signed:
    """Shows what is inside, and a signature."""

    def __init__(self, secret, purpose):
        self.key = f"{secret} {purpose}".encode()

    def encrypt(self, inside):
        return inside + hmac.digest(self.key, inside, hashlib.sha256) + bytes(8)

    def decrypt(self, whole):
        if self.encrypt(whole[: sealed.ROOM]) != whole:
            raise CryptoError
        return whole[: sealed.ROOM]


@pytest.fixture
def only_signed(monkeypatch):
    """The known-bad way: addresses that nobody can forge, and anybody can read."""
    monkeypatch.setattr(sealed, "_box", Signed)


def by_thirds(number):
    return [LABELS[number // 3 % 3]]


def linked(town, reader, seen):
    """How many families she names, of how many she knows the answer, and both."""
    who, what = reader.who(), reader.what(seen)
    named = {address for address, person in who.items() if person == town.person.get(address)}
    told = {address for address, answer in what.items() if [answer] == town.said[address]}
    return len(named), len(told), len(named & told)


def test_neither_while_it_is_open_nor_after_the_count(new_town, real_database):
    families = 60 if real_database.url.startswith("sqlite") else 18
    town = new_town(families)
    town.ask(CHOICE)
    seen = town.visit()
    town.all_answer(by_thirds)
    assert len(set(seen.values())) == 1
    for then in (lambda: None, town.count):
        then()
        reader = town.reader()
        assert len(reader.lines) > 2 * families
        _, told, both = linked(town, reader, seen)
        assert max(told, both) <= families // 3 + LUCK
        assert not {a for a in reader.who() if town.doors[a] == "by_pass"}, "a pass shows nobody"


ON_SQLITE = pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)


@ON_SQLITE
def test_pages_as_long_as_their_answers_and_signed_addresses_told_all(new_town, unpadded, only_signed):
    town = new_town(60)
    town.ask(CHOICE)
    seen = town.visit()
    town.all_answer(by_thirds)
    assert linked(town, town.reader(), seen) == (60, 60, 60)
    town.count()
    assert linked(town, town.reader(), seen) == (60, 60, 60)


@ON_SQLITE
def test_either_alone_would_tell_much(new_town, unpadded):
    """Addresses sealed and pages as long as their answers: what each network address said, and who most of them are."""
    town = new_town(18)
    town.ask(CHOICE)
    seen = town.visit()
    town.all_answer(by_thirds)
    assert linked(town, town.reader(), seen) == (12, 18, 12)


def named_words(town):
    """To how many network addresses she lays the right words, and to how many any."""
    town.ask(OWN)
    town.all_answer(lambda number: ["a" * (20 + number**2)])
    town.count()
    found = town.reader().words(places=3)
    return sum([words] == town.said[address] for address, words in found.items()), len(found)


@ON_SQLITE
def test_nobody_is_known_by_the_length_of_her_words(new_town):
    assert named_words(new_town(18)) == (0, 0)


@ON_SQLITE
def test_the_length_of_her_words_would_tell_their_writer(new_town, unpadded):
    """The known-bad way."""
    assert named_words(new_town(18)) == (18, 18)
