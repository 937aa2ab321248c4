"""Whatever order things happen in: everybody is told once, nothing is lost, and no raw word is where it must not be."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import select

from pyramid_app.app import create_app, office
from pyramid_app.area import service as area
from pyramid_app.base.actor import Role, system
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Refused
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import working
from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.feedback import forgetting
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.holding import service as holding
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.own_child import queries as cases
from pyramid_app.feedback.own_child import service as own_child
from pyramid_app.feedback.own_child.rules import Place
from pyramid_app.feedback.rules import About, Sorting, Speaker
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.corrections import service as corrections
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.outcomes.verdicts import reopening
from pyramid_app.scheduler import run_once
from pyramid_app.topics import service as topics
from pyramid_app.topics.models import Topic, TopicCommitment
from pyramid_app.topics.rules import SETTLED
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.support.browser import Browser
from tests.support.chain import CANARY, MARK, Answered, At, Chain, Said, Subject
from tests.support.databases import Pinned, pinned
from tests.support.lives import live
from tests.support.post import Bag, Post

START = datetime(2027, 3, 1, 10, tzinfo=UTC)
PEOPLE = 4
PLACE = "help@advice.example"
LEFT = {
    At.DESK: None,
    At.FILED: Sorting.FILED,
    At.THANKED: Sorting.THANKED,
    At.HELD: Sorting.HELD_BACK,
    At.ON_ITS_WAY: None,
    At.ARRIVED: Sorting.HANDED_OVER,
    At.BACK: Sorting.TAKEN_BACK,
}
WHICH = st.integers(0, 11)
WHO = st.integers(0, PEOPLE - 1)
OFTEN = st.sampled_from([True, True, True, False])


def some(found):
    """That rule needs something of this kind to be there."""
    return precondition(lambda self: bool(found(self)))


def voices(*places):
    return some(lambda self: self.chain.voices_at(*places))


class Everything(RuleBasedStateMachine):
    """Four families, somebody without a name, two officers, and time. What is refused must leave no trace."""

    url, settings, app, here = "", None, None, None

    def __init__(self):
        super().__init__()
        self.place = pinned(self.url)
        self.database = self.place.__enter__()
        self.here.connection = self.database.connection
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        self.chain, self.read, self.outcomes = Chain(), 0, 0
        bag = Bag()
        self.post = Post(self.database, office(self.settings, bag), bag)
        with working(self.database, system("tests")) as work:
            the_area(work)
            area.change_settings(work, {"advice_mailbox": PLACE, "raise_at_voices": 3}, "for tests")
            charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
            self.officers = [an_officer(work, name, f"{name}@council.example.org") for name in ("Sam", "Bob")]
            self.people = [a_member(work, f"p{n}@example.org", name=f"P{n}") for n in range(PEOPLE)]
            self.neighbour = a_member(work, "neighbour@example.org", name="Neighbour")
            self.rep = a_member(work, "rep@example.org", "group", name="Rep")
        self.sam, self.bob = (acting_as(one, Role.OFFICER) for one in self.officers)
        self.start("Buses", commitments=[9])
        self.start("Parking", outside="No promise is about it.")

    def teardown(self):
        try:
            self.time_passes(days=0, minutes=20)
            self.no_word_is_where_it_must_not_be()
        finally:
            self.travel.stop()
            self.place.__exit__(None, None, None)

    # How an act is tried ----------------------------------------------------------------------------------------------

    def attempt(self, verb, who=None, *, must=False):
        """One act a second later; what it gave, or ``None`` where it was refused."""
        self.clock.shift(timedelta(seconds=1))
        try:
            with working(self.database, who or self.sam) as work:
                return verb(work) or True
        except Refused:
            if must:
                raise
            return None

    def today(self):
        return london_date(datetime.now(UTC))

    def in_days(self, days):
        return self.today() + timedelta(days=days)

    def voice(self, which, *places):
        found = self.chain.voices_at(*places)
        return self.chain.voices[found[which % len(found)]]

    def root(self, which):
        found = self.chain.roots()
        return found[which % len(found)]

    def start(self, title, **facts):
        topic = self.attempt(lambda work: topics.start(work, title, next_word_on=self.in_days(20), **facts), must=True)
        self.chain.topics.append(Subject(topic.id, topic.ref))

    # Families ---------------------------------------------------------------------------------------------------------

    @rule(who=st.none() | WHO, own=st.sampled_from([False, False, True]), tell=OFTEN, quote=OFTEN)
    def tell_us(self, who, own, tell, quote):
        who, number = None if who in self.chain.erased else who, len(self.chain.voices)
        voice = self.attempt(
            lambda work: feedback.receive(
                work,
                about=About.OWN_CHILD if own else About.SYSTEM,
                speaker=Speaker.PARENT_CARER,
                text=f"The bus is late, canary{number}bird.",
                may_quote=quote,
                tell=tell,
                person_id=None if who is None else self.people[who].id,
            ),
            system("tests"),
            must=True,
        )
        self.chain.voices.append(Said(voice.id, voice.ref, who, who, tell, own, quote and not own))

    @voices(*set(At) - {At.BACK})
    @rule(which=WHICH)
    def take_words_back(self, which):
        voice = self.voice(which, *set(At) - {At.BACK})
        self.attempt(lambda work: forgetting.take_back(work, voice.id), system("tests"), must=True)
        voice.at, voice.topic, voice.person, voice.words_here = At.BACK, None, None, False

    @rule(who=WHO, sure=st.integers(0, 3))
    def erase(self, who, sure):
        if sure or who in self.chain.erased:
            return

        def verb(work):
            forgetting.forget_person(work, self.people[who].id)
            topics.forget_person(work, self.people[who].id)

        self.attempt(verb, system("tests"), must=True)
        self.chain.erase(who)

    @rule(who=WHO, which=WHICH, true=OFTEN)
    def say_true_or_not(self, who, which, true):
        if who in self.chain.erased:
            return
        one = which % len(self.chain.topics)
        verb = topics.say_true if true else topics.not_true
        self.attempt(
            lambda work: verb(work, self.chain.topics[one].id, self.people[who].id),
            acting_as(self.people[who]),
            must=True,
        )
        for topic in self.chain.together(one):
            self.chain.topics[topic].true.discard(who)
        if true:
            self.chain.topics[one].true.add(who)

    @voices(At.HELD)
    @rule(which=WHICH)
    def object_to(self, which):
        voice = self.voice(which, At.HELD)
        words = f"I do not agree: canary{self.chain.voices.index(voice)}bird."
        self.attempt(lambda work: holding.object_to(work, voice.id, words), system("tests"))

    # The desk ---------------------------------------------------------------------------------------------------------

    def cleared(self, voice):
        return f"The bus is late, cleared{self.chain.voices.index(voice)}bird."

    def filed(self, voice, topic):
        voice.topic = topic
        voice.at = At.FILED if voice.at is At.DESK else voice.at

    @voices(At.DESK, At.ON_ITS_WAY, At.ARRIVED)
    @rule(which=WHICH, into=WHICH)
    def file(self, which, into):
        voice, topic = self.voice(which, At.DESK, At.ON_ITS_WAY, At.ARRIVED), self.root(into)
        where = self.chain.topics[topic].id
        if self.attempt(lambda work: filing.file_voice(work, voice.id, where, cleared=self.cleared(voice))):
            self.filed(voice, topic)

    @voices(At.DESK)
    @rule(into=WHICH)
    def file_all(self, into):
        block, topic = [self.chain.voices[one] for one in self.chain.voices_at(At.DESK)], self.root(into)
        words = {voice.id: self.cleared(voice) for voice in block}
        if self.attempt(lambda work: filing.file_block(work, words, self.chain.topics[topic].id)):
            for voice in block:
                self.filed(voice, topic)

    @voices(At.DESK)
    @rule(which=WHICH)
    def thank(self, which):
        voice = self.voice(which, At.DESK)
        self.attempt(lambda work: filing.thank(work, voice.id), must=True)
        voice.at = At.THANKED

    @voices(At.FILED, At.THANKED)
    @rule(which=WHICH)
    def undo(self, which):
        voice = self.voice(which, At.FILED, At.THANKED)
        if self.attempt(lambda work: filing.undo(work, voice.id)):
            voice.at, voice.topic = At.DESK, None

    @voices(At.DESK, At.FILED)
    @rule(which=WHICH, reason=st.sampled_from([Reason.OFF_TOPIC, Reason.VEXATIOUS]))
    def hold_back(self, which, reason):
        voice = self.voice(which, At.DESK, At.FILED)
        held = self.attempt(lambda work: holding.hold_back(work, voice.id, reason, "It is about something else."))
        if held and held.confirmed_at:
            voice.at = At.HELD

    @voices(At.DESK, At.FILED)
    @rule(which=WHICH, agree=OFTEN)
    def a_second_officer(self, which, agree):
        voice = self.voice(which, At.DESK, At.FILED)
        verb = holding.confirm if agree else holding.decline
        if self.attempt(lambda work: verb(work, voice.id), self.bob) and agree:
            voice.at = At.HELD

    @voices(At.HELD)
    @rule(which=WHICH, publish=OFTEN, undo=st.booleans())
    def decide(self, which, publish, undo):
        """While its author has not been told it can be undone; once she objects, it can be decided again."""
        voice = self.voice(which, At.HELD)
        if undo and self.attempt(lambda work: holding.undo(work, voice.id)):
            voice.at, voice.topic = At.DESK, None
        elif not undo:
            decided = self.attempt(
                lambda work: holding.decide(work, voice.id, publish=publish, answer="We have looked."), self.bob
            )
            if decided and publish:
                voice.at, voice.topic = At.DESK, None

    @voices(*set(At) - {At.BACK})
    @rule(which=WHICH)
    def hand_over(self, which):
        voice = self.voice(which, *set(At) - {At.BACK})
        if self.attempt(lambda work: own_child.hand_over(work, voice.id, Place.ADVICE, consent="On the phone")):
            voice.at, voice.own_child, voice.quote = At.ON_ITS_WAY, True, False

    @voices(At.ON_ITS_WAY)
    @rule(which=WHICH)
    def it_arrived(self, which):
        voice = self.voice(which, At.ON_ITS_WAY)

        def verb(work):
            one = cases.find_of(work.session, voice.id)
            return own_child.receive(work, one.id, one.version, "Ann", None)

        self.attempt(verb, system("tests"), must=True)
        voice.at = At.ARRIVED

    # Topics and their answers -----------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.chain.topics) < 4)
    @rule(outside=st.booleans())
    def start_a_topic(self, outside):
        facts = {"outside": "No promise is about it."} if outside else {"commitments": [2]}
        self.start(f"Topic {len(self.chain.topics)}", **facts)

    @precondition(lambda self: len(self.chain.topics) < 8)
    @some(lambda self: [one for one in self.chain.roots() if len(self.chain.voices_of(one)) > 1])
    @rule(which=WHICH, mask=st.integers(1, 255))
    def split(self, which, mask):
        able = [one for one in self.chain.roots() if len(self.chain.voices_of(one)) > 1]
        old = able[which % len(able)]
        moving = [voice for n, voice in enumerate(self.chain.voices_of(old)) if mask >> n & 1]

        def verb(work):
            new = topics.start(
                work, "Split", next_word_on=self.in_days(1), commitments=[3], split_from_id=self.chain.topics[old].id
            )
            filing.split(work, self.chain.topics[old].id, [self.chain.voices[one].id for one in moving], new.id)
            return new

        new = self.attempt(verb)
        if new:
            self.chain.topics.append(Subject(new.id, new.ref))
            for one in moving:
                self.chain.voices[one].topic = len(self.chain.topics) - 1

    @some(lambda self: self.chain.roots()[1:])
    @rule(which=WHICH, into=WHICH)
    def merge(self, which, into):
        gone, into = self.root(which), self.root(into)
        ids = self.chain.topics[gone].id, self.chain.topics[into].id
        if self.attempt(lambda work: topics.merge(work, *ids)):
            self.chain.topics[gone].into = into

    def draft(self, kind, days, telling):
        """An answer whose letters carry a mark of their own."""
        self.chain.mark(telling)
        mark = f"mark{len(self.chain.marks) - 1}bird"
        shared = {"you_said": "The bus is late.", "we_did": "We asked.", "for_families": f"You wait less, {mark}."}
        own = {
            Answer.WORKING: {"next_word_on": self.in_days(days)},
            Answer.DONE: {"evidence": "https://x.example/minutes", "done_on": date(2027, 2, 26)},
            Answer.CANT: {"reason": "It costs too much.", "instead": "A text."},
            Answer.NOT_OURS: {"reason": "The law says so.", "to_whom": "The bus company"},
        }[kind]
        return Draft(kind, **shared, **own)

    @rule(which=WHICH, kind=st.sampled_from(Answer), days=st.integers(1, 40))
    def answer(self, which, kind, days):
        topic = self.root(which)
        telling = self.chain.new_telling(topic)
        draft = self.draft(kind, days, telling)
        outcome = self.attempt(lambda work: outcomes.publish(work, self.chain.topics[topic].id, draft), must=True)
        self.chain.answers.append(Answered(outcome.ref, [outcome.id], telling))

    @some(lambda self: self.chain.answers)
    @rule(which=WHICH, kind=st.sampled_from(Answer), days=st.integers(1, 40), again=st.booleans())
    def correct(self, which, kind, days, again):
        """Told again, it is something new to hear; else its letters are those of the version before."""
        answer = self.chain.answers[which % len(self.chain.answers)]
        before = self.chain.tellings[answer.telling]
        telling = self.chain.new_telling(before.topic) if again else answer.telling
        draft = self.draft(kind, days, telling)
        outcome = self.attempt(
            lambda work: corrections.correct(work, answer.outcomes[-1], draft, "We were wrong.", tell_again=again),
            must=again,
        )
        if outcome:
            # Who has not heard of the version before hears only of this one.
            before.done = before.done or again
            answer.outcomes.append(outcome.id)
            answer.telling = telling

    @some(lambda self: self.chain.answers)
    @rule(which=WHICH)
    def reopen(self, which):
        topic = self.root(which)
        telling = self.chain.new_telling(topic)
        self.chain.mark(telling)
        why = f"It did not help, mark{len(self.chain.marks) - 1}bird."
        ids = self.chain.topics[topic].id, self.officers[0].id
        if not self.attempt(lambda work: reopening.reopen(work, ids[0], why, ids[1])):
            self.chain.tellings[telling].done = True

    # Time -------------------------------------------------------------------------------------------------------------

    @rule(minutes=st.integers(0, 15), days=st.sampled_from([0, 0, 0, 1, 5, 15, 31]))
    def time_passes(self, minutes, days):
        self.clock.shift(timedelta(days=days, minutes=minutes))
        self.chain.letters_are_written()
        run_once(self.settings, self.database, self.post.office)
        self.post.deliver()
        self.everybody_was_told_once()
        self.no_letter_has_words_of_somebody_else()
        self.no_day_has_passed_in_silence()
        self.all_have_a_history()

    @some(lambda self: [one for one in self.chain.tellings if not one.done])
    @rule()
    def letters_are_written(self):
        """They leave some other time; meanwhile somebody may go."""
        self.chain.letters_are_written()
        run_once(self.settings, self.database, self.post.office, ["tell what happened", "tell who starts again"])

    # What must hold ---------------------------------------------------------------------------------------------------

    def everybody_was_told_once(self):
        who = {f"p{n}@example.org": n for n in range(PEOPLE)}
        with self.database.reading() as session:
            kinds = dict(session.exec(select(Letter.message_id, Letter.kind)).all())
        told = Counter()
        for letter in self.post.letters:
            if kinds[letter.message_id] in {"outcome", "reopened"} and letter.address in who:
                told.update(
                    (who[letter.address], self.chain.marks[int(one)]) for one in set(MARK.findall(letter.words.text))
                )
        assert told == self.chain.due

    def no_letter_has_words_of_somebody_else(self):
        new, self.read = self.post.letters[self.read :], len(self.post.letters)
        for letter in new:
            for kind, number in CANARY.findall(str(letter.words)):
                voice = self.chain.voices[int(number)]
                theirs = PLACE if voice.own_child else ""
                assert letter.address in {f"p{voice.speaker}@example.org", theirs}
                assert kind == "canary", "her own words, not ours"
                assert voice.words_here, "she has taken them back"

    def no_day_has_passed_in_silence(self):
        with self.database.reading() as session:
            for voice in session.exec(select(Voice)):
                assert voice.sorted_at or voice.next_word_on >= self.today()
            for topic in session.exec(select(Topic)):
                assert topic.state in SETTLED or topic.merged_into_id or topic.next_word_on >= self.today()
            for held in session.exec(select(HeldBack)):
                open_still = held.objected_at and not held.answered_at
                back = session.get_one(Voice, held.voice_id).sorted_as is Sorting.TAKEN_BACK
                assert not open_still or back or held.next_word_on >= self.today()

    @invariant()
    def nothing_is_lost(self):
        with self.database.reading() as session:
            rows = {voice.id: voice for voice in session.exec(select(Voice))}
            found = {topic.id: topic for topic in session.exec(select(Topic))}
            touching = set(session.exec(select(TopicCommitment.topic_id)))
            kept = set(session.exec(select(VoiceText.voice_id)))
        assert len(rows) == len(self.chain.voices)
        assert set(found) == {topic.id for topic in self.chain.topics}
        for voice in self.chain.voices:
            row = rows[voice.id]
            assert voice.words_here or voice.id not in kept, "taken back or erased, no text of it stays"
            assert row.sorted_as is LEFT[voice.at]
            assert (row.sorted_at is None) == (row.sorted_as is None)
            assert row.topic_id == (None if voice.topic is None else self.chain.topics[voice.topic].id)
            assert row.person_id == (None if voice.person is None else self.people[voice.person].id)
            assert row.topic_id or row.sorted_as is not Sorting.FILED
        for number, topic in enumerate(self.chain.topics):
            row = found[topic.id]
            assert row.id in touching or row.outside
            assert row.merged_into_id == (None if topic.into is None else self.chain.topics[self.chain.root(number)].id)
            assert row.merged_into_id or (row.next_word_on is None) == (row.state in SETTLED)

    def all_have_a_history(self):
        with self.database.reading() as session:
            told = set(session.exec(select(AuditEntry.subject)))
        assert {f"voice:{one.id}" for one in self.chain.voices} <= told
        assert {f"topic:{one.id}" for one in self.chain.topics} <= told
        assert {f"outcome:{one}" for answer in self.chain.answers for one in answer.outcomes} <= told

    def no_word_is_where_it_must_not_be(self):
        app = self.app
        stories = [f"/topics/{topic.ref}" for topic in self.chain.topics] + ["/charter/commitments/9"]
        paths = ["/", "/topics", "/outcomes", "/charter", "/how-we-are-doing", *stories]
        paths += [f"/outcomes/{one.ref}/versions/{len(one.outcomes)}" for one in self.chain.answers]
        paths += [f"/feedback/{voice.ref}" for voice in self.chain.voices]
        for reader in (None, self.neighbour, self.rep):
            browser = Browser(app) if reader is None else Browser(app).sign_in(reader)
            # Whoever is signed in reads the same pages as a visitor, but for those of topics and the first.
            for path in paths if reader is None else paths[:1] + stories:
                answer = browser.client.get(path)
                assert answer.status_code in {200, 303}, path
                for kind, number in CANARY.findall(answer.get_data(as_text=True)):
                    assert self.chain.may_read(kind, int(number), family=reader is not self.rep), path
        for number, person in enumerate(self.people):
            html = Browser(app).sign_in(person).client.get("/me").get_data(as_text=True)
            for _, canary in CANARY.findall(html):
                assert self.chain.voices[int(canary)].person == number


@pytest.mark.lives
def test_whatever_order_things_happen_in(engine_url, settings):
    here = Pinned(engine_url, None)
    app = create_app(settings, here)
    app.testing = True
    live(
        type("Here", (Everything,), {"url": engine_url, "settings": settings, "app": app, "here": here}),
        engine_url,
        lives=5,
        steps=25,
    )
