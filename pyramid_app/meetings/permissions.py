"""Who reads about meetings, and who leads them."""

from datetime import datetime

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.meetings.rules import MeetingLike, State, state_of


def may_read(actor: Actor, member: bool) -> Verdict:
    """Members of the Group, chairs and officers. For anybody else there is no such page."""
    return YES if member or actor.is_chair or actor.is_officer else no("Only members of the Group can read this.")


def may_lead(actor: Actor) -> Verdict:
    return YES if actor.is_chair or actor.system else no("Only a chair can do this.")


def may_plan(actor: Actor, meeting: MeetingLike, now: datetime) -> Verdict:
    """Time, place and agenda change until the meeting begins."""
    allowed = may_lead(actor)
    if allowed and state_of(meeting, now) not in {State.WRITTEN, State.COMING}:
        return no("This meeting has begun or is over. Its agenda can't change any more.")
    return allowed


def may_minute(actor: Actor, meeting: MeetingLike, now: datetime) -> Verdict:
    """Who is there and what is decided is typed from the beginning until the meeting is closed."""
    allowed = may_lead(actor)
    if allowed and state_of(meeting, now) not in {State.ON, State.OVER}:
        return no("You can type this once the meeting has begun, and until you close it.")
    return allowed


def sees_agenda(actor: Actor, meeting: MeetingLike) -> bool:
    """Members see it when it is published."""
    return meeting.published_at is not None or bool(may_lead(actor)) or actor.is_officer
