"""Figures about waits and bytes, for drills: they print what they find."""

from collections.abc import Sequence


def share(waits: Sequence[float], percent: int) -> float:
    """The wait that so many percent do not exceed, in seconds."""
    return sorted(waits)[min(len(waits) - 1, len(waits) * percent // 100)]


def told(waits: Sequence[float]) -> str:
    """How many, p50, p95 and the longest, in milliseconds."""
    shown = " ".join(f"{name} {value * 1000:.0f}" for name, value in
                     (("p50", share(waits, 50)), ("p95", share(waits, 95)), ("most", max(waits))))  # fmt: skip
    return f"{len(waits)} asked, ms: {shown}"
