"""Secret addresses: what was sealed is read, nothing else is, and nothing shows through."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.base.sealed import ROOM, read_sealed, write_sealed

SECRET = "secret for tests"
INSIDE = st.binary(min_size=1, max_size=ROOM)


@given(INSIDE)
def test_what_was_sealed_is_read_and_only_for_its_own_purpose(inside):
    token = write_sealed(SECRET, "pass", inside)
    assert read_sealed(SECRET, "pass", token, len(inside)) == inside
    assert read_sealed(SECRET, "verdict", token, len(inside)) is None
    assert read_sealed("another secret", "pass", token, len(inside)) is None


@given(INSIDE)
def test_all_are_as_long_as_each_other_and_no_two_alike(inside):
    one, other = write_sealed(SECRET, "pass", inside), write_sealed(SECRET, "pass", inside)
    assert one != other
    assert len(one) == len(other) == len(write_sealed(SECRET, "verdict", b""))


@given(st.binary(min_size=8, max_size=ROOM))
def test_what_is_inside_does_not_show(inside):
    assert inside not in urlsafe_b64decode(write_sealed(SECRET, "pass", inside))


@given(st.integers(0, 107), st.sampled_from("Az09-_=.+/ \n\u00e9\ud800"))
def test_no_changed_letter_gets_through(at, letter):
    token = write_sealed(SECRET, "pass", b"inside")
    changed = token[:at] + (letter if letter != token[at] else "B") + token[at + 1 :]
    assert read_sealed(SECRET, "pass", changed, 6) is None
    assert read_sealed(SECRET, "pass", token[:at], 6) is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "\u00e9", "\ud800", "=", "=" * 60, "x" * 5000, "A" * 108])
def test_rubbish_opens_nothing(token):
    assert read_sealed(SECRET, "pass", token, 6) is None


def test_other_spellings_of_the_same_bytes_open_nothing():
    token = write_sealed(SECRET, "pass", b"inside")
    assert urlsafe_b64encode(urlsafe_b64decode(token)).decode() == token
    for spelt in (f"{token}====", f" {token}", f"{token}\n", token.replace("-", "+").replace("_", "/") + "+"):
        assert read_sealed(SECRET, "pass", spelt, 6) is None


def test_what_is_too_long_is_refused():
    with pytest.raises(ValueError, match="room for 41 bytes"):
        write_sealed(SECRET, "pass", bytes(ROOM + 1))
