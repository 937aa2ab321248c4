"""People by hand: giving the first roles."""

import click

from pyramid_app.accounts import queries, staff_service
from pyramid_app.accounts.models import Person
from pyramid_app.base.actor import Role, system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.errors import Refused
from pyramid_app.base.work import Work, working
from pyramid_app.kit.texts import sentence


@click.group()
def people() -> None:
    """People and their roles."""


@people.command("role")
@click.argument("address")
@click.argument("role", type=click.Choice([*(role.value for role in Role), "none"]))
def role(address: str, role: str) -> None:
    """Give ROLE to whoever has ADDRESS, or take all of theirs (none). It acts at once; every lead is told."""
    settings = Settings()
    try:
        with working(Database(settings.database), system("command")) as work:
            person = queries.find_by_address(work.session, address.strip().lower())
            if person is None:
                click.echo(f"Nobody here has the address {address}.", err=True)
                raise SystemExit(2)
            _change(work, person, role, settings.address)
    except Refused as refused:
        click.echo(sentence(refused.reason), err=True)
        raise SystemExit(2) from refused
    click.echo(f"{person.name or address}: {role}")


def _change(work: Work, person: Person, role: str, site: str) -> None:
    """What waits for somebody who is ended so stays theirs until a lead hands it on, on the page of people."""
    give = () if role == "none" else (Role(role),)
    take = () if give else queries.roles_of(work.session, person.id, work.now)
    staff_service.change(work, person.id, give=give, take=take, site=site)
