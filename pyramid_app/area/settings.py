"""The typed settings of an area. ``AreaSettings`` is what every page and letter reads."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from pyramid_app.base.addresses import read_mobile


def _mobile_or_none(text: str) -> str:
    if text and read_mobile(text) is None:
        raise PydanticCustomError("mobile_number", "not a mobile number")
    return text


Mailbox = Annotated[str, Field(max_length=254)]
"""A mailbox of ours is one that somebody reads; it is read when it is set. Empty means that there is none."""
Mobile = Annotated[str, Field(max_length=40), AfterValidator(_mobile_or_none)]
Words = Annotated[str, Field(max_length=300)]
Names = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=20)]
"""A short list, such as the groups that families may say they belong to."""


class AreaSettings(BaseModel):
    """Everything local. Names are words families see; numbers are the defaults of ``DESIGN.md`` 8."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    name: Words = "Your area"
    host: Words = "the SEND partnership"
    team: Words = "SEND team"
    sender_name: Words = "One question for you"
    sender_address: Mailbox = "pyramid@example.org"
    reply_to: Mailbox = "send-team@example.org"
    phone: Words = ""
    hours: Words = ""
    advice_name: Words = ""
    advice_contact: Words = ""
    complaints_address: Words = ""
    advice_mailbox: Mailbox = ""
    plan_team_name: Words = ""
    plan_team_mailbox: Mailbox = ""
    complaints_name: Words = ""
    complaints_mailbox: Mailbox = ""
    duty_address: Mailbox = ""
    duty_mobile: Mobile = ""
    brand_colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#1d70b8"
    sample: bool = False

    wards: Names = ()
    child_ages: Names = ("0 to 4", "5 to 10", "11 to 15", "16 to 19", "20 to 25")
    areas_of_need: Names = (
        "Talking and understanding", "Learning", "Feelings and mental health", "Seeing, hearing or moving",
    )  # fmt: skip
    places_to_learn: Names = (
        "Nursery or early years", "Mainstream school", "Special school", "College or training", "At home",
        "Somewhere else", "No place now",
    )  # fmt: skip

    poll_days: Annotated[int, Field(ge=1, le=90)] = 14
    first_answer_working_days: Annotated[int, Field(ge=1, le=60)] = 10
    position_days: Annotated[int, Field(ge=7, le=365)] = 90
    raise_at_voices: Annotated[int, Field(ge=2, le=200)] = 9
    undo_minutes: Annotated[int, Field(ge=0, le=60)] = 10
    invitation_days: Annotated[int, Field(ge=7, le=365)] = 60
    code_minutes: Annotated[int, Field(ge=5, le=30)] = 10
    code_tries: Annotated[int, Field(ge=3, le=10)] = 5
    member_hours: Annotated[int, Field(ge=1, le=72)] = 20
    kept_device_days: Annotated[int, Field(ge=1, le=180)] = 90
    officer_idle_minutes: Annotated[int, Field(ge=5, le=120)] = 30
    voice_characters: Annotated[int, Field(ge=500, le=20000)] = 5000
    voices_a_day: Annotated[int, Field(ge=1, le=1000)] = 10
    newcomers_a_day_network: Annotated[int, Field(ge=1, le=1000)] = 10
    newcomers_a_day: Annotated[int, Field(ge=1, le=100000)] = 100
    consultation_days: Annotated[int, Field(ge=1, le=90)] = 28
    consultative_days: Annotated[int, Field(ge=1, le=90)] = 14
    ratify_quorum_percent: Annotated[int, Field(ge=1, le=100)] = 10
    ratify_more_than_percent: Annotated[int, Field(ge=50, le=99)] = 50
    look_days: Annotated[int, Field(ge=1, le=14)] = 3
    invitation_gap_days: Annotated[int, Field(ge=0, le=90)] = 30
    formats_promised: Names = ()
    letters_a_month: Annotated[int, Field(ge=1, le=10)] = 2
    notices_a_month: Annotated[int, Field(ge=1, le=5)] = 1
    term_days: Annotated[int, Field(ge=0, le=90)] = 10
    partner_answer_working_days: Annotated[int, Field(ge=1, le=90)] = 20
    partner_look_working_days: Annotated[int, Field(ge=1, le=20)] = 3
    verdict_weeks: Annotated[int, Field(ge=1, le=52)] = 12
    ring_working_days: Annotated[int, Field(ge=1, le=60)] = 10
    quorum_percent: Annotated[int, Field(ge=1, le=100)] = 50
    quorum_reps_least: Annotated[int, Field(ge=1, le=50)] = 3
    item_answer_working_days: Annotated[int, Field(ge=1, le=60)] = 10
    report_back_days: Annotated[int, Field(ge=1, le=30)] = 5


NEEDED_MAILBOXES = ("sender_address", "reply_to")
MAILBOXES = (*NEEDED_MAILBOXES, "advice_mailbox", "plan_team_mailbox", "complaints_mailbox", "duty_address")
