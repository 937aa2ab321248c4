"""The partners, for a lead: where each of them reads what it is asked."""

from flask import Blueprint, Response

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import leads
from pyramid_app.base.web.render import render, see_other
from pyramid_app.partners import queries, service
from pyramid_app.partners.forms import PartnerForm

blueprint = Blueprint("partners", __name__)


@blueprint.get("/desk/partners")
@leads
def index() -> Response:
    return render("partners/index.html", partners=queries.list_partners(house.reading()))


@blueprint.route("/desk/partners/<slug>", methods=["GET", "POST"])
@leads
def partner(slug: str) -> Response:
    """Its mailbox, and the day from which it is a partner no more."""
    one = queries.get_partner(house.reading(), slug)
    form = PartnerForm(obj=one)
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                service.set_mailbox(work, slug, form.mailbox.data or "")
                service.end(work, slug, form.ended_on.data)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("partners.index")
    return render("partners/partner.html", "main", partner=one, form=form, status=form.status)
