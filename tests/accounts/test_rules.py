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
    [
        (" Amina@Example.org ", "amina@example.org"),
        ("amina+pyramid@example.org", "amina+pyramid@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("amina@exämple.org", "amina@xn--exmple-cua.org"),
        *(
            (pasted, "amina@example.org")
            for pasted in (
                "\u200bamina@example.org",
                "\u2066amina@example.org\u2069",
                "\ufeffamina\u00ad@example.org\u00a0",
                "mailto:amina@example.org?subject=Hello",
                "Amina Yusuf <amina@example.org>",
                "Yusuf, Amina <Amina@example.org>;",
                '"amina@example.org" <amina@example.org>',
                "[mailto:amina@example.org]",
                "(amina@example.org),",
                "<amina@example.org>.",
            )
        ),
    ],
)
def test_an_email_address_has_one_spelling(typed, address):
    assert normal_address(typed, BOTH) == (ContactKind.EMAIL, address)


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123",
        "+44 7700 900123",
        "0044 7700-900-123",
        "(07700) 900123",
        "+44 (0)7700 900123",
        "\u202a07700\u00a0900\u2011123\u202c",
        "٠٧٧٠٠ ٩٠٠١٢٣",
        "०७७०० ९००१२३",
    ],
)
def test_a_mobile_number_has_one_spelling(typed):
    assert normal_address(typed, BOTH) == (ContactKind.MOBILE, "+447700900123")


def test_a_mobile_is_refused_where_no_text_can_be_sent():
    with pytest.raises(Invalid):
        normal_address("07700 900123", frozenset({"email"}))


@pytest.mark.parametrize(
    ("typed", "letters"), [("josé@example.org", "é"), ("Zoë <zoë@example.org>", "ë"), ("用户@例子.广告", "用户")]
)
def test_letters_that_mail_servers_refuse_are_named(typed, letters):
    with pytest.raises(Invalid) as refused:
        normal_address(typed, BOTH)
    assert refused.value.reason.message.startswith("Many mail servers refuse an address with")
    assert refused.value.reason.facts == {"letters": letters}


@pytest.mark.parametrize(
    "typed",
    ["amina smith@example.org", "a@example.org, b@example.org", "<a@example.org> <b@example.org>", "a@localhost"],
)
def test_nothing_is_picked_out_of_what_is_not_one_address(typed):
    with pytest.raises(Invalid):
        normal_address(typed, BOTH)


@given(st.text(max_size=400) | st.emails() | st.from_regex(r"[\w<>:,. \u200b@-]*@[\w.>]*", fullmatch=True))
def test_whatever_is_typed_is_an_address_without_spaces_or_a_sentence(typed):
    try:
        _kind, address = normal_address(typed, BOTH)
    except Invalid as refused:
        assert "address" in refused.fields
    else:
        assert address == "".join(address.split())
        assert address.isascii()
        assert address.isprintable()
        assert normal_address(address, BOTH)[1] == address


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
