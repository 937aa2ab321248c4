"""The canonical mailbox: many spellings of an address reach one mailbox, and one mailbox has one voice. Pure."""

DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Providers that ignore dots before the @, and the domain under which all their spellings are one."""


def canonical_mailbox(address: str) -> str:
    """One spelling for each mailbox: lower case, no ``+tag``, without the dots that its provider ignores.

    ``address`` is one that ``normal_address`` has taken; a mobile number comes back as it is. Letters go to the
    address as it was typed: this is only what people are found and counted by.
    """
    name, at, domain = address.lower().rpartition("@")
    if not at:
        return address
    domain = DOTLESS.get(domain, domain)
    name = name.partition("+")[0] or name
    if domain in DOTLESS.values():
        name = name.replace(".", "") or name
    return f"{name}@{domain}"
