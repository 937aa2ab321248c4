"""Key pairs for sealing: the private half is a file in the keys folder, the public half a row.

The private half is never in the database, its backups or a log, and is destroyed once its box is counted.
"""

import os
import secrets
from pathlib import Path

from nacl.public import PrivateKey

from pyramid_app.base.errors import Conflict
from pyramid_app.kit.say import Say

SUFFIX = ".key"


def make_pair(folder: Path) -> str:
    """A new private key as a file only this user can read; returns its name.

    The file appears whole or not at all, and is on the disk before its public half can be used.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    name = secrets.token_hex(8)
    draft = folder / f"{name}.new"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(bytes(PrivateKey.generate()))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_file(folder, name))
    _sync(folder)
    return name


def list_names(folder: Path) -> set[str]:
    """The private keys that lie in the folder."""
    return {file.stem for file in folder.glob(f"*{SUFFIX}")}


def list_readable(folder: Path) -> set[str]:
    """Those of them that this process may read."""
    return {name for name in list_names(folder) if os.access(_file(folder, name), os.R_OK)}


def read_private(folder: Path, name: str) -> PrivateKey:
    """Raises ``Conflict`` where the file is missing: without it the box cannot be opened."""
    try:
        return PrivateKey(_file(folder, name).read_bytes())
    except FileNotFoundError:
        raise Conflict(Say("The key {name} is not in the keys folder. Without it this poll cannot be counted.",
                           name=name)) from None  # fmt: skip


def public_half(folder: Path, name: str) -> bytes:
    return bytes(read_private(folder, name).public_key)


def destroy(folder: Path, name: str) -> None:
    """Overwrite the private key, then remove it. Destroying it twice is the same as once."""
    file = _file(folder, name)
    try:
        with file.open("r+b") as handle:
            handle.write(secrets.token_bytes(PrivateKey.SIZE))
            handle.flush()
            os.fsync(handle.fileno())
    except FileNotFoundError:
        return
    file.unlink(missing_ok=True)
    _sync(folder)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}{SUFFIX}"


def _sync(folder: Path) -> None:
    # A rename or removal is only sure to survive a power cut once the folder itself is on the disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
