"""The meetings of the sample's Group: one that was held, with what came of it, and one that is coming."""

from datetime import datetime, time, timedelta
from uuid import UUID

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Actor, Role
from pyramid_app.kit.texts import LONDON
from pyramid_app.meetings import service as meetings
from pyramid_app.meetings.agenda import queries as agendas
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda.rules import Draft, ItemKind, Word, draft_of
from pyramid_app.meetings.agenda.suggesting import suggestions
from pyramid_app.meetings.asking import service as asking
from pyramid_app.meetings.deciding import service as deciding
from pyramid_app.meetings.deciding.rules import Decision, How
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.reporting import service as reporting
from pyramid_app.meetings.reporting.rules import Boxes
from pyramid_app.meetings.rules import Plan
from pyramid_app.participation.group import queries as groups
from pyramid_app.participation.group import service as group
from pyramid_app.participation.group.rules import Draft as MemberDraft
from pyramid_app.participation.group.rules import MemberKind
from pyramid_app.sample import words
from pyramid_app.sample.teller import Teller

HELD_AGO, COMING_IN = 34, 12
NAMED = (
    MemberDraft("Hana (sample)", "hana@school.example.org", MemberKind.SCHOOL, "Sample Hill School"),
    MemberDraft("Nell (sample)", "nell@nhs.example.org", MemberKind.HEALTH, "the NHS (sample)"),
    MemberDraft("Otto (sample)", "otto@council.example.org", MemberKind.OFFICER, "SEND team"),
)
HEARD = Draft("How the bus company does", "The company tells us how often buses were late.", 15, ItemKind.HEAR)
DECIDED = Draft("The text when a bus is late", "We ask for a text to families by 7.30 am.", 20, ItemKind.DECIDE)
LATER = Draft("Where short breaks are", "A list of places, and how full they are.", 15, ItemKind.HEAR)
BOXES = Boxes(
    "That nobody tells families when the bus is late.",
    "The company can send a text. It has not been asked before.",
    "The team asks the company. We look at it again at the next meeting.",
    public=True,
)


def meet(teller: Teller) -> None:
    """The Group has members of other kinds, two chairs, a past meeting and a coming one."""
    chair = _the_group(teller)
    held = _arrange(teller, chair, HELD_AGO + 14, "Meeting of the Group (sample)", -HELD_AGO)
    topic_id = teller.topics[words.BUSES.title]
    for draft in (HEARD, DECIDED, LATER):
        with teller.ago(HELD_AGO + 13, chair) as work:
            about = topic_id if draft is DECIDED else None
            agenda.add(work, held.id, Draft(draft.title, draft.words, draft.minutes, draft.kind, about))
    with teller.ago(HELD_AGO + 10, chair) as work:
        meetings.publish(work, held.id, teller.settings.address)
    _hold(teller, chair, held)
    _coming(teller, chair)


def _the_group(teller: Teller) -> Actor:
    """Rosa shares the chair."""
    with teller.ago(HELD_AGO + 30) as work:
        for draft in NAMED:
            group.name(work, draft, teller.settings.address)
        rosa = next(one for one in groups.members(work.session, work.now) if one.name == "Rosa (sample)")
        accounts.give_role(work, rosa.person_id, Role.CHAIR)
    return Actor(person_id=rosa.person_id, roles=frozenset({Role.CHAIR}), name=rosa.name)


def _arrange(teller: Teller, chair: Actor, days_ago: float, title: str, on_in: int) -> Meeting:
    """From 10 to 12 on that day."""
    starts, ends = (datetime.combine(teller.workday(on_in), time(hour), LONDON) for hour in (10, 12))
    with teller.ago(days_ago, chair) as work:
        return meetings.arrange(
            work,
            Plan(
                title, starts, ends, "Room 2, the Sample Hub", childcare="There is a play room with two helpers.",
                travel="Keep your ticket: the team pays it back on the day.", interpreter="Tell us a week before.",
            ),
        )  # fmt: skip


def _hold(teller: Teller, chair: Actor, held: Meeting) -> None:
    """Five representatives and two others are there; one thing is agreed, one heard, one parked."""
    ended = (teller.today - held.ends_at) / timedelta(days=1)
    with teller.ago(ended + 0.02, chair) as work:
        members = groups.members(work.session, work.now)
        reps = [one.person_id for one in members if one.elected]
        others = [one.person_id for one in members if not one.elected]
        here = sorted(reps, key=lambda one: one != chair.person_id)[:5]
        away = next(one for one in reps if one not in here)
        there: dict[UUID, How | None] = {**dict.fromkeys(here, How.HERE), away: How.APOLOGIES}
        there |= dict.fromkeys(others[:2], How.ONLINE)
        deciding.write_down(work, held.id, there)
        typed = (
            Decision(Word.HEARD, "Three of ten buses were late in the last month."),
            Decision(Word.AGREED, "The team asks the bus company for it.", "We wanted this for a year. We are glad."),
            Decision(Word.PARKED, "We did not come to it."),
        )
        for item, decision in zip(agendas.items_of(work.session, held.id), typed, strict=True):
            deciding.decide(work, held.id, item.id, item.version, decision)
    with teller.ago(ended - 0.1, chair) as work:
        deciding.close(work, held.id, teller.settings.address)
    teller.jobs(ended - 1.2)
    for person_id in reps[:3]:
        _report(teller, held, person_id, ended - 2)


def _report(teller: Teller, held: Meeting, person_id: UUID, days_ago: float) -> None:
    with teller.ago(days_ago, Actor(person_id=person_id)) as work:
        reporting.send(work, held.id, BOXES)


def _coming(teller: Teller, chair: Actor) -> None:
    """What was parked is on it, and the draft that waits for hands; a member asks for an item, and waits to hear."""
    coming = _arrange(teller, chair, 5, "Next meeting of the Group (sample)", COMING_IN)
    with teller.ago(4, chair) as work:
        about = teller.topics[words.BUSES.title]
        agenda.add(work, coming.id, Draft("What the bus company says", "", 15, ItemKind.HEAR, about))
        for one in suggestions(work.session, work.now):
            if draft_of(one.source):
                agenda.take(work, coming.id, one.source)
        meetings.publish(work, coming.id, teller.settings.address)
    with teller.ago(3) as work:
        hana = next(one for one in groups.members(work.session, work.now) if one.name == NAMED[0].name)
    with teller.ago(2.5, Actor(person_id=hana.person_id)) as work:
        asking.ask(work, "Quiet rooms at sports days", "Two families told our school that there is nowhere to go.")
