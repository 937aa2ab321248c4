"""Who has what waits for somebody who is away: a chain of covers that never goes round. Pure."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from pyramid_app.kit.say import Say

LONGEST = timedelta(days=366)


def stands_in(person: UUID, covers: Mapping[UUID, UUID], here: Collection[UUID]) -> UUID:
    """Who has what waits for ``person`` today: the end of the chain of ``covers``.

    Whoever is on the chain but not ``here`` (on the staff any more) passes on and keeps nothing. A chain that came
    back to somebody ends before that.
    """
    seen, at, found = {person}, person, person
    while (following := covers.get(at)) is not None and following not in seen:
        at = following
        seen.add(at)
        found = at if at in here else found
    return found


def leads_back(person: UUID, cover: UUID, covers: Mapping[UUID, UUID]) -> bool:
    """Whether ``cover`` is ``person``, or away too and in the end covered by ``person``."""
    seen: set[UUID] = set()
    at: UUID | None = cover
    while at is not None and at not in seen:
        if at == person:
            return True
        seen.add(at)
        at = covers.get(at)
    return False


def what_is_wrong_with_away(
    person: UUID,
    until_on: date | None,
    cover: UUID | None,
    *,
    today: date,
    here: Collection[UUID],
    covers: Mapping[UUID, UUID],
) -> dict[str, Say]:
    """Why ``person`` can't be away so. ``here``: who could stand in; ``covers``: who stands in already, for whom."""
    wrong = {}
    if until_on is None or not today < until_on <= today + LONGEST:
        wrong["until_on"] = Say("Write the first day back. It is later than today, and within a year.")
    if cover is None or cover not in here or cover == person:
        wrong["cover"] = Say("Choose who has the messages in that time.")
    elif leads_back(person, cover, covers):
        wrong["cover"] = Say("They are away too, and everything would come back. Choose somebody who is here.")
    return wrong
