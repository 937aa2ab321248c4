"""Drawing what is read and who reads, taking the names out, and keeping what readers say."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlmodel import col, select

from pyramid_app.area.queries import settings_of
from pyramid_app.area.term_rules import Term
from pyramid_app.base.db import insert_new, table
from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.feedback.checking import letters, queries
from pyramid_app.feedback.checking.models import BlindCheck, BlindItem, BlindMark
from pyramid_app.feedback.checking.rules import ITEMS, READERS, Did, what_is_unsaid
from pyramid_app.feedback.permissions import may_file
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_midnight
from pyramid_app.participation import queries as participation

lot = secrets.SystemRandom()


def draw(work: Work, term: Term) -> int:
    """Draw what is read about a term that is over; returns how many. Once a term, whoever comes first."""
    if not insert_new(work.session, table(BlindCheck), term_on=term.until_on, drawn_at=work.now):
        return 0
    until = london_midnight(term.until_on + timedelta(days=1))
    held = queries.held_between(work.session, london_midnight(term.from_on), until)
    drawn = lot.sample(held, min(ITEMS, len(held)))
    work.session.add_all(BlindItem(id=uuid4(), term_on=term.until_on, voice_id=voice_id) for voice_id in drawn)
    work.record(Did.DRAWN, f"blind check:{term.until_on}", items=len(drawn))
    return len(drawn)


def clear(work: Work, item_id: UUID, words: str, address: str) -> None:
    """An officer has taken the names out. With the last one two representatives are asked. Raises ``Invalid``."""
    may_file(work.actor).enforce()
    if not words:
        raise Invalid({"": Say("Write the words without names.")})
    item = work.session.get(BlindItem, item_id)
    if item is None:
        raise NotFound
    check = work.session.get_one(BlindCheck, item.term_on, with_for_update=True)
    if check.asked_at:
        return
    item.words = words
    work.session.flush()
    work.record(Did.CLEARED, f"blind check:{check.term_on}")
    if all(one.words for one in queries.items_of(work.session, check.term_on)):
        _ask(work, check, address)


def _ask(work: Work, check: BlindCheck, address: str) -> None:
    """Two representatives by lot; fewer where there are not two."""
    reps = participation.representatives(work.session, work.now)
    readers = lot.sample(reps, min(READERS, len(reps)))
    if not readers:
        return
    check.asked_at = work.now
    area, items = settings_of(work.session, work.now), queries.items_of(work.session, check.term_on)
    for person_id in readers:
        work.session.add_all(BlindMark(item_id=item.id, person_id=person_id) for item in items)
        draft = letters.drawn_to_read(area, person_id, check.term_on, f"{address}/reps/blind-check")
        work.post(draft, key=f"blind-check:{check.term_on}:{person_id}")
    work.record(Did.ASKED, f"blind check:{check.term_on}")


def say(work: Work, person_id: UUID, marks: Mapping[UUID, bool]) -> None:
    """A reader says for each message whether she would have held it back. Raises ``Invalid`` where one is missing."""
    mine = work.session.exec(
        select(BlindMark).where(BlindMark.person_id == person_id, col(BlindMark.hold_back).is_(None)).with_for_update()
    ).all()
    if not mine:
        raise NotFound
    items = [item.id for item in queries.to_read(work.session, person_id)]
    unsaid = what_is_unsaid(items, marks)
    if unsaid:
        raise Invalid(unsaid)
    for mark in mine:
        mark.hold_back = marks[mark.item_id]
    work.session.flush()
    term_on: date = work.session.get_one(BlindItem, items[0]).term_on
    _finish(work, term_on)


def _finish(work: Work, term_on: date) -> None:
    """With the last reader the result is public; who read it is in no row of the log."""
    check = work.session.get_one(BlindCheck, term_on, with_for_update=True)
    here = select(BlindItem.id).where(BlindItem.term_on == term_on)
    open_marks = select(BlindMark.item_id).where(col(BlindMark.item_id).in_(here), col(BlindMark.hold_back).is_(None))
    if work.session.exec(open_marks.limit(1)).first() is None:
        check.done_at = work.now
        work.record(Did.READ, f"blind check:{term_on}")
