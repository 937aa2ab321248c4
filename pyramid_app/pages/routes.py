"""Home, my page, a topic's story, a promise, and the plain pages. They only read; forms post to the owner."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for
from markupsafe import Markup
from sqlmodel import Session

from pyramid_app.accounts import queries as people
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.permissions import may_start
from pyramid_app.charter.drafting.rules import PUBLIC
from pyramid_app.charter.drafting.screens import PLACES
from pyramid_app.charter.editions import rules as editions
from pyramid_app.charter.editions import screens as editions_screens
from pyramid_app.charter.handing.waiting import waiting_for
from pyramid_app.charter.queries import Promise
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.holding import queries as holding
from pyramid_app.feedback.intake.permissions import may_mend_now
from pyramid_app.feedback.own_child import queries as own_child
from pyramid_app.kit.charts import pyramid
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.deciding import queries as deciding
from pyramid_app.meetings.exercises import queries as exercises
from pyramid_app.meetings.reporting import queries as reporting
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.figures.told import told_rate
from pyramid_app.outcomes.replies import queries as replies
from pyramid_app.outcomes.steps import queries as steps
from pyramid_app.outcomes.verdicts import queries as verdicts
from pyramid_app.outcomes.verdicts import reopening, sides
from pyramid_app.outcomes.views import queries as views
from pyramid_app.pages import queries, running
from pyramid_app.pages.blueprint import blueprint
from pyramid_app.pages.calendar import routes as calendar_routes
from pyramid_app.pages.desk import routes as desk_routes
from pyramid_app.pages.draft import routes as draft_routes
from pyramid_app.pages.evidence import routes as evidence_routes
from pyramid_app.pages.people import routes as people_routes
from pyramid_app.pages.report import routes as report_routes
from pyramid_app.pages.timeline import chain, timeline
from pyramid_app.participation import queries as participation
from pyramid_app.participation.group import queries as group
from pyramid_app.polls import queries as polls
from pyramid_app.polls.results import queries as results
from pyramid_app.polls.results.tables import trend_table
from pyramid_app.topics import drafts as topic_drafts
from pyramid_app.topics import queries as topics

__all__ = [
    "blueprint", "calendar_routes", "desk_routes", "draft_routes", "evidence_routes", "people_routes", "report_routes",
]  # fmt: skip


@blueprint.get("/")
@anyone
def home() -> Response:
    """The front page: for a visitor what this is; for whoever has joined, what is theirs today."""
    who = house.actor().person_id
    joined = who is not None and participation.find_level_of(house.reading(), who, house.now())
    return render("pages/me.html", **_mine()) if joined else render("pages/home.html", **_visitor())


def _visitor() -> dict[str, Any]:
    reading, now = house.reading(), house.now()
    tiers = queries.tiers(reading, now)
    return {
        "open_polls": polls.open_polls(reading, now),
        "to_come_to": exercises.to_come_to(reading, now),
        "cards": queries.cards(reading, now),
        "told": told_rate(reading, now),
        "late": topics.owing(reading),
        "tiers": tiers,
        "drawing": _drawing(tiers),
        "promises": charter.list_choices(reading),
    }


def _drawing(tiers: list[queries.Tier]) -> Markup | None:
    """The pyramid; an area with two levels, or six, has only the list of words below it."""
    if not 3 <= len(tiers) <= 5:
        return None
    return pyramid(
        queries.steps(tiers, url_for("pages.home")),
        title=translate("The pyramid of participation"),
        description=translate("From the base up: how many are on each level. The list below says the same in words."),
        ident="pyramid",
    )


def _mine() -> dict[str, Any]:
    reading, now, person_id = house.reading(), house.now(), house.actor().person_id
    assert person_id is not None  # noqa: S101  only for people who are signed in
    levels, here = participation.list_levels(reading), participation.find_level_of(reading, person_id, now)
    voices, in_group = feedback.mine(reading, person_id), group.is_member(reading, person_id, now)
    return {
        "questions": polls.mine(reading, person_id, now),
        "voices": voices,
        "drafts": waiting_for(reading, house.actor(), now),
        "to_judge": verdicts.to_answer(reading, person_id, now),
        "hand_overs": own_child.of_voices(reading, [one.voice.id for one in voices if one.voice.handed_at]),
        "helpers": own_child.helpers(house.area()),
        "held_backs": holding.of_voices(reading, [one.voice.id for one in voices], now),
        "may_mend": may_mend_now,
        "next_word": queries.next_word(voices),
        "in_group": in_group,
        "to_come_to": exercises.to_come_to(reading, now),
        "meeting": next(iter(meetings.coming(reading, now)), None) if in_group else None,
        "boxes": reporting.waiting_for(reading, person_id) if in_group else [],
        "levels": [level for level in levels if level.by_choice],
        "level": next((level for level in levels if level.slug == here), None),
        "points": people.list_contact_points(reading, person_id),
    }


@blueprint.get("/me")
@signed_in
def me() -> Response:
    """Everything that is mine."""
    return render("pages/me.html", **_mine())


@blueprint.get("/topics/<ref>")
@anyone
def topic(ref: str) -> Response:
    """A topic's story: what families said, what we asked, what happened, what we promised."""
    reading, now = house.reading(), house.now()
    story = queries.story(reading, ref, house.actor().person_id, now)
    if story.topic.ref != ref:
        return see_other("pages.topic", ref=story.topic.ref)
    waiting = outcomes.find_waiting(reading, story.topic.id, now) if house.actor().is_officer else None
    answers = [*story.outcomes, *([waiting] if waiting else [])]
    shown = [outcome.id for outcome in answers]
    touches = topics.links_of(reading, story.topic.id)
    reopened = verdicts.reopenings(reading, topic_id=story.topic.id)
    unseen = bool(reopened) and reopened[0].reopening.seen_at is None
    words, today = topics.words_of(reading, story.topic.id), london_date(now)
    agreed, asked = (room.of_topic(reading, story.topic.id, today) for room in (steps, replies))
    decided = deciding.decisions_of(reading, story.topic.id)
    moments, oldest = timeline(story, words, agreed, asked, reopened, decided, today), "oldest" in request.args
    return render(
        "pages/topic.html", "follow", story=story, topic=story.topic, touches=touches, words=words, steps=agreed,
        asked=asked, decided=decided, exercises=exercises.of_topic(reading, story.topic.id, now),
        moments=moments[::-1] if oldest else moments, oldest=oldest, chain=chain(story, touches), waiting=waiting,
        reps=views.lines_of(reading, shown), notes=replies.notes_of(reading, shown),
        evidence=outcomes.evidence_of(reading, answers),
        sides=sides.of_topic(reading, story.topic, [one.commitment for one in touches], now), names=sides.NAMES,
        changes=topic_drafts.drafts_on(reading, story.topic.id), places=PLACES, public_stages=PUBLIC,
        reopened=reopened,
        may_mark_seen=unseen and reopening.represents(reading, house.actor().person_id, now),
    )  # fmt: skip


