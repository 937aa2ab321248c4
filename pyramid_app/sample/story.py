"""A year in a sample area, told by the same verbs everybody uses, each at its own past moment."""

from datetime import datetime
from uuid import UUID

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.area import service as area
from pyramid_app.base.actor import Actor, Hat, Role
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import Work
from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Channel, Speaker
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.participation import service as participation
from pyramid_app.sample import words
from pyramid_app.sample.drafts import change_the_charter
from pyramid_app.sample.exercises import come_together
from pyramid_app.sample.meetings import meet
from pyramid_app.sample.partners import ask_partners
from pyramid_app.sample.questions import ask_and_count, ask_now
from pyramid_app.sample.start import add_officer, lay_ground, lay_sample_calendar
from pyramid_app.sample.teller import Teller
from pyramid_app.topics import service as topics

PERSONAS = (
    ("lead", "Lea (sample)", "lea@council.example.org"),
    ("officer", "Sam (sample)", "sam@council.example.org"),
    ("representative", "Rosa (sample)", "rep01@example.org"),
    ("reader", "Family 44", "family44@example.org"),
    ("parent", "Amina (sample)", "family13@example.org"),
    ("just tell me", "Chidi (sample)", "chidi@example.org"),
)


def tell(settings: Settings, database: Database, today: datetime) -> None:
    """Fill an empty, migrated database with a year of the sample area, ending at ``today``.

    One poll is open and closes 20 minutes later; one topic's next word was promised for yesterday.
    """
    teller = Teller(settings, database, today)
    _first_day(teller)
    _families_join(teller)
    for story in words.STORIES:
        _tell_topic(teller, story)
    ask_partners(teller)
    change_the_charter(teller)
    ask_and_count(teller)
    meet(teller)
    come_together(teller)
    ask_now(teller)
    _this_week(teller)


def _first_day(teller: Teller) -> None:
    with teller.ago(430) as work:
        lay_ground(work)
        area.change_settings(work, dict(words.AREA), why="The sample area was made.")
        add_officer(work, "Lea (sample)", "lea@council.example.org", job="SEND lead", lead=True)
        sam = add_officer(work, "Sam (sample)", "sam@council.example.org", job="Families' officer")
        charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
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
        filing.file_voice(work, voice, teller.topics[story.title], cleared=heard.words)


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
    return Draft(answer, done_on=done_on, next_word_on=next_on, evidence_file_id=None, **answered.fields)


def _this_week(teller: Teller) -> None:
    """What waits on the desk today, and the calendar to ask by."""
    with teller.ago(0.6) as work:
        lay_sample_calendar(work)
    for heard in words.NEW:
        with teller.ago(heard.days_ago + 0.2) as work:
            _say(work, teller.families[heard.family], heard)
    with teller.ago(0.3) as work:
        _say(work, teller.families[25], words.Heard(0, 25, words.OWN_CHILD, quote=False), About.OWN_CHILD)
    teller.jobs(0.1)
