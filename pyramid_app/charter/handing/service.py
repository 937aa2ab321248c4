"""Handing a draft on and back, asking whoever has to keep it, and the Group's show of hands."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_hand_on, may_raise_hand, may_write_hands_down
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.drafting.service import hold
from pyramid_app.charter.handing import letters, queries
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.handing.models import Hand, HandedOn, OwnerAsk
from pyramid_app.charter.handing.rules import (
    MOST_NOTE,
    Did,
    Stands,
    what_is_wrong_with_answer,
    what_is_wrong_with_hand,
    why_not_hand,
)
from pyramid_app.charter.rules import Says
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.participation import queries as participation
from pyramid_app.participation.group import queries as group
from pyramid_app.participation.rules import CONSULTATIVE
from pyramid_app.partners import queries as partners

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


def answer(work: Work, held: Held | None, says: Says | None, words: str) -> OwnerAsk:
    """What whoever holds the link answers for the partner; it can be changed until the draft moves on."""
    ask = _open(work, queries.find_open_ask(work.session, held))
    wrong = what_is_wrong_with_answer(says, words)
    if wrong:
        raise Invalid(wrong)
    if (ask.says, ask.words) != (says, words):
        ask.says, ask.words, ask.answered_at, ask.entered_from = says, words, work.now, ""
        work.record(Did.OWNER_ANSWERED, f"draft:{ask.draft_id}", partner=ask.partner, says=says)
    return ask


def enter(work: Work, ask_id: UUID, says: Says | None, words: str, source: str) -> OwnerAsk:
    """Write down an answer that came another way; everybody sees that it was, and from what."""
    found = work.session.get(OwnerAsk, ask_id)
    ask = _open(work, queries.find_open_ask(work.session, Held(found.id, found.link)) if found else None)
    draft = work.session.get_one(Draft, ask.draft_id)
    part = drafts.part_of(work.session, work.actor, work.now, draft)
    if not part.officer:
        may_hand_on(part, draft).enforce()
    wrong = what_is_wrong_with_answer(says, words)
    if not source:
        wrong["source"] = Say("Say how they told you, like “an e-mail”.")
    if wrong:
        raise Invalid(wrong)
    ask.says, ask.words, ask.answered_at, ask.entered_from = says, words, work.now, source
    work.record(Did.OWNER_ENTERED, f"draft:{ask.draft_id}", partner=ask.partner, says=says)
    return ask


def remind(work: Work, ask_id: UUID) -> bool:
    """The day of an answer is near: one letter more, once."""
    ask = work.session.get_one(OwnerAsk, ask_id, with_for_update=True)
    draft = work.session.get_one(Draft, ask.draft_id)
    if ask.warned_at is not None or ask.says is not None or draft.stage is not Stage.OWNER:
        return False
    ask.warned_at = work.now
    return _write_to(work, "owner_reminder", draft, ask)


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
        _ask_owners(work, draft, handed_on)
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


def _ask_owners(work: Work, draft: Draft, handed_on: HandedOn) -> None:
    """Every partner that the words name, or that made the promise which would go, each by a link of its own."""
    text = drafts.text_of(work.session, draft)
    named = {maker for words in text.promises for maker in words.makers}
    named |= {maker.slug for promise in text.old for maker in promise.makers} if not text.promises else set()
    for slug in sorted(named):
        partner = partners.get_partner(work.session, slug)
        ask = OwnerAsk(
            id=uuid7(), handed_on_id=handed_on.id, draft_id=draft.id, version=draft.version, partner=slug,
            mailbox=partner.mailbox, due_on=handed_on.due_on or london_date(work.now),
        )  # fmt: skip
        work.session.add(ask)
        work.session.flush()
        work.record(Did.OWNER_ASKED, f"draft:{draft.id}", partner=slug, due_on=ask.due_on)
        _write_to(work, "owner_ask", draft, ask)


def _write_to(work: Work, name: str, draft: Draft, ask: OwnerAsk) -> bool:
    if not ask.mailbox:
        return False
    texts = [words.text for words in drafts.text_of(work.session, draft).promises]
    partner = partners.get_partner(work.session, ask.partner).name
    return work.post(letters.to_owner(work, name, draft, ask, partner, texts), key=f"{name}:{ask.id}:{ask.link}")


def _open(work: Work, ask: OwnerAsk | None) -> OwnerAsk:
    """The question, held with its draft until the act ends, if it is open still."""
    if ask is None:
        raise Conflict(Say("This question is over. The draft has moved on, or its words have changed."))
    hold(work, ask.draft_id)
    held = work.session.get(OwnerAsk, ask.id, with_for_update=True, populate_existing=True)
    if held is None:
        raise NotFound
    if queries.find_open_ask(work.session, Held(held.id, held.link)) is None:
        raise Conflict(Say("This question is over. The draft has moved on, or its words have changed."))
    return held
