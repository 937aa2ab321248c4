"""What ``PYRAMID_DATABASE`` may say, and how a server on another machine is spoken to."""

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from pyramid_app.base.config import Settings, sentence_of
from pyramid_app.base.dsn import read_dsn

NEAR = [
    "sqlite:///data/pyramid.db",
    "sqlite:////srv/pyramid.db",
    "postgresql:///pyramid",
    "postgresql://pyramid:word@localhost/pyramid",
    "postgresql://pyramid:word@127.0.0.1:5433/pyramid",
    "postgresql://pyramid@[::1]/pyramid",
    "postgresql://pyramid@/pyramid?host=/run/postgresql",
]
FAR = [
    "postgresql://pyramid:word@db.example.org/pyramid",
    "postgresql://pyramid:word@192.0.2.7:5432/pyramid",
    "postgresql://pyramid:word@db/pyramid",
    "postgresql:///pyramid?host=db.example.org",
    "postgresql://pyramid@/pyramid?host=/run/postgresql&host=db.example.org",
    "postgresql://localhost/pyramid?hostaddr=192.0.2.7",
    "postgresql:///pyramid?service=council",
]


@pytest.mark.parametrize("text", NEAR)
def test_what_passes_no_network_is_taken_as_it_is(text):
    assert read_dsn(text) == text


@pytest.mark.parametrize("text", FAR)
def test_a_server_elsewhere_has_its_certificate_verified(text):
    query = sa.make_url(read_dsn(text)).query
    assert query["sslmode"] == "verify-full"
    assert query["sslrootcert"]


def test_who_says_how_it_is_encrypted_is_taken_at_their_word():
    for mode in ("disable", "require", "verify-ca"):
        text = f"postgresql://pyramid:word@db.example.org/pyramid?sslmode={mode}"
        assert read_dsn(text) == text
    own = sa.make_url(read_dsn("postgres://db.example.org/pyramid?sslrootcert=/etc/council.pem")).query
    assert own == {"sslmode": "verify-full", "sslrootcert": "/etc/council.pem"}


def test_an_encoded_password_comes_through():
    assert sa.make_url(read_dsn("postgres://a:p%40%3A%2F%25@db.example.org/pyramid")).password == "p@:/%"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mysql://db/pyramid", "must be sqlite:///"),
        ("nonsense", "must be sqlite:///"),
        ("", "must be sqlite:///"),
        ("sqlite://", "must be sqlite:///"),
        ("sqlite://data/pyramid.db", "must be sqlite:///"),
        ("postgresql://db", "must be sqlite:///"),
        ("postgresql://a:Hush@word@db/pyramid", "write @ as %40"),
        ("postgresql://a:Hush@w:ord@db/pyramid", "write @ as %40"),
        ("postgresql://a:Hush@word/more@db/pyramid", "write @ as %40"),
    ],
)
def test_what_means_nothing_is_one_sentence_without_the_password(text, said):
    with pytest.raises(ValidationError) as wrong:
        Settings(database=text)
    sentence = sentence_of(wrong.value)
    assert said in sentence
    assert "PYRAMID_DATABASE" in sentence
    assert "\n" not in sentence
    assert "Hush" not in sentence + str(wrong.value)
