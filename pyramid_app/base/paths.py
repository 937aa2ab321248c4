"""Where templates, static files and migrations are: inside an installed wheel, or beside the package in a checkout."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """The folder ``templates``, ``static`` or ``migrations``; raises ``FileNotFoundError`` if it is nowhere."""
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The folder {name}/ is neither in the package nor beside it.")


def private(path: str, flags: int) -> int:
    """How ``open`` makes a file that no other account of the machine may read, from the first moment on."""
    return os.open(path, flags, 0o600)
