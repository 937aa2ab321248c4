"""What several pages show of a hand-over, and the one tick on the own-child page."""

from typing import Any

from pyramid_app.base.web import house
from pyramid_app.base.work import Work
from pyramid_app.feedback.forms import VoiceForm
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child import queries, service
from pyramid_app.feedback.own_child.forms import OwnChildForm


def own_child_form() -> OwnChildForm:
    """With the places of this area; the only one there is, is picked already."""
    form, helpers = OwnChildForm(), queries.offered(house.area())
    form.place.offer(helpers)
    if len(helpers) == 1 and not form.place.data:
        form.place.data = str(helpers[0].place)
    return form


def pass_on_if_ticked(work: Work, form: VoiceForm, voice: Voice) -> None:
    """In the same act in which the family tells us. Raises ``Invalid`` by field."""
    if isinstance(form, OwnChildForm) and form.pass_on.data and voice.handed_at is None:
        service.pass_on(work, voice.id, form.place.place, form.phone.data or "")


def handed_of(voice: Voice) -> dict[str, Any]:
    """Which place has the words, for whoever has the reference: a state, never the words."""
    handed = queries.find_of(house.reading(), voice.id) if voice.handed_at else None
    return {"handed": handed, "helpers": queries.helpers(house.area())}
