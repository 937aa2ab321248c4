"""The page behind "It was not me". A GET says what it will do, and only a POST does it: scanners open links."""

from flask import Response

from pyramid_app.accounts import door
from pyramid_app.accounts.addresses import masked
from pyramid_app.accounts.blueprint import blueprint
from pyramid_app.accounts.changing import queries
from pyramid_app.accounts.changing.links import read_link
from pyramid_app.accounts.forms import OnlyAButton
from pyramid_app.accounts.undoing import service
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render


@blueprint.route("/not-me/<token>", methods=["GET", "POST"])
@anyone
def not_me(token: str) -> Response:
    """Whoever is signed in on this device, the link speaks for whoever reads mail at the address it was sent to."""
    form, change_id = OnlyAButton(), read_link(door.secret(), token)
    change = queries.find_change(house.reading(), change_id, house.now())
    if change is None:
        return render("accounts/not_me_old.html", status=404)
    changes = queries.since(house.reading(), change)
    back = [masked(one.kept) for one, _point in changes if one.kept]
    gone = [masked(point.address) for one, point in changes if not one.kept and point.ended_at is None]
    if not form.validate_on_submit():
        return render("accounts/not_me.html", form=form, back=back, gone=gone)
    with house.acting(NOBODY) as work:
        service.put_back(work, change_id)
    return render("accounts/not_me_done.html", back=back, gone=gone)
