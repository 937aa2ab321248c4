"""Two codes for one new address, typed at the same moment, are one person."""

import threading

from sqlmodel import select

from pyramid_app.accounts import service
from pyramid_app.accounts.models import ContactPoint, Person
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.work import working


def test_one_address_is_one_person_however_many_codes_are_typed_at_once(real_database):
    ready, found = threading.Barrier(8), []

    def join() -> None:
        ready.wait()
        with working(real_database, NOBODY) as work:
            found.append(service.person_at(work, "new@example.org").id)

    threads = [threading.Thread(target=join) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    with real_database.reading() as session:
        assert len(session.exec(select(Person)).all()) == 1
        assert len(session.exec(select(ContactPoint)).all()) == 1
