"""Addresses: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.accounts.addresses import masked, normal_address
from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.accounts.rules import ContactKind
from pyramid_app.base.errors import Invalid

BOTH = frozenset({"email", "mobile"})


@pytest.mark.parametrize(
    ("typed", "address"),
    [(" Amina@Example.org ", "amina@example.org"), ("amina+pyramid@example.org", "amina+pyramid@example.org")],
)
def test_an_email_address_has_one_spelling(typed, address):
    assert normal_address(typed, BOTH) == (ContactKind.EMAIL, address)


@pytest.mark.parametrize("typed", ["07700 900123", "+44 7700 900123", "0044 7700-900-123", "(07700) 900123"])
def test_a_mobile_number_has_one_spelling(typed):
    assert normal_address(typed, BOTH) == (ContactKind.MOBILE, "+447700900123")


def test_a_mobile_is_refused_where_no_text_can_be_sent():
    with pytest.raises(Invalid):
        normal_address("07700 900123", frozenset({"email"}))


@given(st.text(max_size=400))
def test_whatever_is_typed_is_an_address_without_spaces_or_a_sentence(typed):
    try:
        _kind, address = normal_address(typed, BOTH)
    except Invalid as refused:
        assert "address" in refused.fields
    else:
        assert address == "".join(address.split())
        assert address.isprintable()


@given(st.emails())
def test_a_masked_address_never_shows_the_name(address):
    name = address.partition("@")[0]
    assert len(name) < 2 or name not in masked(address).partition("@")[0]


@pytest.mark.parametrize(
    ("typed", "mailbox"),
    [
        ("one.parent+school@gmail.com", "oneparent@gmail.com"),
        ("One.Parent@GoogleMail.com", "oneparent@gmail.com"),
        ("one.parent+school@example.org", "one.parent@example.org"),
        ("+odd@example.org", "+odd@example.org"),
        ("...@gmail.com", "...@gmail.com"),
        ("+447700900123", "+447700900123"),
    ],
)
def test_many_spellings_are_one_mailbox(typed, mailbox):
    assert canonical_mailbox(typed) == mailbox
    assert canonical_mailbox(mailbox) == mailbox
