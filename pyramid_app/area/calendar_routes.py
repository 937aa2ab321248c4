"""Adding to the area's calendar and taking out of it; the calendar itself is a screen of ``pages``."""

from uuid import UUID

from flask import Response

from pyramid_app.area import calendar_service as service
from pyramid_app.area.blueprint import blueprint
from pyramid_app.area.calendar_forms import PeriodForm
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other


@blueprint.route("/desk/calendar/new", methods=["GET", "POST"])
@officers
def calendar_add() -> Response:
    """One more school term, religious day, pre-election period or other date."""
    form = PeriodForm()
    if form.validate_on_submit():
        last = form.until_on.data or form.from_on.data
        try:
            with house.acting() as work:
                service.add_period(work, form.kind.data, form.name.data or "", form.from_on.data, last)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.calendar")
    return render("area/calendar_add.html", "main", form=form, status=form.status)


@blueprint.post("/desk/calendar/<uuid:period_id>/remove")
@officers
def calendar_remove(period_id: UUID) -> Response:
    """Twice is once: whoever presses again sees the calendar without it."""
    try:
        with house.acting() as work:
            service.remove_period(work, period_id)
    except errors.NotFound:
        pass
    return see_other("pages.calendar")
