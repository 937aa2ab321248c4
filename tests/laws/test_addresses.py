"""Every door reads an address with one function: what one takes, each takes, and mail can be sent there."""

import re
from pathlib import Path

PRODUCT = Path(__file__).resolve().parents[2] / "pyramid_app"
OWN_READER = re.compile(r"email_validator|EmailStr|validate_email|parseaddr|address\w*\.(?:strip|lower|casefold)\(")
MAY = {
    "base/addresses.py": "reads them",
    "feedback/intake/mail.py": "finds who wrote a pasted mail; the form then reads it as any other",
    "accounts/mailboxes.py": "takes what was read, and finds the mailbox behind it",
    "outcomes/replies/rules.py": "compares two that were read",
}


def test_no_door_reads_an_address_by_itself():
    reads = {str(file.relative_to(PRODUCT)) for file in PRODUCT.rglob("*.py") if OWN_READER.search(file.read_text())}
    assert reads == set(MAY)
