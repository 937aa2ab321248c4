"""Setting the stage: a town on PostgreSQL made by the product's own services, and what the load will ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from xml.etree.ElementTree import Element

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from pyramid_app.accounts import door
from pyramid_app.accounts.service import begin_session
from pyramid_app.app import create_app, office
from pyramid_app.base import clock
from pyramid_app.base.actor import NOBODY, Actor, system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.schema import migrate
from pyramid_app.base.work import working
from pyramid_app.polls.answering.service import answer_signed_in
from pyramid_app.polls.asking.drafts import OptionDraft, QuestionDraft
from pyramid_app.polls.models import Poll
from pyramid_app.scheduler import all_jobs, run_once
from tests.bench import floor
from tests.builders import a_member, the_area
from tests.polls.builders import CAME, a_poll, a_topic, chosen
from tests.support import pages

MEMBERS = 300
LONG_AGO = timedelta(days=21)
"""When the counted poll was asked: it has closed since (polls stay open for two weeks)."""

QUESTION = QuestionDraft(
    "What would help most on the way to school?",
    (
        OptionDraft("A text message", "We write when the bus is late."),
        OptionDraft("One more helper", "Another adult on each bus."),
        OptionDraft("A fixed driver", "The same person every day."),
        OptionDraft("A shorter way", "Fewer children on each bus."),
        OptionDraft("A place to wait", "Dry, and near the road."),
    ),
)


@dataclass(frozen=True)
class Member:
    """Somebody who is signed in: their cookie, the token in it, and a CSRF token of that session."""

    cookie: str
    token: str
    csrf: str


def prepare(settings: Settings, floor_url: str) -> dict[str, Any]:
    """Fill both databases; returns the plan that load and floor read."""
    migrate(settings.database)
    database = Database(settings.database)
    people, counted, asked = _town(settings, database)
    app = create_app(settings, database)
    members = list(_signed_in(app, people))
    paper, results, cast = f"/polls/{asked.ref}/paper", f"/polls/{counted.ref}/results", f"/polls/{asked.ref}/cast"
    words = [option.name for option in QUESTION.options]
    floor.lay(floor_url, [member.token for member in members], [paper, results], words)
    plan = {
        "floor": floor_url,
        "cast": cast,
        "pages": {paper: members[0].cookie, results: ""},
        "cells": {
            "casting": {"status": 303, "requests": list(_casts(app, members, paper, cast))},
            "poll page": {"status": 200, "requests": [_get(paper, member.cookie) for member in members]},
            "result page": {"status": 200, "requests": [_get(results)] * len(members)},
        },
    }
    database.close()
    return plan


def _town(settings: Settings, database: Database) -> tuple[list[UUID], Poll, Poll]:
    """Members, a poll that has been counted by the product's own jobs, and one that all have answered and is open."""
    now = clock.now()
    with clock.standing_at(now - LONG_AGO):
        with working(database, system("bench")) as work:
            the_area(work)
            people = [a_member(work, f"parent{number}@example.org").id for number in range(MEMBERS)]
        counted = _poll(settings, database, "School buses last term", now - LONG_AGO)
        _all_answer(database, counted, people)
    asked = _poll(settings, database, "School buses", now)
    _all_answer(database, asked, people)
    letters = office(settings)
    jobs = {job.name for job in all_jobs(settings, database, letters)} - {"send letters"}
    run_once(settings, database, letters, jobs)
    return people, counted, asked


def _poll(settings: Settings, database: Database, title: str, opens_at: datetime) -> Poll:
    decided_on = opens_at.date() + timedelta(days=40)
    with working(database, system("bench")) as work:
        topic = a_topic(work, title, decided_on + timedelta(days=60))
        return a_poll(
            work, settings.keys, questions=(QUESTION,), topic=topic, title=title,
            decided_on=decided_on, next_by=decided_on + timedelta(days=10),
        )  # fmt: skip


def _all_answer(database: Database, poll: Poll, people: list[UUID]) -> None:
    for number, person in enumerate(people):
        with working(database, Actor(person_id=person)) as work:
            answer_signed_in(work, poll.id, chosen(work, poll, number % len(QUESTION.options)), CAME)


def _signed_in(app: Flask, people: list[UUID]) -> Iterator[Member]:
    """What each browser holds after signing in; codes and letters are left out."""
    house = app.extensions["pyramid"]
    for person in people:
        with working(house.database, NOBODY) as work:
            token = begin_session(work, house.settings.secret.get_secret_value(), person)
        with app.test_request_context():
            door.let_in(token)
            csrf, response = generate_csrf(), app.response_class()
            app.session_interface.save_session(app, session, response)
        yield Member(response.headers["Set-Cookie"].partition(";")[0], token, csrf)


def _casts(app: Flask, members: list[Member], paper: str, cast: str) -> Iterator[str]:
    """What each browser posts at the end, found by walking there once as a browser does: paper, check page, cast."""
    client, cookie = app.test_client(use_cookies=False), {"Cookie": members[0].cookie}
    sheet = _form(client.get(paper, headers=cookie).text, f"/polls/{paper.split('/')[2]}/check")
    radios = [(box.get("name") or "", box.get("value") or "") for box in sheet.iter() if box.get("type") == "radio"]
    first = {"csrf_token": members[0].csrf, radios[0][0]: radios[0][1]}
    check = _form(client.post(sheet.get("action") or "", data=first, headers=cookie).text, cast)
    boxes = [(box.get("name") or "", box.get("value") or "") for box in check.iter("input") if box.get("name")]
    for number, member in enumerate(members):
        own = {"csrf_token": member.csrf, radios[0][0]: radios[number % len(radios)][1]}
        body = urlencode([(name, own.get(name, value)) for name, value in boxes])
        yield (
            f"POST {cast} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {member.cookie}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"
        )


def _form(html: str, action: str) -> Element:
    """The form of that page that leads there."""
    return next(form for form in pages.check(html).iter("form") if form.get("action") == action)


def _get(path: str, cookie: str = "") -> str:
    carried = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n{carried}\r\n"
