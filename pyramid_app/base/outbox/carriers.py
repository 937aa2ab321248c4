"""How a letter leaves: by SMTP, or into a folder (the demo, and machines that must not write to anybody)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from pyramid_app.base.outbox.parcels import Carry, Parcel, Sender
from pyramid_app.base.outbox.smtp import SCHEMES, Smtp

__all__ = ["Carrier", "Carry", "Files", "Parcel", "Sender", "Smtp", "carrier_for"]


class Carrier(Protocol):
    """A way out. ``channels`` are the kinds of contact point that it can reach."""

    channels: frozenset[str]

    def open(self) -> AbstractContextManager[Carry]:
        """One connection for many letters; raises ``Hindered`` if there is none."""
        ...


class Files:
    """Each letter is a file ``<id>.eml`` in a folder; the same letter sent twice is still one file."""

    channels = frozenset({"email", "mobile"})

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def open(self) -> Iterator[Carry]:
        self.folder.mkdir(parents=True, exist_ok=True)
        yield self._carry

    def _carry(self, parcel: Parcel) -> None:
        name = parcel.message_id.strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(parcel.as_mail().as_bytes())


def carrier_for(mail: str, ca: Path | None = None) -> Carrier:
    """The carrier that ``PYRAMID_MAIL`` names. ``ca``: a PEM file of authorities that are trusted besides the machine's
    own. Raises ``ValueError`` with one sentence.
    """
    scheme, _, rest = mail.partition(":")
    if scheme == "files" and rest:
        return Files(Path(rest))
    if scheme in SCHEMES:
        return Smtp(mail, ca)
    raise ValueError(
        "PYRAMID_MAIL must be smtp://host:port, smtps://host:port, smtp+clear://host:port or files:FOLDER."
    )
