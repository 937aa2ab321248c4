"""Reading an address as people type it: an e-mail or a British mobile number."""

import re

from email_validator import EmailNotValidError, validate_email

from pyramid_app.accounts.rules import ContactKind
from pyramid_app.base.errors import Invalid
from pyramid_app.kit.say import Say

_MOBILE = re.compile(r"(?:\+44|0044|0)7\d{9}")


def normal_address(typed: str, channels: frozenset[str]) -> tuple[ContactKind, str]:
    """``(kind, address)`` in the one spelling we store. ``channels``: the kinds this installation can reach.

    Raises ``Invalid`` at ``address`` with a sentence.
    """
    text = typed.strip()
    if not text:
        raise Invalid({"address": Say("Write your e-mail address.") if "mobile" not in channels else Say(
            "Write your e-mail address or mobile number.")})  # fmt: skip
    if "@" in text:
        return ContactKind.EMAIL, _email(text)
    number = re.sub(r"[\s().-]", "", text)
    if "mobile" in channels and _MOBILE.fullmatch(number):
        return ContactKind.MOBILE, "+44" + number[-10:]
    raise Invalid({"address": Say("We can't read this address. An e-mail address looks like name@example.org.")})


def _email(text: str) -> str:
    try:
        # Lower case throughout: no mailbox that families use tells Amina@ from amina@.
        return str(validate_email(text, check_deliverability=False, test_environment=True).normalized).lower()
    except EmailNotValidError as wrong:
        raise Invalid(
            {"address": Say("We can't read this address. An e-mail address looks like name@example.org.")}
        ) from wrong


def masked(address: str) -> str:
    """``s•••@example.org``, ``•••• 123``: enough to know one's own, too little to learn somebody else's."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if at else f"•••• {address[-3:]}"
