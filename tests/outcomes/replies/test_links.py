"""A partner's link: only what we wrote is read, and no other kind of link opens it."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.replies.links import For, Held, read_link, write_link
from pyramid_app.polls.answering.passes import Pass, write_pass

SECRET = "secret for tests"


@given(st.sampled_from(For), st.uuids(), st.integers(0, 2**32 - 1))
def test_what_was_written_is_read(what, ident, version):
    held = Held(what, ident, version)
    token = write_link(SECRET, held)
    assert read_link(SECRET, token) == held
    assert read_link("another secret", token) is None


@pytest.mark.parametrize(
    "token", ["", ".", "a.b", "\u00e9", "x" * 5000, write_pass(SECRET, Pass(b"b" * 16, UUID(int=7), 0))]
)
def test_rubbish_and_a_poll_pass_are_no_link(token):
    assert read_link(SECRET, token) is None
