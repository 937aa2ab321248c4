"""Is everything running? What ``/healthz`` says to a monitor and the desk to officers: one list, from one function.

A finder looks at one thing and returns what is wrong with it; a room that knows of another thing adds a finder here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, func, select

from pyramid_app.accounts.codes.rules import ASKED_BY_ALL, AT_ONE_CODE, WRONG_OF_ALL
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.budgets.queries import list_reached
from pyramid_app.base.config import Settings
from pyramid_app.base.keyed import same
from pyramid_app.base.ledger.findings import Finding, findings_of_places, found_by_scheduler, mark_of, places_of
from pyramid_app.base.ledger.queries import failing_jobs, find_state
from pyramid_app.base.outbox.answers import Hindrance
from pyramid_app.base.outbox.trouble import mail_trouble, oldest_due_at
from pyramid_app.base.paths import folder
from pyramid_app.base.schema import has_this_version
from pyramid_app.base.web.render import FRONT_END
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import sentence

ALIVE = timedelta(minutes=5)
"""A scheduler that has not looked around for so long is in trouble; so is a log that nobody chains."""

AHEAD = timedelta(minutes=2)
"""Two clocks may differ by this much. A heartbeat from further ahead is none."""

LATE = timedelta(minutes=15)
"""Letters leave within seconds; a big mailing keeps the last of them waiting for some minutes."""

LATELY = timedelta(days=2)
"""So long the desk sees that somebody was guessing codes."""

LASTS = timedelta(minutes=5)
"""What fails for this long is no hiccup."""


@dataclass(frozen=True)
class Look:
    """What a finder may ask. ``forwarded``: this request says that it came through a proxy."""

    session: Session
    now: datetime
    settings: Settings
    forwarded: bool = False


Finder = Callable[[Look], Iterable[Finding]]


def findings(look: Look) -> list[Finding]:
    """What does not run as it should, what stops families first."""
    found = [one for finder in WITHOUT_DATABASE for one in finder(look)]
    try:
        found += _with_database(look)
    except SQLAlchemyError:
        found.append(Finding(True, Say("The database does not answer.")))
    # Both processes may see the same disk, a moment apart.
    once = {one.say.message if "megabytes" in one.say.facts else one: one for one in found}
    return sorted(once.values(), key=lambda one: not one.stops)


def as_text(found: list[Finding]) -> str:
    """For a monitor: ``ok``, ``ok, with warnings`` or ``not ok``, and a line for each finding."""
    stopped = any(one.stops for one in found)
    first = "not ok" if stopped else "ok, with warnings" if found else "ok"
    lines = [f"{'stops families' if one.stops else 'warning'}: {sentence(one.say)}" for one in found]
    return "".join(f"{line}\n" for line in (first, *lines))


def _with_database(look: Look) -> list[Finding]:
    if not has_this_version(look.session):
        # The other finders would ask for tables that may not be there.
        return [Finding(True, Say("The database is older or newer than this program: run pyramid-app db upgrade."))]
    return [one for finder in WITH_DATABASE for one in finder(look)]


def _front_end(_look: Look) -> list[Finding]:
    there = (folder("static") / FRONT_END).is_file()
    return [] if there else [Finding(True, Say("The front-end files are missing: no page can be shown."))]


def _places(look: Look) -> list[Finding]:
    return findings_of_places(places_of(look.settings, keys=False))


def _proxies(look: Look) -> list[Finding]:
    if look.settings.proxies or not look.forwarded:
        return []
    return [Finding(True, Say("Pages are asked for through a proxy, and PYRAMID_PROXIES is 0: all families count as"
                              " one network, and share its limits."))]  # fmt: skip


def _scheduler(look: Look) -> list[Finding]:
    """Its heartbeat; and only while that is fresh, what it saw."""
    state = find_state(look.session)
    if state is None:
        return [Finding(True, Say("The scheduler has not run yet: no letter leaves."))]
    if state.at > look.now + AHEAD:
        return [Finding(True, Say("The scheduler last ran in the future ({at}): one of two clocks is"
                                  " wrong, and nobody can tell whether it runs.", at=state.at))]  # fmt: skip
    if state.at <= look.now - ALIVE:
        return [Finding(True, Say("The scheduler does not run: no letter leaves. It last ran {at}.", at=state.at))]
    found = found_by_scheduler(state)
    if not same(state.secret_mark, mark_of(look.settings)):
        found.append(Finding(True, Say("Pages and scheduler have different secrets (PYRAMID_SECRET): codes and links"
                                       " in letters do not work.")))  # fmt: skip
    return found


def _letters(look: Look) -> list[Finding]:
    due_at = oldest_due_at(look.session, look.now)
    if due_at is None or due_at > look.now - LATE:
        return []
    return [Finding(True, Say("Letters do not leave: the oldest has been due since {at}.", at=due_at))]


MAIL = {
    Hindrance.AWAY: Say("The mail server cannot be reached since {at}. Letters wait."),
    Hindrance.UNSAFE: Say("Since {at} the way to the mail server is not safe: it is not encrypted, or the server's"
                          " certificate is not right. Letters wait."),
    Hindrance.REFUSED: Say("Since {at} the mail server takes no letters from us. Letters wait."),
}  # fmt: skip


def _mail(look: Look) -> list[Finding]:
    found = []
    for one in mail_trouble(look.session):
        lasts = one.kind is not Hindrance.AWAY or one.since_at <= look.now - LASTS
        found.append(Finding(lasts, Say(MAIL[one.kind].message, at=one.since_at), one.said))
    return found


def _jobs(look: Look) -> list[Finding]:
    return [
        Finding(one.since <= look.now - LASTS, Say("A job of the scheduler has failed since {at}: {job} ({error}).",
                                                   at=one.since, job=one.job, error=one.error))
        for one in failing_jobs(look.session, look.now)
    ]  # fmt: skip


def _unchained(look: Look) -> list[Finding]:
    waiting = select(func.count()).where(col(AuditEntry.hash).is_(None), col(AuditEntry.at) < look.now - ALIVE)
    rows = look.session.exec(waiting).one()
    if not rows:
        return []
    return [
        Finding(False, Say("The log of what was done has not been sealed for a while: rows that wait: {n}.", n=rows))
    ]


RINGS = {
    WRONG_OF_ALL.what: Say("Very many wrong codes have been typed: somebody may be guessing. For a day or two, new"
                           " codes have two more digits. Nobody has to do anything."),
    AT_ONE_CODE: Say("Somebody may be guessing the code of one person. It no longer works from elsewhere."),
    ASKED_BY_ALL.what: Say("Very many codes have been asked for: somebody may be flooding our letters."),
}  # fmt: skip


def _guessing(look: Look) -> list[Finding]:
    reached = {one.what for one in list_reached(look.session, look.now - LATELY)}
    return [Finding(False, say) for what, say in RINGS.items() if what in reached]


WITHOUT_DATABASE: tuple[Finder, ...] = (_front_end, _places, _proxies)
WITH_DATABASE: tuple[Finder, ...] = (_scheduler, _mail, _letters, _jobs, _unchained, _guessing)
