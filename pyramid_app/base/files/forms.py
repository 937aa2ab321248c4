"""A form that may carry a file. What has come safely is not asked for again when another box has to be mended."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField

from pyramid_app.base import errors
from pyramid_app.base.files import service
from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.files.rules import MOST_BYTES, WORDS_MOST, Kind
from pyramid_app.base.files.service import Brought
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import AtMost, Form, Lazy, Text
from pyramid_app.base.work import Work


class FileForm(Form):
    """``file`` comes with the form; ``held`` is our signed note about one that came before, ``shows`` its words."""

    file = FileField(Lazy("A picture or a PDF (5 MB at the most)"), widget=GovFileInput())
    held = HiddenField()
    leave_out = BooleanField(Lazy("Leave this file out"), widget=GovCheckboxInput())
    shows = Text(Lazy("What does the picture show, or the PDF say?"), [AtMost(WORDS_MOST)])

    def validate(self, extra_validators: Any = None) -> bool:
        """A good file is held even where other boxes have to be mended."""
        fine = super().validate(extra_validators)
        return self._bring() and fine

    @property
    def brought(self) -> Brought | None:
        """The file that came with this form or an earlier sending of it, from this person."""
        return None if self.leave_out.data and not self.file.data else read_note(self.held.data or "")

    def keep(self, work: Work) -> UUID | None:
        """The id of the file's row, made in this act. Raises ``Invalid`` by field."""
        brought = self.brought
        if brought is None:
            return None
        return service.keep(work, house.house().settings.files, brought, self.shows.data or "").id

    def _bring(self) -> bool:
        came = self.file.data
        if not isinstance(came, FileStorage):
            self.held.data = note(self.brought)
            return True
        try:
            folder, data = house.house().settings.files, came.stream.read(MOST_BYTES + 1)
            self.held.data = note(service.bring(folder, data, came.filename or "", house.now()))
        except errors.Invalid as refused:
            self.take(refused)
            return False
        return True


def filled_with(file: StoredFile | None) -> dict[str, str]:
    """What the boxes of a form hold at first where the thing it is about shows this file."""
    if file is None:
        return {}
    brought = Brought(file.digest, file.kind, file.size, file.width, file.height, file.name, file.id)
    return {"held": note(brought), "shows": file.words}


def note(brought: Brought | None) -> str:
    """A note that only this server can write, good for the person who is here."""
    if brought is None:
        return ""
    facts = [str(fact) if isinstance(fact, UUID) else fact for fact in astuple(brought)]
    return str(_signer().dumps([str(house.actor().person_id), *facts]))


def read_note(text: str) -> Brought | None:
    """``None`` for what we did not write, or wrote for somebody else."""
    try:
        who, *facts = _signer().loads(text)
    except BadSignature:
        return None
    return _brought(facts) if who == str(house.actor().person_id) else None


def _brought(facts: Sequence[Any]) -> Brought:
    digest, kind, size, width, height, name, row_id = facts
    return Brought(digest, Kind(kind), size, width, height, name, UUID(row_id) if row_id else None)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(house.house().settings.secret.get_secret_value(), salt="a file that was brought")
