"""The poll pass: only what we wrote is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.polls.answering.passes import Pass, read_pass, write_pass

SECRET = "secret for tests"


@given(st.binary(min_size=16, max_size=16), st.uuids(), st.integers(0, 2**32 - 1))
def test_what_was_written_is_read(ballot, person, version):
    held = Pass(ballot, person, version)
    token = write_pass(SECRET, held)
    assert read_pass(SECRET, token) == held
    assert read_pass("another secret", token) is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "\u00e9", "x" * 5000])
def test_rubbish_is_no_pass(token):
    assert read_pass(SECRET, token) is None
