"""What a verb can refuse with. Each carries a sentence for the person who asked; ``web`` maps them once."""

from collections.abc import Mapping

from pyramid_app.kit.say import Say


class Refused(Exception):
    """The act did not happen, and ``reason`` says why."""

    def __init__(self, reason: Say) -> None:
        super().__init__(reason.message)
        self.reason = reason


class NotFound(Refused):
    """It does not exist, or its existence is not this person's business: both look the same."""

    def __init__(self, reason: Say | None = None) -> None:
        super().__init__(reason or Say("We can't find that page."))


class NotAllowed(Refused):
    """It exists, but not for this person or not now."""


class Conflict(Refused):
    """Somebody else was there first, or the thing has moved on."""


class Invalid(Refused):
    """What was sent does not fit; ``fields`` says what to mend, by field name."""

    def __init__(self, fields: Mapping[str, Say]) -> None:
        super().__init__(next(iter(fields.values())))
        self.fields = dict(fields)
