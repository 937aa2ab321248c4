"""A budget, the interval in which it is counted, and the network that an address belongs to. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from pyramid_app.kit.texts import london_date, london_midnight

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)

EVERYBODY = "everybody"
"""Whose budget it is where the whole installation shares one."""


@dataclass(frozen=True)
class Budget:
    """``what`` may happen ``at_most`` times in each hour or day for whoever is counted together."""

    what: str
    at_most: int
    each: timedelta = A_DAY

    def slot(self, now: datetime) -> datetime:
        """When the interval that ``now`` lies in began: midnight in London, or the full hour."""
        if self.each == A_DAY:
            return london_midnight(london_date(now))
        return datetime.fromtimestamp(now.timestamp() // self.each.total_seconds() * self.each.total_seconds(), UTC)


@lru_cache(maxsize=1024)  # asked for with each answer and each message; most come from few networks
def network_of(address: str | None) -> str:
    """The network that an address belongs to: a /24, or a /64. Families of one house or school share one."""
    try:
        one = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(one, IPv6Address) and one.ipv4_mapped:
        one = one.ipv4_mapped
    return str(ip_network((one, 64 if isinstance(one, IPv6Address) else 24), strict=False))
