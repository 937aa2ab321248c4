"""Ringing whoever is on duty about a message that may be urgent."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import staff_queries
from pyramid_app.area.queries import settings_of
from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.work import Work
from pyramid_app.feedback.service import lock_voice
from pyramid_app.feedback.urgent import letters, queries
from pyramid_app.feedback.urgent.rules import EVERY_HOURS, Did, ring
from pyramid_app.kit.texts import add_working_days, london_date


def ring_duty(work: Work, voice_id: UUID, address: str, channels: Collection[str]) -> bool:
    """Ring if a ring is due and nobody has seen to it; each ring is one letter to each who is told, by its key.

    ``channels``: the kinds of address that letters can reach from here. Says whether anybody was rung.
    """
    voice = lock_voice(work, voice_id)
    today = london_date(work.now)
    working_day = add_working_days(today - timedelta(days=1), 1) == today
    name = ring(queries.first_rung_at(work.session, voice_id), work.now, working_day)
    if name is None or voice.urgent_at is None or voice.urgent_seen_at:
        return False
    area = settings_of(work.session, work.now)
    on_duty = duty(area, channels)
    colleagues = [] if on_duty else sorted(staff_queries.officers(work.session, work.now))
    link, until = f"{address}/desk/voices/{voice.ref}", work.now + timedelta(hours=EVERY_HOURS)
    rung = False
    for whom in [*on_duty, *colleagues]:
        to = {"address": whom, "person_id": None} if isinstance(whom, str) else {"address": None, "person_id": whom}
        draft = letters.ring(area, queries.about(voice_id), link, until, **to)
        rung = work.post(draft, key=f"urgent:{voice_id}:{name}:{whom}") or rung
    if rung:
        work.record(Did.RUNG, f"voice:{voice_id}", ring=name)
    return rung


def duty(area: AreaSettings, channels: Collection[str]) -> list[str]:
    """Where whoever is on duty can be reached; empty where an area has named nobody: then every officer is told."""
    found = [area.duty_address] if area.duty_address and "email" in channels else []
    if area.duty_mobile and "mobile" in channels:
        found.append(people.normal_address(area.duty_mobile, frozenset(channels))[1])
    return found
