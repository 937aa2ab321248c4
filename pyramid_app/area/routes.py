"""Set-up for leads, and the area's colour as a style sheet."""

from flask import Response

from pyramid_app.area import calendar_routes, queries, service
from pyramid_app.area.blueprint import blueprint
from pyramid_app.area.forms import GROUPS, LABELS, SettingsForm
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, leads
from pyramid_app.base.web.render import render, see_other

__all__ = ["blueprint", "calendar_routes"]

COLOURS = ":root{{--brand:{0};--govuk-brand-colour:{0};--govuk-link-colour:{0}}}"
SHOWN = 100


@blueprint.get("/area.css")
@anyone
def colours() -> Response:
    """The brand colour: inline styles are forbidden, so it has an address of its own, with the colour in it."""
    answer = Response(COLOURS.format(house.area().brand_colour), mimetype="text/css")
    answer.cache_control.public, answer.cache_control.max_age = True, 86400
    return answer


@blueprint.route("/setup", methods=["GET", "POST"])
@leads
def setup() -> Response:
    """Everything local, with its history."""
    form = SettingsForm(obj=queries.settings_of(house.reading(), house.now()))
    if "mobile" not in house.house().channels:
        # No text message can leave here, so nobody is asked where to send one.
        del form.duty_mobile
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                service.change_settings(work, form.values(), form.why.data or "")
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("area.setup")
    changes = [change for change in queries.history(house.reading()) if change.name in LABELS][:SHOWN]
    names = house.house().names(house.reading(), {change.by_id for change in changes if change.by_id})
    return render(
        "area/setup.html", "main", form=form, groups=GROUPS, labels=LABELS, changes=changes, names=names,
        status=form.status,
    )  # fmt: skip
