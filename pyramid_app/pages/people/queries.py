"""Who does what here: roles and absences of accounts, speakers of partners, what waits of topics, in one list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts import staff_queries
from pyramid_app.accounts.away import queries as away_queries
from pyramid_app.accounts.models import Away, Person, RoleGrant
from pyramid_app.accounts.staff_rules import in_words
from pyramid_app.base.actor import OFFICERS, Actor, Role
from pyramid_app.base.errors import NotFound
from pyramid_app.feedback.filing import queries as feedback
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.partners import queries as partners
from pyramid_app.partners.models import Speaker
from pyramid_app.topics import queries as topics


@dataclass(frozen=True)
class Absence:
    """``named_id`` was named as cover; ``cover`` is who really has the messages today, at the end of a chain."""

    person_id: UUID
    named_id: UUID
    name: str
    until_on: date
    cover: str


@dataclass(frozen=True)
class Colleague:
    """Somebody who does something here, or did. ``until`` is set for those who do nothing any more."""

    person: Person
    roles: frozenset[Role]
    speaks_for: Mapping[str, str]
    since: datetime
    until: datetime | None
    away: Absence | None = None
    came: bool = True
    waits: int = 0
    stands_in: bool = False

    @property
    def also(self) -> list[Say]:
        return speaking(self.speaks_for.values())

    @property
    def parts(self) -> list[Say]:
        """What they do, in words."""
        return [*in_words(self.roles), *self.also]

    @property
    def answers(self) -> bool:
        return bool(self.roles & OFFICERS)


def is_only_lead(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether this is a lead, and no other lead can sign in."""
    return actor.is_lead and not staff_queries.leads(session, now) - {actor.person_id}


def speaking(names: Iterable[str]) -> list[Say]:
    return [Say("speaks for: {partner}", partner=name) for name in names]


def staff(session: Session, now: datetime) -> list[Colleague]:
    """Everybody who has or had a part here, by name; the same number of questions however many there are."""
    grants: dict[UUID, list[RoleGrant]] = defaultdict(list)
    people: dict[UUID, Person] = {}
    for person, grant in staff_queries.list_grants(session):
        people[person.id] = person
        grants[person.id].append(grant)
    spoken: dict[UUID, list[tuple[Speaker, str]]] = defaultdict(list)
    for speaker, name in partners.list_speakers(session):
        spoken[speaker.person_id].append((speaker, name))
    people |= {person.id: person for person in accounts.list_people(session, set(spoken) - set(people))}
    away = {absence.person_id: absence for absence in absences(session, london_date(now))}
    new, waiting = staff_queries.not_here_yet(session, people), what_waits(session)
    named = {absence.named_id for absence in away.values()}
    return [
        replace(
            _colleague(person, grants[person.id], spoken[person.id], now),
            away=away.get(person.id),
            came=person.id not in new,
            waits=waiting.get(person.id, 0),
            stands_in=person.id in named,
        )
        for person in sorted(people.values(), key=lambda one: (one.name.casefold(), one.id))
    ]


def get_colleague(session: Session, person_id: UUID, now: datetime) -> Colleague:
    """Raises ``NotFound`` for everybody who never had a part here: a family is nobody's business."""
    for one in staff(session, now):
        if one.person.id == person_id:
            return one
    raise NotFound


def absences(session: Session, today: date) -> list[Absence]:
    """Who is away today, and who has their messages."""
    away: list[Away] = away_queries.list_away(session, today)
    if not away:
        return []
    cover = away_queries.cover_of_all(session, today)
    names = accounts.names_of(session, {*cover, *cover.values()})
    return [
        Absence(one.person_id, one.cover_id, names[one.person_id], one.until_on, names[cover[one.person_id]])
        for one in away
    ]


def what_waits(session: Session) -> dict[UUID, int]:
    """By person, how many things are theirs: each kind that ``people_routes.hand_on`` hands over is counted here."""
    waiting = Counter(topics.how_many_by_owner(session))
    waiting.update(feedback.how_many_assigned(session))
    return waiting


def _colleague(person: Person, grants: list[RoleGrant], spoken: list[tuple[Speaker, str]], now: datetime) -> Colleague:
    """Their part, from every role and every partner they have or had."""
    intervals = [(grant.from_at, grant.until_at) for grant in grants]
    intervals += [(speaker.from_at, speaker.until_at) for speaker, _name in spoken]
    standing = [(begun, ended) for begun, ended in intervals if ended is None or ended > now]
    return Colleague(
        person=person,
        roles=frozenset(grant.role for grant in grants if grant.until_at is None or grant.until_at > now),
        speaks_for={each.partner: name for each, name in spoken if each.until_at is None or each.until_at > now},
        since=min(begun for begun, _ended in standing or intervals),
        until=None if standing else max(ended for _begun, ended in intervals if ended),
    )
