"""The team's side: ask partners, warn them, write an answer down for them, show them an answer before it is public."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies import dates, letters, queries
from pyramid_app.outcomes.replies.models import PartnerAsk, PartnerNote
from pyramid_app.outcomes.replies.permissions import may_ask, may_settle
from pyramid_app.outcomes.replies.rules import (
    Did,
    warning_due,
    what_is_wrong_with_entry,
    what_is_wrong_with_question,
    what_is_wrong_with_words,
)
from pyramid_app.partners import queries as partners
from pyramid_app.partners.models import Partner
from pyramid_app.topics import queries as topics


def ask(work: Work, topic_id: UUID, slugs: Sequence[str], question: str) -> list[PartnerAsk]:
    """Ask one partner or several, each by a link of its own; their clocks start now. Raises ``Invalid`` by field."""
    may_ask(work.actor).enforce()
    topic = topics.get_topic_by_id(work.session, topic_id)
    work.session.refresh(topic, with_for_update=True)  # two officers ask one after the other
    chosen = _chosen(work, slugs)
    wrong = what_is_wrong_with_question(question, bool(chosen))
    twice = [one.name for one in chosen if queries.find_open(work.session, topic_id, one.slug)]
    if twice:
        wrong["partners"] = Say("You have asked already, and there is no answer yet: {names}", names=", ".join(twice))
    if wrong:
        raise Invalid(wrong)
    due_on = dates.due_on(work.now, settings_of(work.session, work.now).partner_answer_working_days)
    return [_ask(work, topic_id, partner, question, due_on) for partner in chosen]


def _ask(work: Work, topic_id: UUID, partner: Partner, question: str, due_on: date) -> PartnerAsk:
    one = PartnerAsk(
        id=uuid7(), topic_id=topic_id, partner=partner.slug, question=question, asked_at=work.now, due_on=due_on,
        by_id=work.actor.person_id, mailbox=partner.mailbox, sent_on=london_date(work.now),
    )  # fmt: skip
    work.session.add(one)
    work.session.flush()
    work.record(Did.ASKED, f"partner-ask:{one.id}", topic=topic_id, partner=partner.slug, due_on=due_on)
    send_link(work, one)
    return one


def send_link(work: Work, one: PartnerAsk, *, passed_from: str = "") -> None:
    """The letter with the link of this version, to whoever holds it."""
    topic, partner = topics.get_topic_by_id(work.session, one.topic_id), name_of(work, one.partner)
    draft = letters.ask(work, one, topic, partner, asker(work, one), passed_from=passed_from)
    work.post(draft, key=f"partner-ask:{one.id}:{one.version}")


def send_again(work: Work, ask_id: UUID) -> PartnerAsk:
    """A new link to the partner's mailbox as it is now; links from before end. The day it is due stays."""
    one = _get(work, ask_id)
    partner = partners.get_partner(work.session, one.partner)
    if not partner.mailbox:
        raise Conflict(Say("This partner has no mailbox. A lead can write one down."))
    one.version += 1
    one.mailbox, one.passed_to, one.sent_on = partner.mailbox, "", london_date(work.now)
    work.record(Did.SENT_AGAIN, f"partner-ask:{one.id}", version=one.version)
    send_link(work, one)
    return one


def stop(work: Work, ask_id: UUID) -> PartnerAsk:
    """No answer is needed: it was asked by mistake, or things have moved on. Its link then says so."""
    one = _get(work, ask_id)
    one.stopped_at = work.now
    work.record(Did.NOT_NEEDED, f"partner-ask:{one.id}")
    return one


def enter(work: Work, ask_id: UUID, words: str, source: str, wrote_on: date | None) -> PartnerAsk:
    """Write down an answer that came another way, marked so. What counts is the day it came. Raises ``Invalid``."""
    one = _get(work, ask_id)
    asked_on, today = london_date(one.asked_at), london_date(work.now)
    wrong = what_is_wrong_with_words("words", words) | what_is_wrong_with_entry(asked_on, wrote_on, source, today)
    if wrong:
        raise Invalid(wrong)
    one.reply, one.replied_at, one.replied_on, one.entered_from = words, work.now, wrote_on, source
    work.record(Did.ENTERED, f"partner-ask:{one.id}", wrote_on=wrote_on)
    return one


def warn(work: Work, ask_id: UUID) -> int:
    """The warning that is due, if one is, to the mailbox and to whom it was passed on; returns letters written."""
    one = work.session.get_one(PartnerAsk, ask_id, with_for_update=True)
    number = warning_due(one, london_date(one.asked_at), london_date(work.now))
    if not number:
        return 0
    if number == 1:
        one.warned_1_at = work.now
    else:
        one.warned_2_at = work.now
    topic, partner = topics.get_topic_by_id(work.session, one.topic_id), name_of(work, one.partner)
    work.record(Did.WARNED, f"partner-ask:{one.id}", number=number)
    return sum(
        work.post(
            letters.warning(work, one, topic, partner, asker(work, one), to),
            key=f"partner-warning:{one.id}:{number}:{place}",
        )
        for place, to in enumerate(dict.fromkeys((one.mailbox, one.sent_to)))
    )


def public_from(work: Work, slugs: Sequence[str]) -> datetime:
    """When an answer that names these partners becomes public. Raises ``Invalid`` for one that can't be reached."""
    if len(_chosen(work, slugs)) != len(set(slugs)):
        raise Invalid({"partners": Say("Choose partners from the list.")})
    return dates.public_at(work.now, settings_of(work.session, work.now).partner_look_working_days)


def show_first(work: Work, outcome: Outcome, slugs: Sequence[str]) -> None:
    """Each partner that the answer names sees it by a link before it is public."""
    topic = topics.get_topic_by_id(work.session, outcome.topic_id)
    by = people.names_of(work.session, [outcome.by_id]).get(outcome.by_id, "")
    for partner in _chosen(work, slugs):
        mailbox = partner.mailbox
        note = PartnerNote(
            id=uuid7(), outcome_id=outcome.id, partner=partner.slug, mailbox=mailbox, shown_at=work.now
        )  # fmt: skip
        work.session.add(note)
        work.session.flush()
        work.record(Did.SHOWN, f"outcome:{outcome.id}", partner=partner.slug)
        work.post(letters.look(work, note, outcome, topic, partner.name, by), key=f"partner-look:{note.id}")


def name_of(work: Work, slug: str) -> str:
    return partners.get_partner(work.session, slug).name


def asker(work: Work, one: PartnerAsk) -> str:
    return people.names_of(work.session, [one.by_id]).get(one.by_id, "") if one.by_id else ""


def _chosen(work: Work, slugs: Sequence[str]) -> list[Partner]:
    return [one for one in partners.askable(work.session, london_date(work.now)) if one.slug in slugs]


def _get(work: Work, ask_id: UUID) -> PartnerAsk:
    """The question, held until the act ends; only while it waits for an answer."""
    one = work.session.get(PartnerAsk, ask_id, with_for_update=True)
    if one is None:
        raise NotFound
    may_settle(work.actor, one).enforce()
    return one
