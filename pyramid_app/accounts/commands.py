"""People by hand: who is on the staff, and where they sign in, when nobody can say it at the desk."""

import click

from pyramid_app.accounts import queries, staff_service
from pyramid_app.accounts import staff_queries as staff
from pyramid_app.accounts.addresses import normal_address
from pyramid_app.accounts.models import ContactPoint, Person
from pyramid_app.base.actor import Role, system
from pyramid_app.base.config import Settings, refuse_unsafe
from pyramid_app.base.schema import opened
from pyramid_app.base.work import Work, working

EMAIL = frozenset({"email"})


@click.group()
def people() -> None:
    """People and their roles."""


@people.command("add")
@click.option("--name", required=True, help="The first name they go by.")
@click.option("--address", required=True, help="Where they sign in (e-mail address).")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
def add(name: str, address: str, role: str) -> None:
    """Put somebody on the staff. They get a letter that says how to sign in; every lead is told."""
    settings = Settings()
    refuse_unsafe(settings)
    _, address = normal_address(address, EMAIL)
    with working(opened(settings.database), system("command")) as work:
        staff_service.invite(work, name=name, job="", address=address, roles=(Role(role),), site=settings.address)
    click.echo(f"{name}: {role}. A letter to {address} says how to sign in.")


@people.command("address")
@click.argument("who")
@click.argument("new")
def address(who: str, new: str) -> None:
    """Let WHO, somebody on the staff, sign in at the address NEW instead of the old one.

    WHO is the old address, or a name. They are signed out everywhere, and letters to both addresses say so.
    """
    settings = Settings()
    refuse_unsafe(settings)
    _, new = normal_address(new, EMAIL)
    with working(opened(settings.database), system("command")) as work:
        person, old = _only_one(work, who.strip())
        staff_service.readdress(work, person.id, old.id, new, settings.address)
    click.echo(f"{person.name or who} signs in at {new} from now on. A letter there says how.")


def _only_one(work: Work, who: str) -> tuple[Person, ContactPoint]:
    found = staff.find_colleagues(work.session, who, work.now)
    if not found:
        raise ValueError(f"Nobody on the staff has the address or the name {who}.")
    if len(found) > 1:
        raise ValueError(f"{who} is not one person with one address here: write the address to be changed.")
    return found[0]


@people.command("role")
@click.argument("address")
@click.argument("role", type=click.Choice([*(role.value for role in Role), "none"]))
def role(address: str, role: str) -> None:
    """Give ROLE to whoever has ADDRESS, or take all of theirs (none). It acts at once; every lead is told."""
    settings = Settings()
    _, known = normal_address(address, EMAIL | {"mobile"})
    with working(opened(settings.database), system("command")) as work:
        person = queries.find_by_address(work.session, known)
        if person is None:
            raise ValueError(f"Nobody here has the address {address}.")
        _change(work, person, role, settings.address)
    click.echo(f"{person.name or address}: {role}")


def _change(work: Work, person: Person, role: str, site: str) -> None:
    """What waits for somebody who is ended so stays theirs until a lead hands it on, on the page of people."""
    give = () if role == "none" else (Role(role),)
    take = () if give else queries.roles_of(work.session, person.id, work.now)
    staff_service.change(work, person.id, give=give, take=take, site=site)
