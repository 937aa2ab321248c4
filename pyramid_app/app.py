"""Wiring, in a fixed order, and no logic: what a lower package needs from above is handed in here."""

import gc
import sys
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from flask_wtf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from sqlmodel import Session
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts import routes as accounts_routes
from pyramid_app.accounts.changing.makers import change_maker
from pyramid_app.accounts.codes.makers import code_maker
from pyramid_app.accounts.mail_letters import mail_waits
from pyramid_app.accounts.shared import routes as shared_routes
from pyramid_app.area import routes as area_routes
from pyramid_app.area.queries import settings_of
from pyramid_app.base import logs
from pyramid_app.base.config import Settings, refuse_unsafe, sentence_of
from pyramid_app.base.db import Database
from pyramid_app.base.files import limits
from pyramid_app.base.outbox.carriers import Carrier, Sender, carrier_for
from pyramid_app.base.outbox.rules import Caps
from pyramid_app.base.outbox.sender import Office
from pyramid_app.base.paths import folder
from pyramid_app.base.web import guard, guesses, headers, house, refusals, render, sent_letters, sizes, typed
from pyramid_app.charter import routes as charter_routes
from pyramid_app.charter.handing.makers import link_maker as owner_maker
from pyramid_app.feedback import routes as feedback_routes
from pyramid_app.feedback.holding.makers import objection_maker
from pyramid_app.feedback.own_child.makers import hand_over_maker
from pyramid_app.meetings import routes as meetings_routes
from pyramid_app.notices import routes as notices_routes
from pyramid_app.outcomes import routes as outcomes_routes
from pyramid_app.outcomes.figures import routes as figures_routes
from pyramid_app.outcomes.replies.makers import link_maker
from pyramid_app.outcomes.verdicts import routes as verdicts_routes
from pyramid_app.outcomes.verdicts.makers import link_maker as verdict_maker
from pyramid_app.pages import routes as pages_routes
from pyramid_app.participation import routes as participation_routes
from pyramid_app.participation.makers import invitation_maker
from pyramid_app.participation.stopping import stop_writer
from pyramid_app.partners import routes as partners_routes
from pyramid_app.polls import routes as polls_routes
from pyramid_app.polls.answering.makers import pass_maker
from pyramid_app.topics import routes as topics_routes

ROOMS = (
    area_routes, partners_routes,
    accounts_routes, shared_routes, participation_routes, charter_routes, topics_routes, feedback_routes, polls_routes,
    outcomes_routes, verdicts_routes, figures_routes, meetings_routes, notices_routes, pages_routes,
)  # fmt: skip

GUNICORN_ENDS = 4
"""A worker's exit code after which gunicorn starts no other in its place (its ``APP_LOAD_ERROR``)."""


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """The web application. ``database`` is given by those who bring their own (tests).

    Raises ``ValueError`` with one sentence where it could not be served safely, or not at all.
    """
    settings = settings or Settings()
    refuse_unsafe(settings)
    app = Flask("pyramid_app", template_folder=str(folder("templates")), static_folder=str(folder("static")))
    _configure(app, settings)
    app.extensions["pyramid"] = house.House(
        settings=settings,
        database=database or Database(settings.database),
        who=accounts_routes.someone,
        area=settings_of,
        names=accounts.names_of,
        channels=carrier_for(settings.mail).channels,
    )
    typed.init(app)
    house.init(app)
    guesses.init(app)
    headers.init(app)
    limits.init(app)
    csrf = CSRFProtect(app)
    app.before_request(guard.check)
    render.init(app)
    refusals.init(app)
    sizes.init(app)
    WTFormsHelpers(app)
    accounts_routes.init(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    if app.config["DEMO_LETTERS"]:
        app.register_blueprint(sent_letters.blueprint)
    for view in guard.keyless(app):
        csrf.exempt(view)
    return app


def serving() -> Flask:
    """The application as a server runs it: from the environment, with its log.

    What is set wrongly is one sentence; gunicorn then ends, and does not try again and again.
    """
    logs.configure()
    try:
        app = create_app()
    except ValueError as wrong:
        print(sentence_of(wrong), file=sys.stderr)
        raise SystemExit(GUNICORN_ENDS) from None
    # What was loaded stays: now and then a page waited while all of it was looked through for garbage.
    gc.collect()
    gc.freeze()
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret.get_secret_value(),
        SESSION_COOKIE_NAME="__Host-pyramid" if settings.secure else "pyramid",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=90),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        # A list of a million bytes, and the form around it.
        MAX_CONTENT_LENGTH=1_050_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        # A form opened at 9 pm is sent at 11.
        WTF_CSRF_TIME_LIMIT=None,
        # Pages behind a secret link send no referrer, so their forms have none to show over https. The token rides
        # in a __Host- cookie, which no other host can set.
        WTF_CSRF_SSL_STRICT=False,
        DEMO_LETTERS=settings.letters_folder is not None,
    )
    app.jinja_loader = ChoiceLoader(
        [
            app.jinja_loader,  # type: ignore[list-item]
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(folder("static")), prefix="static/", max_age=31536000,
        add_headers_function=headers.for_static(settings.secure),
    )  # fmt: skip
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def office(settings: Settings, carrier: Carrier | None = None) -> Office:
    """What the scheduler needs to send letters. ``carrier`` is given by those who bring their own (tests).

    Raises ``ValueError`` with one sentence, as ``create_app`` does.
    """
    refuse_unsafe(settings)
    carries = carrier or carrier_for(settings.mail, settings.mail_ca)

    def sender(session: Session, now: datetime) -> Sender:
        area = settings_of(session, now)
        return Sender(area.sender_name, area.sender_address, area.reply_to)

    def find_address(session: Session, person_id: UUID) -> tuple[str, str] | None:
        return accounts.find_reach(session, person_id, carries.channels)

    def caps(session: Session, now: datetime) -> Caps:
        area = settings_of(session, now)
        return Caps(area.letters_a_month, area.notices_a_month)

    secret, address = settings.secret.get_secret_value(), settings.address
    makers: dict[str, Any] = {
        "address changed": change_maker(secret, address),
        "code": code_maker(secret, address),
        "invitation": invitation_maker(secret, address),
        "pass": pass_maker(secret, address),
        "partner link": link_maker(secret, address),
        "owner link": owner_maker(secret, address),
        "verdict": verdict_maker(secret, address),
        "hand over": hand_over_maker(secret, address),
        "objection": objection_maker(secret, address),
    }
    return Office(
        carrier=carries,
        find_address=find_address,
        makers=makers,
        sender=sender,
        domain=urlsplit(address).hostname or "localhost",
        caps=caps,
        wants=accounts.wants,
        stop_link=stop_writer(secret, address),
        ring=mail_waits(address),
    )
