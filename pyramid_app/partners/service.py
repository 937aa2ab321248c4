"""Naming the partners of an area, where each of them reads its letters, and who speaks for them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries as accounts
from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.partners import queries
from pyramid_app.partners.models import Partner, Speaker
from pyramid_app.partners.permissions import may_keep_partners, may_name_speakers
from pyramid_app.partners.rules import Did

MAIL = frozenset({"email"})

USUAL = (
    ("council", "The council"),
    ("nhs", "The NHS"),
    ("schools", "Schools and colleges"),
    ("forum", "The parent carer forum"),
    ("partnership", "All partners together"),
)


def add_partner(work: Work, slug: str, name: str, position: int) -> Partner:
    """A body that makes promises. ``slug`` never changes; two with one slug: the act fails whole."""
    partner = Partner(slug=slug, name=name, position=position)
    work.session.add(partner)
    work.session.flush()  # commitments point to it in the same act
    work.record(Did.ADDED, f"partner:{slug}")
    return partner


def lay_partners(work: Work) -> None:
    """The bodies that most partnerships have; an area renames them."""
    for position, (slug, name) in enumerate(USUAL):
        add_partner(work, slug, name, position)


def speak_for(work: Work, person_id: UUID, partners: Collection[str]) -> None:
    """Say who speaks for these partners from now on. Saying it twice changes nothing. Raises ``Invalid``."""
    may_name_speakers(work.actor).enforce()
    known = {partner.slug for partner in queries.list_partners(work.session)}
    if not set(partners) <= known:
        raise Invalid({"speaks_for": Say("Choose partners from the list.")})
    one_at_a_time(work.session, f"speaker:{person_id}")
    spoken = {speaker.partner for speaker in queries.speaks_for(work.session, person_id)}
    for partner in sorted(set(partners) - spoken):
        speaker = Speaker(
            id=uuid7(), partner=partner, person_id=person_id, from_at=work.now, by_id=work.actor.person_id
        )
        work.session.add(speaker)
        work.record(Did.SPEAKER_NAMED, f"person:{person_id}", partner=partner)
    work.session.flush()


def stop_speaking(work: Work, person_id: UUID, partners: Collection[str]) -> None:
    """They speak for these partners no more; what was said stays said."""
    may_name_speakers(work.actor).enforce()
    one_at_a_time(work.session, f"speaker:{person_id}")
    for speaker in queries.speaks_for(work.session, person_id):
        if speaker.partner in partners:
            speaker.until_at = work.now
            work.record(Did.SPEAKER_ENDED, f"person:{person_id}", partner=speaker.partner)
    work.session.flush()


def set_mailbox(work: Work, slug: str, address: str) -> Partner:
    """Where this partner reads what it is asked; empty: it can't be asked. Raises ``Invalid`` at ``mailbox``."""
    may_keep_partners(work.actor).enforce()
    partner = _get(work, slug)
    mailbox = _read(address) if address else ""
    if mailbox != partner.mailbox:
        partner.mailbox = mailbox
        work.record(Did.MAILBOX_SET, f"partner:{slug}", empty=not mailbox)
    return partner


def end(work: Work, slug: str, on: date | None) -> Partner:
    """It stops being a partner on that day; ``None``: it goes on. What it promised and answered stays."""
    may_keep_partners(work.actor).enforce()
    partner = _get(work, slug)
    if on != partner.ended_on:
        partner.ended_on = on
        work.record(Did.ENDED, f"partner:{slug}", on=on)
    return partner


def _read(address: str) -> str:
    try:
        return accounts.normal_address(address, MAIL)[1]
    except Invalid as refused:
        raise Invalid({"mailbox": refused.reason}) from refused


def _get(work: Work, slug: str) -> Partner:
    partner = work.session.get(Partner, slug, with_for_update=True)
    if partner is None:
        raise NotFound
    return partner
