"""Handing a draft on and back, asking whoever has to keep it, and the Group's show of hands."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_hand_on, may_raise_hand, may_write_hands_down
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.drafting.service import hold, let_fall
from pyramid_app.charter.handing import letters, owners, queries
from pyramid_app.charter.handing.models import Hand, HandedOn
from pyramid_app.charter.handing.rules import (
    MOST_NOTE,
    Did,
    Stands,
    what_is_wrong_with_hand,
    why_not_hand,
)
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.participation import queries as participation
from pyramid_app.participation.group import queries as group
from pyramid_app.participation.rules import CONSULTATIVE

MOST_HAND_NOTE = 500
LETTERS = {Stage.CONSULTATIVE: "draft_to_read", Stage.HANDS: "draft_hands", Stage.GROUP: "draft_back"}


def hand_on(work: Work, draft_id: UUID, to: Stage, words: str, address: str) -> HandedOn:
    """To whom it goes next. ``words``: what is asked of them; going back to the Group, what came of it there.

    Raises ``Invalid`` at ``words`` with everything that still stands in the way.
    """
    draft = hold(work, draft_id)
    may_hand_on(drafts.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    wrong = why_not_hand(draft.stage, to, queries.ready(work.session, draft, work.now), london_date(work.now))
    if not words:
        wrong.append(Say("Say in a line or two what you ask, or what came of it."))
    if len(words) > MOST_NOTE:
        wrong.append(Say("Please make this shorter: {most} characters at the most.", most=MOST_NOTE))
    if wrong:
        raise Invalid({f"words-{at}" if at else "words": say for at, say in enumerate(wrong)})
    before = queries.newest_of(work.session, draft.id)
    if before is not None and to is Stage.GROUP:
        before.reply, before.replied_at = words, work.now
    made = HandedOn(
        id=uuid7(), draft_id=draft.id, number=before.number + 1 if before else 1, went_to=to,
        version=draft.version, note="" if to is Stage.GROUP else words, at=work.now, by_id=work.actor.person_id,
        due_on=_due_on(work, to), asked_met=to is Stage.OWNER,
    )  # fmt: skip
    work.session.add(made)
    draft.stage, draft.stage_at = to, work.now
    if to is Stage.CONSULTATIVE and draft.consulted_at is None:
        draft.consulted_at = work.now
    work.session.flush()
    work.record(Did.HANDED_OVER, f"draft:{draft.id}", to=to, version=draft.version)
    _tell(work, draft, made, address)
    return made


def raise_hand(work: Work, draft_id: UUID, stands: Stands | None, note: str) -> Hand:
    """A member's hand; it can change until the draft moves on. Her name is seen in the Group alone."""
    draft = hold(work, draft_id)
    part = drafts.part_of(work.session, work.actor, work.now, draft)
    may_raise_hand(part, draft).enforce()
    wrong = what_is_wrong_with_hand(stands, note)
    round_ = queries.newest_of(work.session, draft.id)
    if wrong or stands is None or round_ is None or work.actor.person_id is None:
        raise Invalid(wrong)
    hand = work.session.get(Hand, (round_.id, work.actor.person_id)) or Hand(
        handed_on_id=round_.id, person_id=work.actor.person_id, as_rep=part.rep, stands=stands, at=work.now
    )
    hand.stands, hand.note, hand.at, hand.as_rep = stands, note, work.now, part.rep
    work.session.add(hand)
    work.session.flush()
    work.record(Did.HAND_RAISED, f"draft:{draft.id}", stands=stands)
    return hand


def raise_hands_at_meeting(work: Work, draft_id: UUID, said: Mapping[UUID, tuple[Stands, str]]) -> int:
    """Hands that were raised in the room, by member, as the chair writes them down: all of them or none.

    Each can change until the draft moves on, also by the member herself. Raises ``Invalid`` by person.
    """
    draft = hold(work, draft_id)
    may_write_hands_down(drafts.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    members = {one.person_id: one for one in group.members(work.session, work.now)}
    round_ = queries.newest_of(work.session, draft.id)
    wrong = {str(person): say for person, (stands, note) in said.items() if (say := _wrong_hand(stands, note))}
    wrong |= {str(person): Say("Choose members of the Group.") for person in said if person not in members}
    if wrong or round_ is None:
        raise Invalid(wrong)
    for person, (stands, note) in said.items():
        rep = members[person].elected
        hand = work.session.get(Hand, (round_.id, person)) or Hand(
            handed_on_id=round_.id, person_id=person, as_rep=rep, stands=stands, at=work.now
        )
        hand.stands, hand.note, hand.at, hand.as_rep = stands, note, work.now, rep
        work.session.add(hand)
        work.record(Did.HAND_RAISED, f"draft:{draft.id}", stands=stands, person=person)
    work.session.flush()
    return len(said)


def _wrong_hand(stands: Stands, note: str) -> Say | None:
    if len(note) > MOST_HAND_NOTE:
        return Say("Please make this shorter: {most} characters at the most.", most=MOST_HAND_NOTE)
    return next(iter(what_is_wrong_with_hand(stands, note).values()), None)


def _due_on(work: Work, to: Stage) -> date | None:
    area, today = settings_of(work.session, work.now), london_date(work.now)
    if to is Stage.CONSULTATIVE:
        return today + timedelta(days=area.consultative_days)
    return add_working_days(today, area.partner_answer_working_days) if to is Stage.OWNER else None


def _tell(work: Work, draft: Draft, handed_on: HandedOn, address: str) -> None:
    if handed_on.went_to is Stage.OWNER:
        owners.ask(work, draft, handed_on)
        _post(work, "draft_met", draft, handed_on, comments.authors_of(work.session, draft.id), address, "/met")
    elif handed_on.went_to is Stage.CONSULTATIVE:
        people = participation.people_from(work.session, CONSULTATIVE, work.now)
        _post(work, LETTERS[handed_on.went_to], draft, handed_on, people, address)
    else:
        _post(work, LETTERS[handed_on.went_to], draft, handed_on, _group(work), address)


def _group(work: Work) -> Sequence[UUID]:
    return [one.person_id for one in group.members(work.session, work.now)]


def _post(
    work: Work, name: str, draft: Draft, handed_on: HandedOn, people: Sequence[UUID], address: str, page: str = ""
) -> None:
    others = [person for person in people if person != work.actor.person_id]
    for person, letter in letters.to_members(work, name, draft, handed_on, others, address, page):
        work.post(letter, key=f"{name}:{handed_on.id}:{person}")


def let_go(work: Work, draft_id: UUID, because: str) -> Draft:
    """Those who hand it on let it go before any vote."""
    draft = hold(work, draft_id)
    may_hand_on(drafts.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    return let_fall(work, draft_id, because)
