"""What is asked of whoever has to keep a promise: can they? By a link to their mailbox, answered without an account."""

from uuid import UUID

from uuid6 import uuid7

from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_hand_on
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.drafting.service import hold
from pyramid_app.charter.handing import letters, queries
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.handing.models import HandedOn, OwnerAsk
from pyramid_app.charter.handing.rules import MOST_LINKS, Did, what_is_wrong_with_answer
from pyramid_app.charter.rules import Says
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.partners import queries as partners

OVER = Say("This question is over. The draft has moved on, or its words have changed.")


def ask(work: Work, draft: Draft, handed_on: HandedOn) -> None:
    """Every partner that the words name, or that made the promise which would go, each by a link of its own."""
    text = drafts.text_of(work.session, draft)
    named = {maker for words in text.promises for maker in words.makers}
    named |= {maker.slug for promise in text.old for maker in promise.makers} if not text.promises else set()
    for slug in sorted(named):
        partner = partners.get_partner(work.session, slug)
        one = OwnerAsk(
            id=uuid7(), handed_on_id=handed_on.id, draft_id=draft.id, version=draft.version, partner=slug,
            mailbox=partner.mailbox, due_on=handed_on.due_on or london_date(work.now),
        )  # fmt: skip
        work.session.add(one)
        work.session.flush()
        work.record(Did.OWNER_ASKED, f"draft:{draft.id}", partner=slug, due_on=one.due_on)
        _write_to(work, "owner_ask", draft, one)


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
    ask = _to_enter(work, ask_id)
    wrong = what_is_wrong_with_answer(says, words)
    if not source:
        wrong["source"] = Say("Say how they told you, like “an e-mail”.")
    if wrong:
        raise Invalid(wrong)
    ask.says, ask.words, ask.answered_at, ask.entered_from = says, words, work.now, source
    work.record(Did.OWNER_ENTERED, f"draft:{ask.draft_id}", partner=ask.partner, says=says)
    return ask


def send_again(work: Work, ask_id: UUID) -> OwnerAsk:
    """A new link to the partner's mailbox as it is now; links from before end. The day it is due stays."""
    found = _to_enter(work, ask_id)
    if found.says is not None:
        raise Conflict(Say("They have answered. They can change it by the link that they have."))
    partner = partners.get_partner(work.session, found.partner)
    if not partner.mailbox:
        raise Conflict(Say("This partner has no mailbox. A lead can write one down."))
    if found.link >= MOST_LINKS:
        raise Conflict(Say("It was sent {n} times. Ring them, and write down what they say.", n=MOST_LINKS + 1))
    found.link, found.mailbox = found.link + 1, partner.mailbox
    work.record(Did.OWNER_SENT_AGAIN, f"draft:{found.draft_id}", partner=found.partner, link=found.link)
    _write_to(work, "owner_ask", work.session.get_one(Draft, found.draft_id), found)
    return found


def remind(work: Work, ask_id: UUID) -> bool:
    """The day of an answer is near: one letter more, once."""
    ask = work.session.get_one(OwnerAsk, ask_id, with_for_update=True)
    draft = work.session.get_one(Draft, ask.draft_id)
    if ask.warned_at is not None or ask.says is not None or draft.stage is not Stage.OWNER:
        return False
    ask.warned_at = work.now
    return _write_to(work, "owner_reminder", draft, ask)


def _to_enter(work: Work, ask_id: UUID) -> OwnerAsk:
    """The question, for those who may say what became of it: officers, and whoever hands the draft on."""
    found = work.session.get(OwnerAsk, ask_id)
    ask = _open(work, queries.find_open_ask(work.session, Held(found.id, found.link)) if found else None)
    draft = work.session.get_one(Draft, ask.draft_id)
    part = drafts.part_of(work.session, work.actor, work.now, draft)
    if not part.officer:
        may_hand_on(part, draft).enforce()
    return ask


def _write_to(work: Work, name: str, draft: Draft, ask: OwnerAsk) -> bool:
    if not ask.mailbox:
        return False
    texts = [words.text for words in drafts.text_of(work.session, draft).promises]
    partner = partners.get_partner(work.session, ask.partner).name
    return work.post(letters.to_owner(work, name, draft, ask, partner, texts), key=f"{name}:{ask.id}:{ask.link}")


def _open(work: Work, found: OwnerAsk | None) -> OwnerAsk:
    """The question, held with its draft until the act ends, if it is open still."""
    if found is None:
        raise Conflict(OVER)
    hold(work, found.draft_id)
    held = work.session.get(OwnerAsk, found.id, with_for_update=True, populate_existing=True)
    if held is None:
        raise NotFound
    if queries.find_open_ask(work.session, Held(held.id, held.link)) is None:
        raise Conflict(OVER)
    return held
