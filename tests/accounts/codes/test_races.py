"""Sixty wrong codes at once are five tries; asks at once are one letter."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import func, select

from pyramid_app.accounts.codes import service as codes
from pyramid_app.accounts.codes.models import CodeAsk, CodeTries, OneTimeCode
from pyramid_app.accounts.codes.service import Asker
from pyramid_app.accounts.rules import Purpose
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import working

ADDRESS, HERE = "new@example.org", Asker("a secret for tests only", "network")


def at_once(real_database, times, act):
    def one(_number):
        with working(real_database, NOBODY) as work:
            return act(work)

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(one, range(times)))


def count(database, model):
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(model)).one()


def test_sixty_wrong_codes_at_once_are_five_tries(real_database):
    (asked,) = at_once(real_database, 1, lambda work: codes.ask(work, HERE, Purpose.SIGN_IN, ADDRESS))
    tried = at_once(
        real_database, 60, lambda work: codes.try_code(work, HERE, asked.name, Purpose.SIGN_IN, "12345")
    )  # fmt: skip
    assert [one.problem for one in tried].count(codes.DOES_NOT_WORK) == 5
    with real_database.reading() as session:
        assert session.exec(select(CodeTries.wrong)).one() == 5


def test_many_who_ask_at_once_are_bound_to_one_code(real_database):
    asked = at_once(real_database, 16, lambda work: codes.ask(work, HERE, Purpose.SIGN_IN, ADDRESS))
    assert len({one.name for one in asked}) == 16
    assert [count(real_database, model) for model in (Letter, OneTimeCode, CodeAsk)] == [1, 1, 16]
