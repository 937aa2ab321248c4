"""What the log says of partners. Pure."""

from enum import StrEnum


class Did(StrEnum):
    ADDED = "partner:added"
