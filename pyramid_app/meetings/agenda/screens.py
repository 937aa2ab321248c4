"""What the pages of an agenda share."""

from pyramid_app.base.web import house
from pyramid_app.meetings.agenda.forms import ItemForm
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.participation.group import queries as group
from pyramid_app.topics import queries as topics


def offer(form: ItemForm, item: AgendaItem | None) -> None:
    """Topics that are worked on, and the one that was chosen before and is settled now; members of today."""
    reading, current = house.reading(), topics.current(house.reading())
    if item and item.topic_id and item.topic_id not in {one.id for one in current}:
        current.append(topics.get_topic_by_id(reading, item.topic_id))
    form.offer(current, group.members(reading, house.now()))
