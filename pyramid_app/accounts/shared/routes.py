"""The desk's list of people who share a mailbox with somebody else."""

from uuid import UUID

from flask import Blueprint, Response

from pyramid_app.accounts.addresses import masked
from pyramid_app.accounts.shared import queries, service
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other

blueprint = Blueprint("shared", __name__)


@blueprint.get("/desk/mailboxes")
@officers
def waiting() -> Response:
    """Who waits for a word that they are two people."""
    found = [(row, masked(row.mailbox), person) for row, person in queries.list_waiting(house.reading())]
    return render("accounts/shared.html", found=found)


@blueprint.post("/desk/mailboxes/<uuid:person>")
@officers
def confirm(person: UUID) -> Response:
    with house.acting() as work:
        service.confirm(work, person)
    return see_other("shared.waiting")
