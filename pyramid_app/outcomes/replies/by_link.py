"""The partner's side: whoever holds a link may read, save a draft, answer, say why it is late, pass it on, add words.

The link is the right to do so; whoever is signed in on that device, it speaks for the partner.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies import letters, queries
from pyramid_app.outcomes.replies.dates import link_ends_at
from pyramid_app.outcomes.replies.links import For, Held
from pyramid_app.outcomes.replies.models import PartnerAsk, PartnerNote
from pyramid_app.outcomes.replies.permissions import may_add_words
from pyramid_app.outcomes.replies.rules import FOR_ANYBODY, Did, same_house, what_is_wrong_with_words
from pyramid_app.outcomes.replies.service import name_of, send_link
from pyramid_app.topics import queries as topics

MAIL = frozenset({"email"})


@dataclass(frozen=True)
class Opened:
    """What a link opens now: a question, an answer that is not public yet, or both."""

    ask: PartnerAsk | None
    note: PartnerNote | None
    outcome: Outcome | None


class Sent(Conflict):
    """The answer is sent already, in other words than these."""


def open_link(session: Session, held: Held | None, now: datetime) -> Opened:
    """Raises ``NotFound`` for what is no link of ours, ``NotAllowed`` with the reason for one that has ended."""
    if held is None:
        raise NotFound
    if held.what is For.NOTE:
        note = session.get(PartnerNote, held.id)
        outcome = session.get(Outcome, note.outcome_id) if note else None
        if note is None or outcome is None:
            raise NotFound
        may_add_words(outcome, now).enforce()
        return Opened(None, note, outcome)
    ask = session.get(PartnerAsk, held.id)
    if ask is None:
        raise NotFound
    _still_opens(ask, held, now)
    note = queries.find_note(session, ask.topic_id, ask.partner, now)
    return Opened(ask, note, session.get(Outcome, note.outcome_id) if note else None)


def _still_opens(ask: PartnerAsk, held: Held, now: datetime) -> None:
    if ask.stopped_at is not None:
        raise NotAllowed(Say("We do not need an answer to this any more. Thank you."))
    if ask.version != held.version and ask.passed_to:
        raise NotAllowed(
            Say("This was passed on to {address}. A new link went there, so this one has ended.",
                address=accounts.masked(ask.passed_to))
        )  # fmt: skip
    if ask.version != held.version:
        raise NotAllowed(Say("We sent a newer link, so this one has ended. Please look for our last letter."))
    if now >= link_ends_at(ask.due_on, ask.sent_on):
        raise NotAllowed(Say("This link has ended. An answer was due by {on}.", on=ask.due_on))


def save_draft(work: Work, held: Held | None, words: str) -> PartnerAsk:
    """Kept to go on with later, by anybody who holds the link; the team can read it."""
    ask = _waiting(work, held, words)
    wrong = what_is_wrong_with_words("words", words)
    if wrong:
        raise Invalid(wrong)
    ask.draft, ask.draft_at = words, work.now
    work.record(Did.DRAFTED, f"partner-ask:{ask.id}")
    return ask


def send(work: Work, held: Held | None, words: str) -> PartnerAsk:
    """The partner's answer. The same words a second time change nothing; other words raise ``Sent``."""
    ask = _waiting(work, held, words)
    if ask.replied_at is not None:
        return ask
    wrong = what_is_wrong_with_words("words", words)
    if wrong:
        raise Invalid(wrong)
    ask.reply, ask.draft, ask.replied_at, ask.replied_on = words, "", work.now, london_date(work.now)
    work.record(Did.REPLIED, f"partner-ask:{ask.id}", topic=ask.topic_id)
    return ask


def say_why_late(work: Work, held: Held | None, why: str) -> PartnerAsk:
    """The partner's own line; families read it beside its name once the day has passed."""
    ask = _waiting(work, held, "")
    ask.why_late = why
    work.record(Did.SAID_WHY, f"partner-ask:{ask.id}")
    return ask


def pass_on(work: Work, held: Held | None, address: str) -> PartnerAsk:
    """To a colleague at the same place: a new link goes there, this one ends, the mailbox is told."""
    ask = _waiting(work, held, "")
    to = _read(address)
    if not same_house(ask.mailbox, to):
        house = ask.mailbox.rpartition("@")[2]
        if house.lower() in FOR_ANYBODY:
            raise Invalid({"address": Say(
                "Anybody can have an address at {house}, so we can't send this link on to another one there. "
                "Ask the team to write to your colleague.", house=house)})  # fmt: skip
        raise Invalid({"address": Say("The address must end in @{house}.", house=house)})
    topic, partner = topics.get_topic_by_id(work.session, ask.topic_id), name_of(work, ask.partner)
    ask.version += 1
    ask.passed_to = "" if to == ask.mailbox else to
    work.record(Did.PASSED_ON, f"partner-ask:{ask.id}", version=ask.version)
    send_link(work, ask, passed_from=accounts.masked(ask.mailbox))
    if ask.passed_to:
        told = letters.passed_on(work, ask, topic, partner, accounts.masked(to))
        work.post(told, key=f"partner-passed:{ask.id}:{ask.version}")
    return ask


def add_words(work: Work, held: Held | None, words: str) -> PartnerNote:
    """Words beside an answer, until it is public; a later version takes the place of an earlier one."""
    opened = open_link(work.session, held, work.now)
    if opened.note is None:
        raise NotAllowed(Say("This answer is public now, so nothing can be added to it. Thank you."))
    # The answer is held too: an officer may be taking it back at this moment.
    outcome = work.session.get_one(Outcome, opened.note.outcome_id, with_for_update=True, populate_existing=True)
    may_add_words(outcome, work.now).enforce()
    wrong = what_is_wrong_with_words("note", words)
    if wrong:
        raise Invalid(wrong)
    opened.note.words, opened.note.at = words, work.now
    work.record(Did.NOTED, f"outcome:{outcome.id}", partner=opened.note.partner)
    return opened.note


def _waiting(work: Work, held: Held | None, words: str) -> PartnerAsk:
    """The question, held until the act ends, if the link still opens it. Raises ``Sent`` if the answer differs."""
    if held is None or held.what is not For.ASK:
        raise NotFound
    ask = work.session.get(PartnerAsk, held.id, with_for_update=True)
    if ask is None:
        raise NotFound
    _still_opens(ask, held, work.now)
    if ask.replied_at is not None and ask.reply != words:
        raise Sent(Say("Your answer was sent already, so nothing more was kept. To change it, please write to us."))
    return ask


def _read(address: str) -> str:
    return accounts.normal_address(address, MAIL)[1]
