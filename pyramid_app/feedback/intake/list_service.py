"""Taking a list in: looked at first, then some rows in each act, each row once, also when a process is killed.

Rows that fit wait in batches. A batch goes in the very act that keeps its voices, and each voice carries the name of
its line, so that nothing comes twice; what is left out stays with its reason until the list is forgotten, a day on.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session, col, delete
from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.ledger import progress
from pyramid_app.base.work import BATCH, Work, batches
from pyramid_app.feedback.intake import lists, queries
from pyramid_app.feedback.intake.lists import Read, Table, same_words
from pyramid_app.feedback.intake.models import ImportBatch, ImportList
from pyramid_app.feedback.intake.permissions import may_bring_lists
from pyramid_app.feedback.intake.rules import Did
from pyramid_app.feedback.intake.service import enter_one
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date

TWICE = "twice"
BROKEN = "broken"
Line = tuple[int, list[str]]
LeftOut = dict[str, Any]


def work_name(list_id: UUID) -> str:
    """What the ledger calls taking in this list."""
    return f"taking in list {list_id}"


@dataclass(frozen=True)
class Seen:
    """A list that was looked over: rows that fit, and rows that are left out with the reason."""

    header: tuple[str, ...]
    total: int
    consent: str
    fit: list[Line]
    left_out: list[LeftOut]


def look_over(session: Session, now: datetime, found: Table | Say, consent: str, channels: frozenset[str]) -> Seen:
    """What is in a file, before anything is kept; it takes a second or two, in which others go on writing.

    Raises ``Invalid`` at ``file`` or ``consent``.
    """
    wrong = {}
    if not consent:
        wrong["consent"] = Say("Write how they said yes, like: ticked a box at the fair.")
    if isinstance(found, Say):
        raise Invalid({"file": found, **wrong})
    if wrong:
        raise Invalid(wrong)
    fit, left_out = _sorted_out(found, _reader(session, now, found.header, consent, channels))
    at = found.header.index(lists.NEEDED)
    fit, known = _apart(fit, at, _known(session, now, fit, at))
    return Seen(found.header, len(found.rows), consent, fit, [*left_out, *known])


def bring(work: Work, name: str, seen: Seen) -> ImportList:
    """Keep what a list says apart until somebody says yes. No voice comes of it yet."""
    may_bring_lists(work.actor).enforce()
    assert work.actor.person_id is not None  # noqa: S101  only people bring lists: ``may_bring_lists``
    brought = ImportList(
        id=uuid7(), by_id=work.actor.person_id, name=name[:120], consent=seen.consent, header=list(seen.header),
        total=seen.total, waiting=0, brought_at=work.now,
    )  # fmt: skip
    work.session.add(brought)
    work.session.flush()
    _keep(work, brought, seen.fit, seen.left_out)
    work.record(Did.LIST_BROUGHT, f"list:{brought.id}", rows=brought.total)
    return brought


def begin(work: Work, list_id: UUID, *, with_twice: bool = False) -> None:
    """Somebody says yes: the scheduler takes it in. What was heard since it was looked at is left out as well.

    ``with_twice``: rows whose words are here already come in, too. Raises ``Conflict`` for a list that has begun.
    """
    may_bring_lists(work.actor).enforce()
    one_at_a_time(work.session, "lists")
    brought = _hold(work, list_id)
    if brought.begun_at:
        raise Conflict(Say("This list has been taken in already."))
    fit, left_out = list(queries.waiting_rows(work.session, list_id)), list(brought.left_out)
    if with_twice:
        fit = sorted([*fit, *((one["line"], one["cells"]) for one in left_out if one["why"] == TWICE)])
        left_out = [one for one in left_out if one["why"] != TWICE]
    else:
        at = brought.header.index(lists.NEEDED)
        fit, known = _apart(fit, at, _known(work.session, work.now, fit, at, but=list_id))
        left_out += known
    _keep(work, brought, fit, left_out)
    brought.begun_at = work.now
    if not fit:
        brought.ended_at = work.now
    else:
        progress.say(work.session, work_name(list_id), 0, brought.waiting, work.now)
    work.record(Did.LIST_BEGUN, f"list:{list_id}", rows=brought.waiting)


def take_some(work: Work, list_id: UUID, channels: frozenset[str]) -> int:
    """The next batch comes in; returns how many rows that were, 0 when all are in."""
    brought = _hold(work, list_id)
    batch = next(iter(queries.batches_of(work.session, list_id, 1)), None)
    if batch is None or brought.begun_at is None:
        return 0
    read, left_out = _reader(work.session, work.now, brought.header, brought.consent, channels), []
    for line, cells in batch.rows:
        problem = _take(work, brought, line, read(cells))
        if problem:
            left_out.append(_left(line, cells, BROKEN, problem))
    taken = len(batch.rows)
    work.session.delete(batch)
    brought.left_out = [*brought.left_out, *left_out]
    brought.taken, brought.waiting = brought.taken + taken - len(left_out), brought.waiting - taken
    if brought.waiting:
        progress.say(work.session, work_name(list_id), brought.taken, brought.taken + brought.waiting, work.now)
    else:
        brought.ended_at = work.now
        progress.over(work.session, work_name(list_id))
    return taken


def _take(work: Work, brought: ImportList, line: int, read: Read) -> Say | None:
    """One row becomes a voice; or why it does not, if what an area allows has changed since it was read."""
    if read.entry is None or read.occasion is None:
        return read.problem
    enter_one(work, read.entry, read.occasion, uuid5(brought.id, str(line)), by_id=brought.by_id)
    return None


def forget(work: Work, list_id: UUID) -> None:
    """Its day is over: rows that came in are voices now, all others go."""
    brought = _hold(work, list_id)
    work.session.exec(delete(ImportBatch).where(col(ImportBatch.list_id) == list_id))
    work.session.delete(brought)
    work.record(Did.LIST_FORGOTTEN, f"list:{list_id}")


def why(one: LeftOut) -> Say:
    """The reason beside a row that was left out."""
    return Say(one["message"], **one["facts"])


def _hold(work: Work, list_id: UUID) -> ImportList:
    queries.get_list(work.session, list_id)
    return work.session.get_one(ImportList, list_id, with_for_update=True, populate_existing=True)


def _sorted_out(found: Table, read: Callable[[list[str]], Read]) -> tuple[list[Line], list[LeftOut]]:
    """Rows that fit; and rows that are broken, or say what an earlier row of the file said."""
    fit, left_out, first = list[Line](), list[LeftOut](), dict[str, int]()
    at = found.header.index(lists.NEEDED)
    for row in found.rows:
        cells = list(row.cells)
        problem = row.problem or read(cells).problem
        if problem:
            left_out.append(_left(row.line, cells, BROKEN, problem))
            continue
        said = same_words(cells[at])
        if said in first:
            same = Say("Line {line} has the same words.", line=first[said])
            left_out.append(_left(row.line, cells, TWICE, same))
        else:
            first[said] = row.line
            fit.append((row.line, cells))
    return fit, left_out


def _apart(fit: Iterable[Line], at: int, known: Collection[str]) -> tuple[list[Line], list[LeftOut]]:
    """Rows nobody has said before; and those whose words are here already."""
    new, left_out = list[Line](), list[LeftOut]()
    for line, cells in fit:
        if same_words(cells[at]) in known:
            left_out.append(_left(line, cells, TWICE, Say("These words came in the last twelve months.")))
        else:
            new.append((line, cells))
    return new, left_out


def _known(session: Session, now: datetime, fit: Iterable[Line], at: int, but: UUID | None = None) -> set[str]:
    wanted = {same_words(cells[at]) for _line, cells in fit}
    return queries.heard_before(session, wanted, now) | (queries.under_way(session, but) & wanted)


def _keep(work: Work, brought: ImportList, fit: list[Line], left_out: list[LeftOut]) -> None:
    """Batches as they now are, in place of what there was."""
    work.session.exec(delete(ImportBatch).where(col(ImportBatch.list_id) == brought.id))
    for number, rows in enumerate(batches(fit, BATCH)):
        work.session.add(ImportBatch(list_id=brought.id, number=number, rows=[list(row) for row in rows]))
    brought.waiting, brought.left_out = len(fit), sorted(left_out, key=lambda one: int(one["line"]))


def _left(line: int, cells: list[str], kind: str, reason: Say) -> LeftOut:
    return {"line": line, "cells": cells, "why": kind, "message": reason.message, "facts": dict(reason.facts)}


def _reader(
    session: Session, now: datetime, header: Iterable[str], consent: str, channels: frozenset[str]
) -> Callable[[list[str]], Read]:
    """Reads a row as this area would today."""
    characters, today, names = settings_of(session, now).voice_characters, london_date(now), list(header)

    def reach(typed: str) -> str | None:
        try:
            return people.normal_address(typed, channels)[1]
        except Invalid:
            return None

    return lambda cells: lists.read_row(names, cells, today=today, characters=characters, consent=consent, reach=reach)
