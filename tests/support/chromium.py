"""Which browser the journeys drive, and how it is started."""

import os
import shutil
from typing import TypedDict

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same engine without windows around the pages: a quarter faster."""
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """No browser was found; the message is the sentence to leave with (``pytest.exit(..., returncode=3)``)."""


class Options(TypedDict):
    """What Playwright's ``chromium.launch(**options)`` takes."""

    executable_path: str
    args: list[str]
    headless: bool


def find() -> str:
    """The path of the browser: ``PYRAMID_CHROMIUM``, else the first known name on ``PATH``; raises ``NoBrowser``."""
    named = os.environ.get("PYRAMID_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise NoBrowser(f"PYRAMID_CHROMIUM names {named}, which cannot be run.")
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise NoBrowser(f"The journeys need Chromium: install it (Debian: {NAMES[0]}), or name one in PYRAMID_CHROMIUM.")


def options() -> Options:
    """How to start it; without its sandbox for root, who cannot have one."""
    args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    return {"executable_path": find(), "args": args, "headless": True}
