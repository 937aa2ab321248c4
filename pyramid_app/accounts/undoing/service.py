"""It was not me: what became of somebody's addresses is put back, and nobody is signed in as them any more."""

from uuid import UUID

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.changing import queries
from pyramid_app.accounts.changing import service as changing
from pyramid_app.base.errors import NotFound
from pyramid_app.base.work import Work


def put_back(work: Work, change_id: UUID | None) -> None:
    """Undo this change and all that followed it. Raises ``NotFound`` for what can't be put back any more."""
    change = queries.find_change(work.session, change_id, work.now)
    if change is None:
        raise NotFound
    for one, point in queries.since(work.session, change):
        one.undone_at = work.now
        if one.kept:
            accounts.restore_contact_point(work, point, one.kept)
        elif point.ended_at is None:
            accounts.forget_contact_point(work, point)
    work.session.flush()
    accounts.end_sessions(work, change.person_id)
    accounts.revoke_passes(work, change.person_id)
    changing.tell_put_back(work, change)
