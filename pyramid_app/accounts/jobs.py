"""What time does to codes and sign-ins: those that are over are deleted."""

from datetime import timedelta

from sqlmodel import col, delete

from pyramid_app.accounts.changing import service as changing
from pyramid_app.accounts.codes.models import OneTimeCode
from pyramid_app.accounts.models import SignIn
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import Begin

KEEP_CODES = timedelta(days=1)
KEEP_SIGN_INS = timedelta(days=30)


def jobs(begin: Begin) -> list[Job]:
    return [Job("sweep codes and sign-ins", 3600, lambda: sweep(begin))]


def sweep(begin: Begin) -> int:
    """Delete codes (and the addresses their letters hold) after a day, what became of an address when it can't be put
    back any more, sign-ins a month after their end."""
    with begin() as work:
        gone = [
            # With their asks and tries: the database sees to that.
            work.session.exec(delete(OneTimeCode).where(col(OneTimeCode.expires_at) < work.now - KEEP_CODES)),
            work.session.exec(delete(SignIn).where(col(SignIn.expires_at) < work.now - KEEP_SIGN_INS)),
            work.session.exec(
                delete(Letter).where(col(Letter.kind) == "code", col(Letter.posted_at) < work.now - KEEP_CODES)
            ),
        ]
        forgotten = changing.forget_old(work.session, work.now)
    return forgotten + sum(result.rowcount for result in gone)