@blueprint.get("/charter/commitments/<int(max=99999):number>")
@anyone
def commitment(number: int) -> Response:
    """One promise: what it says and said, how anybody will know, what families said about it and what came of that."""
    reading, part = house.reading(), drafts.part_of(house.reading(), house.actor(), house.now())
    history = charter.history_of(reading, number)
    touching = topics.topics_touching(reading, number)
    newest = outcomes.newest_of(reading, [topic.id for topic in touching], house.now())
    shown = [outcome.id for outcome in newest.values()]
    checks = [(poll.closed_on, seen) for poll, seen in results.trend_of(reading, number, house.now())]
    return render(
        "pages/commitment.html", promise=history[-1], drafts=drafts.about(reading, number, part),
        may_start=bool(may_start(part)), places=PLACES, topics=touching, newest=newest, trend=trend_table(checks),
        **_past(reading, history), reps=views.lines_of(reading, shown), notes=replies.notes_of(reading, shown),
        evidence=outcomes.evidence_of(reading, newest.values()),
        sides=sides.of_commitments(reading, [number], house.now()), names=sides.NAMES,
    )  # fmt: skip


def _past(reading: Session, history: Sequence[Promise]) -> dict[str, Any]:
    """Where the number stood in each edition, and what it said there before."""
    present, number = charter.current_edition(reading), history[-1].number
    return {
        "retired": present is None or present.number != history[-1].edition,
        "editions": editions.runs(promise.edition for promise in history),
        "successors": charter.successors_of(reading, number),
        "wordings": editions.wordings_that_differ(history)[::-1],
        "changed": editions_screens.changed,
        "makers_say": editions.makers_say,
        "tongues": editions_screens.tongues(),
    }


@blueprint.get("/privacy")
@anyone
def privacy() -> Response:
    return render("pages/privacy.html")


@blueprint.get("/accessibility")
@anyone
def accessibility() -> Response:
    return render("pages/accessibility.html")


@blueprint.get("/healthz")
@anyone
def healthz() -> Response:
    """For the operator's monitor: 503 while something stops families, with a line for each thing that is wrong."""
    found = running.findings(desk_routes.look())
    stopped = any(one.stops for one in found)
    return Response(running.as_text(found), 503 if stopped else 200, mimetype="text/plain")
