"""Every figure equals what somebody would count by hand, in small worlds drawn at random; and its page says it."""

import csv
import io
import random
import statistics
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About, Channel, Sorting, Speaker
from pyramid_app.kit.disclosure import Count, show_live, show_share
from pyramid_app.kit.texts import LONDON, add_working_days, london_date, london_midnight
from pyramid_app.outcomes.figures import queries, told
from pyramid_app.outcomes.figures.models import AnswerWait, ToldDay
from pyramid_app.outcomes.models import Outcome
from pyramid_app.polls.answering import service as answering
from pyramid_app.topics.models import Topic, TopicCommitment
from pyramid_app.topics.rules import State
from tests.builders import a_member, acting_as
from tests.outcomes.verdicts.builders import DONE, families, publish
from tests.polls.builders import BUS, CAME, HELP, a_poll, chosen
from tests.support.statements import counting

PAGE = "/how-we-are-doing"
KEEP = "count who was told"


class World:
    """Topics, voices, letters and answers, drawn from a seed, with times on either side of every edge."""

    def __init__(self, work, seed, people, voices=60):
        self.drawn, self.work, self.people = random.Random(seed), work, people
        self.topics = [self._topic(n) for n in range(6)]
        work.session.flush()
        for topic in self.topics[:4]:
            work.session.add(TopicCommitment(topic_id=topic.id, edition=1, commitment=9))
        self.voices = [self._voice(n) for n in range(voices)]
        self.outcomes = [self._outcome() for _ in range(12)]
        work.session.flush()
        self.letters = [self._letter(n, voice) for n, voice in enumerate(self.voices) if voice.person_id]
        work.session.flush()

    def _keep(self, row):
        self.work.session.add(row)
        return row

    def _id(self):
        return UUID(int=self.drawn.getrandbits(128), version=4)

    def _ago(self, *days):
        """Some time near one of these ages: a second on either side, an hour, or a day."""
        near = self.drawn.choice([-86_400, -3600, -1, 0, 1, 3600, 86_400, 1_000_000])
        return self.work.now - timedelta(days=self.drawn.choice(days)) + timedelta(seconds=near)

    def _topic(self, number):
        return self._keep(
            Topic(
                id=self._id(), ref=f"topic-{number}", title=f"Topic {number}", state=self.drawn.choice(list(State)),
                outside="Elsewhere." if number == 4 else None, started_at=self._ago(30, 91, 183, 300),
                next_word_on=london_date(self.work.now), word_owed=self.drawn.random() < 0.4,
            )
        )  # fmt: skip

    def _voice(self, number):
        received = self._ago(14, 28, 91, 92, 200, 300, 365, 366, 456, 457)
        topic = self.drawn.choice([*self.topics, None])
        filed = received + timedelta(hours=self.drawn.randrange(24 * 40)) if topic else None
        return self._keep(
            Voice(
                id=self._id(), ref=f"V{number}", about=About.SYSTEM, speaker=Speaker.PARENT_CARER, channel=Channel.WEB,
                person_id=self.drawn.choice([*self.people, None]), tell=self.drawn.random() < 0.8, received_at=received,
                next_word_on=received.date(), topic_id=topic.id if topic else None, sorted_at=filed,
                sorted_as=Sorting.FILED if topic else None,
            )
        )  # fmt: skip

    def _outcome(self):
        ident, at = self._id(), self._ago(-10, 10)
        return self._keep(
            Outcome(
                id=ident, ref=f"answer-{ident}", answered_at=at, telling_id=ident,
                topic_id=self.drawn.choice(self.topics).id, you_said="a", we_did="b",
                state=self.drawn.choice([State.DONE, State.CANT]), evidence=self.drawn.choice(["", "https://x.org"]),
                by_id=self.people[0], published_at=at,
            )
        )  # fmt: skip

    def _letter(self, number, voice):
        """Perhaps about the voice's topic, perhaps to its speaker, perhaps in time, perhaps before they spoke."""
        draw = self.drawn
        topic = voice.topic_id if draw.random() < 0.8 and voice.topic_id else self.topics[0].id
        late = timedelta(days=draw.choice([0, 30, 90, 91]), seconds=draw.choice([-1, 0, 1]))
        return self._keep(
            Letter(
                id=self._id(), key=f"letter-{number}", kind=draw.choice(["outcome", "outcome", "late"]),
                person_id=voice.person_id if draw.random() < 0.8 else draw.choice(self.people), about=f"topic:{topic}",
                posted_at=voice.received_at, not_before=voice.received_at,
                sent_at=voice.received_at + late if draw.random() < 0.9 else None,
            )
        )  # fmt: skip

    # By hand ---------------------------------------------------------------------------------------------------------

    def told_rate(self, now):
        today = london_date(now)
        first, until = (london_midnight(today - timedelta(days)) for days in (456, 91))
        spoke = [v for v in self.voices if v.person_id and v.tell and first <= v.received_at < until]
        return show_share(Count(sum(self._was_told(voice) for voice in spoke)), Count(len(spoke)))

    def _was_told(self, voice):
        return any(
            letter.kind == "outcome" and letter.person_id == voice.person_id and letter.sent_at is not None
            and letter.about == f"topic:{voice.topic_id}"
            and timedelta(0) <= letter.sent_at - voice.received_at <= timedelta(days=90)
            for letter in self.letters
        )  # fmt: skip

    def median_days(self, now):
        today = london_date(now)
        days = []
        for voice in self.voices:
            received = london_date(voice.received_at)
            if voice.sorted_at and today - timedelta(365) <= received < today:
                filed, n = london_date(voice.sorted_at), 0
                while add_working_days(received, n + 1) <= filed:
                    n += 1
                days.append(n)
        return statistics.median_high(days) if len(days) >= 10 else None

    def waiting(self, now):
        ages = [now - voice.received_at for voice in self.voices if voice.topic_id is None]
        two, four = timedelta(14), timedelta(28)
        parts = [
            sum(age < two for age in ages), sum(two <= age < four for age in ages), sum(age >= four for age in ages),
        ]  # fmt: skip
        return [show_live(Count(part)) for part in parts]

    def topics_by_age(self, now):
        edges, found = [timedelta(30), timedelta(91), timedelta(183)], {"heard": [0] * 4, "working on it": [0] * 4}
        for topic in self.topics:
            if topic.state in found:
                found[topic.state][sum(now - topic.started_at >= edge for edge in edges)] += 1
        return found

    def evidence(self, now):
        done = [one for one in self.outcomes if one.state is State.DONE and one.published_at <= now]
        return queries.Part(sum(bool(one.evidence) for one in done), len(done))

    def linked(self):
        filed = [voice.topic_id for voice in self.voices if voice.topic_id]
        somewhere = {topic.id for topic in self.topics[:5]}
        return show_share(Count(sum(one in somewhere for one in filed)), Count(len(filed)))


