"""Where the reference data lies: beside a checkout, and never in it."""

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def needs(folder: str) -> pytest.MarkDecorator:
    """Skip, and say so, where that folder of the reference data is not here."""
    why = f"shared/data/{folder} is not beside this checkout: this ran without the official figures"
    return pytest.mark.skipif(not (DATA / folder).is_dir(), reason=why)


def files(folder: str, pattern: str) -> list[Path]:
    return sorted((DATA / folder).glob(pattern))
