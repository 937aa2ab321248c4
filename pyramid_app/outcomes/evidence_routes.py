"""The files that published answers show."""

from uuid import UUID

from flask import Response

from pyramid_app.base.files.serving import send
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.outcomes import queries
from pyramid_app.outcomes.blueprint import blueprint


@blueprint.get("/outcomes/files/<uuid:file_id>")
@anyone
def file(file_id: UUID) -> Response:
    """A picture or a PDF; one that no public answer shows does not exist."""
    return send(queries.get_evidence(house.reading(), file_id, house.now()))