MOMENTS = [
    datetime(2027, 3, 1, 10, tzinfo=UTC), datetime(2027, 4, 1, 23, 30, tzinfo=UTC),
    datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC),
]  # fmt: skip


@pytest.fixture
def people(act, sam):
    with act() as work:
        return [a_member(work, f"f{n}@example.org", name=f"F{n}").id for n in range(4)]


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_equals_a_count_by_hand(act, people, clock, database, run_jobs, seed):
    clock.move_to(MOMENTS[seed % len(MOMENTS)])
    with act() as work:
        world = World(work, seed, people)
        now = work.now
    for _counted_while_looked_at_then_kept in range(2):
        with database.reading() as session:
            found = queries.all_figures(session, now)
        assert found.told == world.told_rate(now)
        assert found.median_days == world.median_days(now)
        assert found.waiting == world.waiting(now)
        assert found.topics.by_age == world.topics_by_age(now)
        assert found.topics.late == sum(topic.word_owed for topic in world.topics)
        assert found.evidence == world.evidence(now)
        assert found.linked == world.linked()
        run_jobs(KEEP)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_kept_yesterday_and_what_came_since_are_one_number(act, people, clock, database, run_jobs, seed):
    with act() as work:
        world = World(work, seed, people)
    run_jobs(KEEP)
    for days in (1, 1, 30, 200, 300):
        clock.shift(timedelta(days=days))
        with act() as work:
            assert told.told_rate(work.session, work.now) == world.told_rate(work.now)


