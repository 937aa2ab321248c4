"""The browser's side of signing in: flask-login's user around a sign-in, and the clock of an idle officer."""

from datetime import datetime, timedelta

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from pyramid_app.accounts import queries
from pyramid_app.accounts.codes.service import Asker
from pyramid_app.accounts.queries import Here
from pyramid_app.base.actor import AT_THE_DESK, NOBODY, Actor, Hat
from pyramid_app.base.keyed import keyed
from pyramid_app.base.web import house

SEEN = "seen"


class Visitor(UserMixin):
    """Who flask-login knows: a token, and the sign-in it stands for."""

    def __init__(self, token: str, here: Here | None) -> None:
        self.token = token
        self.here = here

    def get_id(self) -> str:
        return self.token


def secret() -> str:
    return house.house().settings.secret.get_secret_value()


def asker() -> Asker:
    """This browser, as one that asks for a code or types one."""
    return Asker(secret(), house.network(), house.actor().signed_in)


def init(app: Flask) -> None:
    manager = LoginManager(app)
    # Our tokens are bound to a row that can be ended; flask-login's own fingerprint would sign out changing phones.
    manager.session_protection = None
    manager.user_loader(_load)


def _load(token: str) -> Visitor | None:
    found = queries.find_here(house.reading(), keyed(secret(), "session", token), house.now())
    return Visitor(token, found) if found else None


def let_in(token: str, *, kept: bool = False) -> None:
    """Sign this browser in. What its cookie held before is dropped, so that nobody can plant a session."""
    session.clear()
    login_user(Visitor(token, None))
    session.permanent = kept
    g.pop("actor", None)


def let_out() -> None:
    logout_user()
    session.clear()
    g.pop("actor", None)


def here() -> Here | None:
    """The sign-in of this browser."""
    return current_user.here if isinstance(current_user._get_current_object(), Visitor) else None


def someone(now: datetime) -> Actor:
    """The actor of this browser. Staff who were idle for too long have only their family hat."""
    found = here()
    if found is None:
        return NOBODY
    hat = found.hat if found.roles & AT_THE_DESK and not _idle(now) else Hat.FAMILY
    if hat is Hat.STAFF:
        session[SEEN] = int(now.timestamp())
    return Actor(person_id=found.person_id, roles=found.roles, hat=hat, name=found.name)


def begin_staff_clock(now: datetime) -> None:
    session[SEEN] = int(now.timestamp())


def _idle(now: datetime) -> bool:
    # The clock rides in the signed cookie: a GET never writes to the database.
    idle = now.timestamp() - float(session.get(SEEN, 0))
    return bool(idle > timedelta(minutes=house.area().officer_idle_minutes).total_seconds())
