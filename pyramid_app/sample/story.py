"""A year in a sample area, told by the same verbs everybody uses, each at its own past moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.app import office
from pyramid_app.area import service as area
from pyramid_app.base import clock
from pyramid_app.base.actor import Actor, Hat, Role, system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import Work, working
from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.rules import About, Channel, Speaker
from pyramid_app.kit.texts import LONDON, london_date
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.participation import service as participation
from pyramid_app.polls import queries as poll_queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.asking import service as polls
from pyramid_app.polls.asking.drafts import Content, OptionDraft, QuestionDraft
from pyramid_app.polls.asking.rules import usual_close
from pyramid_app.polls.kinds import NOT_SURE, QuestionKind
from pyramid_app.polls.models import Poll
from pyramid_app.sample import words
from pyramid_app.sample.start import add_officer, lay_ground
from pyramid_app.scheduler import run_once
from pyramid_app.topics import service as topics

PERSONAS = (
    ("lead", "Lea (sample)", "lea@council.example.org"),
    ("officer", "Sam (sample)", "sam@council.example.org"),
    ("representative", "Rosa (sample)", "rep01@example.org"),
    ("parent", "Amina (sample)", "family13@example.org"),
    ("just tell me", "Chidi (sample)", "chidi@example.org"),
)


@dataclass
class Teller:
    """Who tells the story, and when it is today."""

    settings: Settings
    database: Database
    today: datetime
    officer: Actor = field(default_factory=lambda: system("sample"))
    topics: dict[str, UUID] = field(default_factory=dict)
    families: dict[int, UUID] = field(default_factory=dict)

    @contextmanager
    def ago(self, days: float, who: Actor | None = None) -> Iterator[Work]:
        """One act, so many days ago."""
        with clock.standing_at(self.moment(days)), working(self.database, who or system("sample")) as work:
            yield work

    def moment(self, days: float) -> datetime:
        return self.today - timedelta(days=days)

    def day(self, days_from_now: float) -> date:
        return london_date(self.today + timedelta(days=days_from_now))

    def jobs(self, days: float) -> None:
        """Let the scheduler do what was due so many days ago."""
        with clock.standing_at(self.moment(days)):
            post = office(self.settings)
            while run_once(self.settings, self.database, post):
                pass


def tell(settings: Settings, database: Database, today: datetime) -> None:
    """Fill an empty, migrated database with a year of the sample area, ending at ``today``.

    One poll is open and closes 20 minutes later; one topic's next word was promised for yesterday.
    """
    teller = Teller(settings, database, today)
    _first_day(teller)
    _families_join(teller)
    for story in words.STORIES:
        _tell_topic(teller, story)
    _ask_and_count(teller)
    _ask_now(teller)
    _this_week(teller)


def _first_day(teller: Teller) -> None:
    with teller.ago(430) as work:
        lay_ground(work)
        area.change_settings(work, dict(words.AREA), why="The sample area was made.")
        add_officer(work, "Lea (sample)", "lea@council.example.org", job="SEND lead", lead=True)
        sam = add_officer(work, "Sam (sample)", "sam@council.example.org", job="Families' officer")
        charter.publish_edition(work, INTRODUCTION, PRINCIPLES, sample=True)
    teller.officer = _as_staff(sam)
    teller.jobs(430)


def _as_staff(person: Person) -> Actor:
    return Actor(person_id=person.id, roles=frozenset({Role.OFFICER}), hat=Hat.STAFF, name=person.name)


def _families_join(teller: Teller) -> None:
    """Forty-four families over a year; some of them are asked more often, eight are representatives."""
    for number in range(1, words.FAMILIES + 1):
        level = "consultative" if number > words.FAMILIES - words.CONSULTATIVE else "parliament"
        with teller.ago(420 - number * 8) as work:
            teller.families[number] = _joins(work, f"family{number:02d}@example.org", f"Family {number}", level)
    for number, name in enumerate(words.REPRESENTATIVES, start=1):
        with teller.ago(400) as work:
            _joins(work, f"rep{number:02d}@example.org", f"{name} (sample)", "group")
    with teller.ago(200) as work:
        _joins(work, "chidi@example.org", "Chidi (sample)", "ground")
        accounts.call_me(work, teller.families[13], "Amina (sample)")


def _joins(work: Work, address: str, name: str, level: str) -> UUID:
    person = accounts.person_at(work, address)
    accounts.call_me(work, person.id, name)
    participation.join(work, person.id, level)
    return person.id


def _tell_topic(teller: Teller, story: words.Story) -> None:
    """Families speak, the officer files it the next day, an answer comes, letters leave: each on its own day."""
    acts: list[words.Heard | words.Answered] = [*story.heard, *story.answered]
    for one in sorted(acts, key=lambda act: -act.days_ago):
        if isinstance(one, words.Heard):
            _hear_and_file(teller, story, one)
        else:
            with teller.ago(one.days_ago, teller.officer) as work:
                outcomes.publish(work, teller.topics[story.title], _answer(teller, one))
        teller.jobs(one.days_ago - 1.1)


def _hear_and_file(teller: Teller, story: words.Story, heard: words.Heard) -> None:
    with teller.ago(heard.days_ago) as work:
        voice = _say(work, teller.families[heard.family], heard)
    with teller.ago(heard.days_ago - 1, teller.officer) as work:
        if story.title not in teller.topics:
            # What is still worked on keeps the day its story names; what was settled had six weeks.
            until = story.word_in if not story.answered else 42 - heard.days_ago
            teller.topics[story.title] = topics.start(
                work,
                story.title,
                summary=story.summary,
                commitments=story.commitments,
                outside=story.outside,
                next_word_on=teller.day(until),
            ).id
        feedback.file_voice(work, voice, teller.topics[story.title], cleared=heard.words)


def _say(work: Work, person_id: UUID, heard: words.Heard, about: About = About.SYSTEM) -> UUID:
    return feedback.receive(
        work,
        about=about,
        speaker=Speaker.PARENT_CARER,
        channel=Channel.WEB,
        text=heard.words,
        may_quote=heard.quote,
        tell=True,
        person_id=person_id,
    ).id


def _answer(teller: Teller, answered: words.Answered) -> Draft:
    """What the officer publishes; "done" was done the day before."""
    answer = Answer(answered.answer)
    done_on = teller.day(-answered.days_ago - 1) if answer is Answer.DONE else None
    next_on = teller.day(answered.next_word_in) if answered.next_word_in else None
    return Draft(answer, done_on=done_on, next_word_on=next_on, **answered.fields)


def _ask_and_count(teller: Teller) -> None:
    """A question five weeks ago: everybody is invited, most answer, it is counted, everyone is told."""
    teller.jobs(36)
    choices = [number for number, (_, _, chosen) in enumerate(words.ASKED_OPTIONS) for _ in range(chosen)]
    question = QuestionDraft(
        words.ASKED_QUESTION, tuple(OptionDraft(name, meaning) for name, meaning, _ in words.ASKED_OPTIONS)
    )
    with teller.ago(35, teller.officer) as work:
        poll = _write(teller, work, words.ASKED, (question,), decided_in=-10, next_in=5)
        polls.schedule(work, poll.id, poll.version, None, usual_close(work.now, 10))
    teller.jobs(34.9)
    with teller.database.reading() as session:
        paper = poll_queries.paper_of(session, poll)
    asked = paper.questions[0]
    picks: list[str] = [paper.options[asked.id][number].id.hex for number in choices]
    for number, pick in enumerate([*picks, *[NOT_SURE] * words.ASKED_NOT_SURE], start=1):
        who = Actor(person_id=teller.families[number], level="parliament")
        with teller.ago(30 - number / 10, who) as work:
            answering.answer_signed_in(work, poll.id, {asked.id.hex: [pick]})
    teller.jobs(15)


def _ask_now(teller: Teller) -> None:
    """A question that has been open for two weeks, and closes in twenty minutes."""
    questions = tuple(
        QuestionDraft(
            text,
            tuple(OptionDraft(name, meaning) for name, meaning in options),
            QuestionKind.SEVERAL if at_most > 1 else QuestionKind.SINGLE,
            at_most,
        )
        for text, at_most, options in words.OPEN_QUESTIONS
    )
    teller.jobs(14.1)
    with teller.ago(14, teller.officer) as work:
        poll = _write(teller, work, words.OPEN, questions, decided_in=10, next_in=21)
        polls.schedule(work, poll.id, poll.version, None, soon(teller.today))
    with teller.database.reading() as session:
        paper = poll_queries.paper_of(session, poll)
    for number in range(20, 41):
        raw = {q.id.hex: [paper.options[q.id][number % len(paper.options[q.id])].id.hex] for q in paper.questions}
        with teller.ago(13 - number / 10, Actor(person_id=teller.families[number], level="parliament")) as work:
            answering.answer_signed_in(work, poll.id, raw)
    teller.jobs(8)


def soon(today: datetime) -> datetime:
    """Twenty minutes later; but nothing closes between midnight and 4 am, so at night it is 4 am."""
    wanted = today + timedelta(minutes=20)
    local = wanted.astimezone(LONDON)
    return wanted if local.hour >= 4 else datetime.combine(local.date(), time(4), LONDON)


def _write(
    teller: Teller,
    work: Work,
    said: dict[str, Any],
    questions: tuple[QuestionDraft, ...],
    *,
    decided_in: int,
    next_in: int,
) -> Poll:
    poll = polls.write(work, teller.topics[words.BUSES.title], said["title"])
    content = Content(
        questions=questions, decided_on=teller.day(decided_in), next_by=teller.day(next_in), minutes=2, **said
    )
    return polls.change(work, poll.id, poll.version, content)


def _this_week(teller: Teller) -> None:
    """What waits on the desk today."""
    for heard in words.NEW:
        with teller.ago(heard.days_ago + 0.2) as work:
            _say(work, teller.families[heard.family], heard)
    with teller.ago(0.3) as work:
        _say(work, teller.families[25], words.Heard(0, 25, words.OWN_CHILD, quote=False), About.OWN_CHILD)
    teller.jobs(0.1)
