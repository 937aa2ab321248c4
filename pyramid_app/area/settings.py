"""The typed settings of an area. ``AreaSettings`` is what every page and letter reads."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, EmailStr, Field

Words = Annotated[str, Field(max_length=300)]


class AreaSettings(BaseModel):
    """Everything local. Names are words families see; numbers are the defaults of ``DESIGN.md`` 8."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Words = "Your area"
    host: Words = "the SEND partnership"
    team: Words = "SEND team"
    sender_name: Words = "One question for you"
    sender_address: EmailStr = "pyramid@example.org"
    reply_to: EmailStr = "send-team@example.org"
    phone: Words = ""
    hours: Words = ""
    advice_name: Words = ""
    advice_contact: Words = ""
    complaints_address: Words = ""
    brand_colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#1d70b8"
    sample: bool = False

    poll_days: Annotated[int, Field(ge=1, le=90)] = 14
    first_answer_working_days: Annotated[int, Field(ge=1, le=60)] = 10
    position_days: Annotated[int, Field(ge=7, le=365)] = 90
    undo_minutes: Annotated[int, Field(ge=0, le=60)] = 10
    invitation_days: Annotated[int, Field(ge=7, le=365)] = 60
    code_minutes: Annotated[int, Field(ge=5, le=30)] = 10
    code_tries: Annotated[int, Field(ge=3, le=10)] = 5
    member_hours: Annotated[int, Field(ge=1, le=72)] = 20
    kept_device_days: Annotated[int, Field(ge=1, le=180)] = 90
    officer_idle_minutes: Annotated[int, Field(ge=5, le=120)] = 30
    voice_characters: Annotated[int, Field(ge=500, le=20000)] = 5000
