"""Many presses at the same moment: one voice for one page, and exactly as many from one network as a day allows."""

import threading
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import select

from pyramid_app.base.actor import NOBODY, Role, system
from pyramid_app.base.budgets.models import Spending
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import working
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.intake import list_service, lists
from pyramid_app.feedback.intake import service as intake
from pyramid_app.feedback.intake.models import ImportBatch
from pyramid_app.feedback.intake.service import Telling, TooMany
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About, Speaker
from tests.builders import acting_as, an_officer, the_area

BUS = "The bus is late most days."
AT_ONCE = 12


@pytest.fixture
def officer(real_database):
    with working(real_database, system("tests")) as work:
        the_area(work)
        return acting_as(an_officer(work), Role.OFFICER)


def at_once(what):
    """What each of so many threads came back with, or stumbled over, begun at the same moment."""
    ready, came = threading.Barrier(AT_ONCE), []

    def run(number):
        ready.wait()
        try:
            came.append(what(number))
        except (TooMany, Conflict) as refused:
            came.append(type(refused))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == AT_ONCE
    return came


def brought_by(work, found):
    seen = list_service.look_over(work.session, work.now, found, "yes", frozenset({"email"}))
    return list_service.bring(work, "x.csv", seen)


def telling(**facts):
    return Telling(About.SYSTEM, Speaker.PARENT_CARER, **{"words": BUS, "network": "somewhere", **facts})


@pytest.mark.usefixtures("officer")
def test_one_page_sent_many_times_at_once_is_one_voice_and_counts_once(real_database):
    def press(_number):
        with working(real_database, NOBODY) as work:
            return intake.hear(work, telling(form_id=UUID(int=7))).ref

    assert len(set(at_once(press))) == 1
    with real_database.reading() as session:
        assert len(session.exec(select(Voice)).all()) == 1
        assert session.exec(select(Spending)).one().spent == 1


@pytest.mark.usefixtures("officer")
def test_ten_and_no_more_come_from_one_network_however_many_press_at_once(real_database):
    def press(number):
        with working(real_database, NOBODY) as work:
            return intake.hear(work, telling(words=f"{BUS} {number}")).ref

    assert at_once(press).count(TooMany) == AT_ONCE - 10
    with real_database.reading() as session:
        assert len(session.exec(select(Voice)).all()) == 10


@pytest.mark.usefixtures("officer")
def test_the_table_itself_refuses_a_second_voice_of_one_page(real_database):
    values = {"about": About.SYSTEM, "speaker": Speaker.PARENT_CARER, "text": BUS, "form_id": UUID(int=7)}
    with working(real_database, NOBODY) as work:
        feedback.receive(work, **values)
    with pytest.raises(sa.exc.IntegrityError), working(real_database, NOBODY) as work:
        feedback.receive(work, **values)


def test_a_list_that_many_take_in_at_once_is_begun_once_and_each_row_comes_once(real_database, officer):
    found = lists.read_table(b"words\n" + b"".join(b"Message number %d\n" % number for number in range(120)))
    with working(real_database, officer) as work:
        list_id = brought_by(work, found).id

    def press(_number):
        with working(real_database, officer) as work:
            list_service.begin(work, list_id)

    def take(_number):
        with working(real_database, system("feedback")) as work:
            return list_service.take_some(work, list_id, frozenset({"email"}))

    assert at_once(press).count(Conflict) == AT_ONCE - 1
    assert sum(at_once(take)) == 120
    with real_database.reading() as session:
        voices = session.exec(select(Voice)).all()
        assert (len(voices), len({voice.form_id for voice in voices})) == (120, 120)
        assert session.exec(select(ImportBatch)).all() == []
