"""The link "It was not me" in a letter about a changed address. It names a change, and nothing else."""

from uuid import UUID

from pyramid_app.base.sealed import read_sealed, write_sealed

PURPOSE = "address change"
SIZE = 16


def write_link(secret: str, change_id: UUID) -> str:
    return write_sealed(secret, PURPOSE, change_id.bytes)


def read_link(secret: str, token: str) -> UUID | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, PURPOSE, token, SIZE)
    return UUID(bytes=inside) if inside else None