def test_days_are_counted_once_a_day(act, people, clock, run_jobs, database):
    with act() as work:
        World(work, 1, people)
    assert run_jobs(KEEP) > 0
    assert run_jobs(KEEP) == 0
    with database.reading() as session:
        before = {day.on for day in session.exec(select(ToldDay))}
        assert session.exec(select(AnswerWait)).all()
    clock.move_to(datetime.combine(date(2027, 3, 2), time(0, 5), LONDON))
    assert run_jobs(KEEP) > 0
    with database.reading() as session:
        assert max(day.on for day in session.exec(select(ToldDay))) == max(before) + timedelta(days=1)


def test_the_page_asks_as_often_for_five_voices_as_for_two_hundred(act, people, browser, run_jobs):
    with act() as work:
        World(work, 1, people, voices=5)
    with counting() as few:
        assert browser.get(PAGE).status == 200
    with act() as work:
        World.__init__(Numbered(), work, 2, people, 200)
    with counting() as many:
        browser.get(PAGE)
    assert len(many) == len(few)
    run_jobs(KEEP)
    with counting() as kept:
        browser.get(PAGE)
    assert len(kept) <= len(few)


class Numbered(World):
    """A second world beside the first: its references begin elsewhere."""

    def __init__(self):
        """Filled by ``World.__init__``."""

    def _topic(self, number):
        return super()._topic(number + 1000)

    def _voice(self, number):
        return super()._voice(number + 1000)

    def _letter(self, number, voice):
        return super()._letter(number + 1000, voice)


def test_an_area_with_nothing_in_it_has_a_page_all_the_same(browser, sam):
    text = browser.get(PAGE).text
    for words in (
        "We show this when at least 10 people have been waiting long enough to hear.",
        "We have not asked yet.",
        "We show this from 10 messages on.",
        "No message has waited for over four weeks.",
        "No topic has waited for over six months.",
        "We owe no word now.",
        "We have not called anything done yet.",
        "We have no result with figures yet.",
    ):
        assert words in text
    assert "None" not in text


def test_home_and_what_happened_lead_there(browser, sam):
    assert browser.get("/").follow("All our figures, also the bad ones").path == PAGE
    assert browser.get("/outcomes").follow("How we are doing: all our figures").path == PAGE


def test_the_file_holds_exactly_what_the_page_shows(act, team, topic, browser, clock, run_jobs):
    families(act, team, topic.id, 12)
    publish(act, team, topic.id, DONE)
    clock.shift(timedelta(days=2))
    browser.get(PAGE)
    page = browser.text
    assert "Working days until half of all messages had a first answer: 0." in page
    assert "Of our answers “done”, 100 in 100 have something you can check." in page
    assert "Of 100 messages, 100 lead to a promise, or we say where they went." in page
    answer = browser.client.get(f"{PAGE}.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0] == ["Figure", "What", "Counted", "Number"]
    assert ["Messages that wait", "Over 4 weeks", "Messages", "none yet"] in rows
    assert ["Topics that wait", "Under 1 month", "Heard", "0"] in rows
    for row in rows[1:]:
        assert all(cell in page for cell in row), row


@pytest.fixture
def counted(act, team, topic, settings, clock, run_jobs):
    """A poll that twelve answered: seven "late" and five "on time"; and all of them the same to the other question."""
    with act() as work:
        voters = [a_member(work, f"v{n}@example.org", name=f"V{n}") for n in range(12)]
    with act(team) as work:
        poll = a_poll(work, settings.keys, topic=topic, questions=(BUS, HELP))
    for n, voter in enumerate(voters):
        with act(acting_as(voter)) as work:
            answering.answer_signed_in(work, poll.id, chosen(work, poll, 0 if n < 7 else 1, [0]), CAME)
    clock.move_to(poll.closes_at + timedelta(minutes=1))
    run_jobs()
    return poll


def test_the_share_that_is_hidden_is_read_off_the_stored_results(counted, browser, database, run_jobs):
    with database.reading() as session:
        found = queries.hidden(session)
    # "Late" stands alone; "on time" is counted together with what nobody chose. Of what all chose nothing is shown.
    # Each question has three answers and "not sure".
    assert (found.part, found.whole) == (3 + 4, 4 + 4)
    assert run_jobs("look at results") == 0, "a stored result never changes"
    assert "Of all figures in our results, 88 in 100 are hidden." in browser.get(PAGE).text
