"""Laws of addresses that carry a secret: all of one length, and no row's id in any of them.

Proxies write addresses into their logs. Whoever has such a log and the database must not find a person in both.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID, uuid4

import pytest

from pyramid_app.accounts.changing import links as changing
from pyramid_app.accounts.codes.making import new_link
from pyramid_app.base.web.headers import SECRET_FIRST_PARTS, shown_path
from pyramid_app.charter.handing import links as owners
from pyramid_app.feedback import links as voices
from pyramid_app.outcomes.replies import links as partners
from pyramid_app.outcomes.verdicts import links as verdicts
from pyramid_app.participation.invitations import read_invitation, write_invitation
from pyramid_app.participation.stopping import Stop, read_stop, write_stop
from pyramid_app.polls.answering.passes import Pass, read_pass, write_pass
from tests.polls.builders import a_poll
from tests.support.worlds import every_row

SECRET = "a secret for tests only"

WRITERS = {
    "p": lambda one, other: write_pass(SECRET, Pass(one.bytes, other, 3)),
    "v": lambda one, other: verdicts.write_link(SECRET, verdicts.Link(verdicts.Asks.HELPED, one, other, 3)),
    "answer": lambda one, _: partners.write_link(SECRET, partners.Held(partners.For.ASK, one, 3)),
    "keep": lambda one, _: owners.write_link(SECRET, owners.Held(one, 3)),
    "stop": lambda one, _: write_stop(SECRET, one, list(Stop)),
    "received": lambda one, _: voices.write_link(SECRET, "received", voices.Held(one, 3)),
    "objection": lambda one, _: voices.write_link(SECRET, "objection", voices.Held(one, 3)),
    "invitation": lambda one, _: write_invitation(SECRET, one),
    "not-me": lambda one, _: changing.write_link(SECRET, one),
}
"""How each first part of such an address makes what follows; two ids are given, and most need one."""

READERS = {
    "p": lambda token: read_pass(SECRET, token),
    "v": lambda token: verdicts.read_link(SECRET, token),
    "answer": lambda token: partners.read_link(SECRET, token),
    "keep": lambda token: owners.read_link(SECRET, token),
    "stop": lambda token: read_stop(SECRET, token),
    "received": lambda token: voices.read_link(SECRET, "received", token),
    "objection": lambda token: voices.read_link(SECRET, "objection", token),
    "invitation": lambda token: read_invitation(SECRET, token),
    "not-me": lambda token: changing.read_link(SECRET, token),
}

DRAWN = {"link": new_link}
"""Drawn at random, kept as a hash: there is nothing inside."""


@pytest.fixture
def rows(act, database, settings, amina):
    """The id of every row of a town with promises, a family and a poll."""
    with act() as work:
        a_poll(work, settings.keys)
    values = [value for table in every_row(database).values() for row in table for value in row.values()]
    return {UUID(bytes=one) if isinstance(one, bytes) else one for one in values if _is_id(one)}


def _is_id(value):
    return isinstance(value, UUID) or (isinstance(value, bytes) and len(value) == 16)


def shows(token, ids):
    """The ids that can be read in an address: as they are spelt, or in what any part of it decodes to as base64."""
    decoded = b"\0".join(_decoded(token[skip:]) for skip in range(4))
    decoded += b"\0".join(_decoded(part) for part in re.split(r"[^\w-]", token))
    words = (token + decoded.decode("latin-1")).lower().replace("-", "")
    return {one for one in ids if one.bytes in decoded or one.hex in words}


def _decoded(part):
    letters = re.sub(r"[^\w-]", "", part, flags=re.ASCII)
    return urlsafe_b64decode(letters[: len(letters) // 4 * 4])


def test_every_such_address_is_known_here(app):
    with_secret = {
        rule.rule.split("/")[1] for rule in app.url_map.iter_rules() if rule.arguments & {"token", "secret", "key"}
    }
    assert with_secret == WRITERS.keys() | DRAWN.keys()
    assert with_secret <= SECRET_FIRST_PARTS
    behind = [rule for rule in app.url_map.iter_rules() if rule.rule.split("/")[1] in with_secret]
    assert {frozenset(rule.arguments) for rule in behind} == {frozenset({"token"})}, "nothing else stands behind it"


def test_all_are_of_one_length_and_none_shows_a_row(rows):
    assert len(rows) > 30
    tokens = [
        (write(one, other), one, other) for write in WRITERS.values() for one in rows for other in sorted(rows)[:2]
    ]
    assert len({len(token) for token, *_ in tokens}) == 1
    assert [ids for token, *ids in tokens if shows(token, ids)] == []
    assert [token for token, *_ in tokens[::97] if shows(token, rows)] == []


def test_a_link_that_is_drawn_is_as_long_as_a_sealed_one():
    one, other = uuid4(), uuid4()
    drawn = {len(draw()) for draw in DRAWN.values() for _ in range(200)}
    assert drawn == {len(write(one, other)) for write in WRITERS.values()}


@pytest.mark.parametrize("what", WRITERS)
def test_two_for_the_same_thing_differ_and_open_the_same(what):
    one, other = uuid4(), uuid4()
    tokens = WRITERS[what](one, other), WRITERS[what](one, other)
    assert tokens[0] != tokens[1]
    opened = [READERS[what](token) for token in tokens]
    assert opened[0] == opened[1] is not None
    assert one.hex in str(opened[0]).replace("-", "") or one.bytes == getattr(opened[0], "ballot_id", None)


@pytest.mark.parametrize("what", WRITERS)
def test_it_opens_no_other_door(what):
    token = WRITERS[what](uuid4(), uuid4())
    assert [other for other, read in READERS.items() if read(token)] == [what]


@pytest.mark.parametrize("bad", ["signed only", "written out", "in the middle"])
def test_an_id_in_an_address_would_be_found(bad):
    """Known-bad ways; the first is how these addresses once looked."""
    one, mac = uuid4(), urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")
    inside = {"signed only": one.bytes + bytes(4), "written out": b"", "in the middle": b"ab" + one.bytes + b"c"}[bad]
    token = f"{one!s}.{mac}" if bad == "written out" else f"{urlsafe_b64encode(inside).decode().rstrip('=')}.{mac}"
    assert shows(token, {one, uuid4()}) == {one}


@pytest.mark.parametrize("first", sorted(SECRET_FIRST_PARTS))
def test_our_own_log_keeps_the_first_part_only(first):
    assert shown_path(f"/{first}/abc/def") == f"/{first}/…"
