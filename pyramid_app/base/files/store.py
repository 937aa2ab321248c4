"""The folder in which files lie, each named by the SHA-256 of what is in it, so that the same file lies there once."""

import math
import os
import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

OURS = re.compile(r"[0-9a-f]{64}|coming-.+")


def put(folder: Path, data: bytes, now: datetime) -> str:
    """Write the file so that it outlives a power cut, and return its digest. A second time it only counts as new."""
    digest = sha256(data).hexdigest()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not touch(folder, digest, now):
        handle, made = mkstemp(dir=folder, prefix="coming-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(made).rename(folder / digest)
        _remember(folder)
        touch(folder, digest, now)
    return digest


def touch(folder: Path, digest: str, now: datetime) -> bool:
    """Say that the file is wanted now; ``False`` where it is not there (any more)."""
    try:
        os.utime(folder / digest, (now.timestamp(), now.timestamp()))
    except FileNotFoundError:
        return False
    return True


def older_than(folder: Path, before: datetime) -> list[Path]:
    """Files that nobody brought, or asked to keep, since then; also those that never came whole."""
    if not folder.is_dir():
        return []
    return still_older_than((file for file in folder.iterdir() if OURS.fullmatch(file.name)), before)


def still_older_than(files: Iterable[Path], before: datetime) -> list[Path]:
    """Those of the files that are as old as that, and still there."""
    return sorted(file for file in files if _wanted_at(file) < before.timestamp())


def _wanted_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # it has just got its name, or went
        return math.inf


def _remember(folder: Path) -> None:
    """The folder's own entry reaches the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
