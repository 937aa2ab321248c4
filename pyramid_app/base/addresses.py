"""Reading an address as people type and paste it: an e-mail, or a British mobile number. Every door reads it here."""

import re
import unicodedata
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email

from pyramid_app.base.errors import Invalid
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.tidy import without_unseen

NO_ADDRESS = Say("We can't read this address. An e-mail address looks like name@example.org.")

LONGEST = 400
"""An address has 254 signs at the most; a name may stand before it."""

_NAMED = re.compile(r"<([^<>]*@[^<>]*)>")
_AROUND = " \t\n.,;:<>()[]{}\"“”‘’'"
_MOBILE = re.compile(r"(?:(?:\+|00)440?|0)(7[0-9]{9})")


def read_email(typed: str) -> str:
    """The address in the one spelling we store: lower case, in signs that every mail server carries.

    A domain in other letters is written as mail servers know it (IDNA). Raises ``Invalid`` at ``address``.
    """
    if len(typed) > LONGEST:
        raise Invalid({"address": NO_ADDRESS})
    text = _bare(typed)
    name = text.rpartition("@")[0]
    odd = "".join(dict.fromkeys(sign for sign in name if not sign.isascii()))
    if odd and odd.isprintable() and "@" not in name and " " not in name:
        raise Invalid(
            {
                "address": Say(
                    "Many mail servers refuse an address with “{letters}” before the @. "
                    "Check what you wrote, or give another address.",
                    letters=odd,
                )
            }
        )
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise Invalid({"address": NO_ADDRESS}) from wrong
    # Lower case throughout: no mailbox that families use tells Amina@ from amina@.
    return f"{found.local_part}@{found.ascii_domain}".lower()


def read_mobile(typed: str) -> str | None:
    """``+447700900123``, also from ``+44 (0)7700 900123`` and from digits of any script; ``None``: it is no number."""
    plain = without_unseen(typed[:LONGEST]).strip().removeprefix("tel:")
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)
    found = _MOBILE.fullmatch(re.sub(r"[\s().\u2010-\u2015-]", "", _without_marks(digits)))
    return f"+44{found[1]}" if found else None


def _bare(typed: str) -> str:
    """What was meant, without what comes along when an address is copied: unseen signs, a name, ``mailto:``, a comma.

    Nothing is picked out of a sentence: in ``amina smith@example.org`` the last word is somebody else's address.
    """
    text = _without_marks(without_unseen(typed))
    named = {address.strip().lower() for address in _NAMED.findall(text)}
    if len(named) == 1:
        text = named.pop()
    text = text.strip(_AROUND)
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:].partition("?")[0]).strip(_AROUND)
    return text


def _without_marks(text: str) -> str:
    """An address has no letters that are joined, and none that run from right to left."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
