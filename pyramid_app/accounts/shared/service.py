"""Asking for a voice of one's own at a mailbox that another person has, too; the desk's word; forgetting it."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, delete, select

from pyramid_app.accounts.rules import Did
from pyramid_app.accounts.shared.models import SharedMailbox
from pyramid_app.accounts.shared.permissions import may_confirm_sharing
from pyramid_app.base.db import insert_new, table
from pyramid_app.base.errors import NotFound
from pyramid_app.base.work import Work


def ask(work: Work, person_id: UUID, mailboxes: Collection[str]) -> None:
    """The desk sees that this person waits for its word; asking again changes nothing."""
    for mailbox in mailboxes:
        insert_new(work.session, table(SharedMailbox), person_id=person_id, mailbox=mailbox, asked_at=work.now)


def confirm(work: Work, person_id: UUID) -> None:
    """They are two people: from now on this one has a voice beside whoever else has her mailbox.

    Raises ``NotFound`` where nobody asked.
    """
    may_confirm_sharing(work.actor).enforce()
    asked = work.session.exec(select(SharedMailbox).where(SharedMailbox.person_id == person_id)).all()
    if not asked:
        raise NotFound
    for one in asked:
        one.confirmed_at, one.by_id = one.confirmed_at or work.now, one.by_id or work.actor.person_id
    work.record(Did.MAILBOX_SHARED, f"person:{person_id}")


def forget(work: Work, person_id: UUID, mailbox: str) -> None:
    """Her address goes, and this with it."""
    work.session.exec(
        delete(SharedMailbox).where(col(SharedMailbox.person_id) == person_id, col(SharedMailbox.mailbox) == mailbox)
    )
