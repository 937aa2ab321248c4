"""Joining, moving, leaving. Standings are intervals: nothing is overwritten, so that "who stood then" can be asked."""

from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.area.queries import settings_of
from pyramid_app.base.budgets.rules import EVERYBODY, Budget
from pyramid_app.base.budgets.service import spend
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.participation import queries
from pyramid_app.participation.group import queries as group
from pyramid_app.participation.models import Level, Standing
from pyramid_app.participation.permissions import may_choose_level
from pyramid_app.participation.rules import FROM_NETWORK, PARLIAMENT, TOGETHER, USUAL_LEVELS, Did


def lay_levels(work: Work) -> None:
    """The usual levels; an area renames them."""
    for position, level in enumerate(USUAL_LEVELS):
        work.session.add(Level(position=position, **vars(level)))
    work.session.flush()  # standings point to them in the same act


def join(work: Work, person_id: UUID, level: str = PARLIAMENT) -> Standing:
    """Step into the pyramid at ``level``. Whoever stands there or higher stays where they are.

    A level that votes is a declaration: the caller has asked whether this person cares for a child.
    Raises ``Conflict`` if the level has seats and all of them are taken.
    """
    wanted = queries.get_level(work.session, level)
    queries.hold_person(work.session, person_id)
    standing = queries.find_open_standing(work.session, person_id)
    if standing and queries.get_level(work.session, standing.level).position >= wanted.position:
        return standing
    return _stand(work, person_id, wanted, standing, Did.JOINED)


def join_at_the_door(work: Work, address: str, network: str) -> Person:
    """Whoever has proved this address stands in the pyramid. More newcomers than usual ring at the desk, and come in.

    ``network``: the keyed mark of today and where they are.
    """
    known = people.find_by_address(work.session, address)
    person = accounts.person_at(work, address)
    join(work, person.id)
    if known is None:
        area = settings_of(work.session, work.now)
        spend(work.session, Budget(FROM_NETWORK, area.newcomers_a_day_network), network, work.now)
        spend(work.session, Budget(TOGETHER, area.newcomers_a_day), EVERYBODY, work.now)
    return person


def move(work: Work, person_id: UUID, level: str, *, cares: bool = False) -> Standing:
    """Be more or less involved, as one chooses. ``cares``: they have just declared that they care for a child.

    Raises ``NotAllowed`` for levels that one is chosen for, ``Invalid`` at ``cares`` if nobody ever declared it.
    """
    wanted = queries.get_level(work.session, level)
    may_choose_level(wanted).enforce()
    queries.hold_person(work.session, person_id)
    standing = queries.find_open_standing(work.session, person_id)
    if standing and standing.level == level:
        return standing
    if wanted.votes and not cares and not queries.find_declared_at(work.session, person_id):
        raise Invalid({"cares": Say("Tick this box if it is true. It is the one thing we ask.")})
    return _stand(work, person_id, wanted, standing, Did.MOVED)


def leave(work: Work, person_id: UUID) -> None:
    """Stop being here: standing, place in the Group, roles, addresses, name and sign-ins end; poll links sent before
    open nothing.

    What was said stays without a name, and an answer that is already sealed is counted: nobody can find it.
    """
    roles = people.roles_of(work.session, person_id, work.now)
    if roles:
        # Before the person, as everybody who changes roles does; else two acts could wait for each other.
        accounts.hold_staff(work)
    queries.hold_person(work.session, person_id)
    standing = queries.find_open_standing(work.session, person_id)
    if standing:
        _end(work, standing)
    if belongs := group.find_open(work.session, person_id, work.now):
        belongs.until_at = work.now
    for role in roles:
        accounts.end_role(work, person_id, role)
    accounts.end_contact_points(work, person_id)
    accounts.end_sessions(work, person_id)
    accounts.revoke_passes(work, person_id)
    accounts.call_me(work, person_id, "")
    work.record(Did.LEFT, f"person:{person_id}")


def tell_facts(work: Work, person_id: UUID, ward: str, place: str) -> None:
    """What somebody chooses to tell about her family; empty takes it back. It only decides which questions concern
    her: no answer is ever kept beside it. Raises ``Invalid`` for what the area does not know."""
    area = settings_of(work.session, work.now)
    known = {"ward": (ward, area.wards), "place": (place, area.places_to_learn)}
    choose = Say("Choose one from the list.")
    wrong = {name: choose for name, (said, names) in known.items() if said and said not in names}
    if wrong:
        raise Invalid(wrong)
    facts = queries.facts_of(work.session, person_id)
    facts.ward, facts.setting = ward, place
    work.session.add(facts)
    work.record(Did.FACTS_TOLD, f"person:{person_id}")


def _stand(work: Work, person_id: UUID, level: Level, before: Standing | None, did: Did) -> Standing:
    _needs_free_seat(work, level)
    declared = queries.find_declared_at(work.session, person_id) or (work.now if level.votes else None)
    if before:
        _end(work, before)
    # Whoever waited for their turn read the clock before whoever had it: time never runs backwards here.
    ended_at = queries.find_ended_at(work.session, person_id) or work.now
    standing = Standing(
        id=uuid7(),
        person_id=person_id,
        level=level.slug,
        declared_at=declared,
        from_at=max(work.now, ended_at),
    )
    work.session.add(standing)
    work.session.flush()
    work.record(did, f"person:{person_id}", level=level.slug)
    return standing


def _end(work: Work, standing: Standing) -> None:
    standing.until_at = max(work.now, standing.from_at)
    # The old interval must end before a new one begins: the table allows one open standing.
    work.session.flush()


def _needs_free_seat(work: Work, level: Level) -> None:
    if not queries.has_free_seat(work.session, level.slug, hold=True):
        raise Conflict(Say("All {seats} seats of {level} are taken.", seats=level.seats, level=level.name))
