"""An address of somebody whom this installation can reach."""

from pyramid_app.accounts.rules import ContactKind
from pyramid_app.base.addresses import NO_ADDRESS, read_email, read_mobile
from pyramid_app.base.errors import Invalid
from pyramid_app.kit.say import Say


def normal_address(typed: str, channels: frozenset[str]) -> tuple[ContactKind, str]:
    """``(kind, address)`` in the one spelling we store. ``channels``: the kinds this installation can reach.

    Raises ``Invalid`` at ``address`` with a sentence.
    """
    if not typed.strip():
        raise Invalid({"address": Say("Write your e-mail address.") if "mobile" not in channels else Say(
            "Write your e-mail address or mobile number.")})  # fmt: skip
    if "@" in typed:
        return ContactKind.EMAIL, read_email(typed)
    number = read_mobile(typed) if "mobile" in channels else None
    if number is None:
        raise Invalid({"address": NO_ADDRESS})
    return ContactKind.MOBILE, number


def masked(address: str) -> str:
    """``s•••@example.org``, ``•••• 123``: enough to know one's own, too little to learn somebody else's."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if at else f"•••• {address[-3:]}"
