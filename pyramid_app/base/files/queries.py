"""Looking at files that are kept."""

from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.work import batches


def files_of(session: Session, ids: Collection[UUID]) -> dict[UUID, StoredFile]:
    """Files by id, in one query."""
    if not ids:
        return {}
    return {file.id: file for file in session.exec(select(StoredFile).where(col(StoredFile.id).in_(ids)))}


def without_row(session: Session, files: Sequence[Path]) -> list[Path]:
    """Of these files those that nothing shows."""
    found = []
    for some in batches(files, 500):
        names = [file.name for file in some]
        kept = set(session.exec(select(StoredFile.digest).where(col(StoredFile.digest).in_(names))))
        found += [file for file in some if file.name not in kept]
    return found
