"""What makes a command unusable, in one sentence for whoever typed it."""

from sqlalchemy.exc import SQLAlchemyError

from pyramid_app.base.config import sentence_of
from pyramid_app.base.db import said_by
from pyramid_app.base.errors import Refused
from pyramid_app.kit.texts import sentence

TLS = " PYRAMID_DATABASE says how it is encrypted: sslmode and sslrootcert, as in the README."


def why_unusable(failure: Exception) -> str | None:
    """A refusal, a setting, the database, a file. ``None`` for what only a programmer could mend."""
    if isinstance(failure, Refused):
        return sentence(failure.reason)
    if isinstance(failure, ValueError):
        return sentence_of(failure)
    if isinstance(failure, SQLAlchemyError):
        said = said_by(failure)
        return f"The database can't be used: {said}.{TLS if 'SSL' in said or 'certificate' in said else ''}"
    if isinstance(failure, OSError) and failure.strerror:
        return f"{failure.filename}: {failure.strerror}." if failure.filename else f"{failure.strerror}."
    return None
