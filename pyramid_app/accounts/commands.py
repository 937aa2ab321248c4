"""People by hand: giving the first roles."""

import click

from pyramid_app.accounts import queries, service
from pyramid_app.base.actor import Role, system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import working


@click.group()
def people() -> None:
    """People and their roles."""


@people.command("role")
@click.argument("address")
@click.argument("role", type=click.Choice([*(role.value for role in Role), "none"]))
def role(address: str, role: str) -> None:
    """Give ROLE to whoever has ADDRESS, or take all of theirs (none). It acts at once."""
    with working(Database(Settings().database), system("command")) as work:
        person = queries.find_by_address(work.session, address.strip().lower())
        if person is None:
            click.echo(f"Nobody here has the address {address}.", err=True)
            raise SystemExit(2)
        if role == "none":
            for held in queries.roles_of(work.session, person.id, work.now):
                service.end_role(work, person.id, held)
        else:
            service.give_role(work, person.id, Role(role))
    click.echo(f"{person.name or address}: {role}")
