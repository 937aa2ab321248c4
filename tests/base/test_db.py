"""Connections that die while they lie idle."""

import psycopg
import pytest
import sqlalchemy as sa

from pyramid_app.base import db
from pyramid_app.base.db import Database


@pytest.fixture
def database(postgres_template):
    one = Database(postgres_template)
    yield one
    one.close()


@pytest.mark.postgres
@pytest.mark.parametrize("session", ["reading", "writing"])
def test_a_connection_that_died_while_idle_is_replaced(database, postgres_template, session, monkeypatch):
    monkeypatch.setattr(db, "IDLE", 0)
    with getattr(database, session)() as one:
        died = one.execute(sa.text("SELECT pg_backend_pid()")).scalar()
    with psycopg.connect(postgres_template.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (died,))
    with getattr(database, session)() as one:
        assert one.execute(sa.text("SELECT pg_backend_pid()")).scalar() != died
