"""Bringing a list: shown first, taken in some rows at a time, each row once, whatever is killed; nothing is lost."""

import csv
import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import Conflict
from pyramid_app.base.ledger.models import Progress
from pyramid_app.base.work import Begin, working
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.intake import jobs, list_service, lists
from pyramid_app.feedback.intake.models import ImportBatch, ImportList
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Channel, Speaker
from tests.builders import acting_as, an_officer, the_area

CHANNELS = frozenset({"email"})
FILE = (
    "words,channel,said_on,name,address,may_quote,tell\r\n"
    "The bus is late.,phone,26/2/2027,Hodan,hodan@example.org,yes,yes\r\n"
    "the BUS is late!,,,,,,\r\n"
    "=1+1,,,,,,\r\n"
    "Café,pigeon,,,,,\r\n"
    ",,,,,yes,\r\n"
    "I said this before,,,,,,\r\n"
)


@pytest.fixture
def desk(browser, sam):
    return browser.sign_in(sam, staff=True)


def rows_of(database, model):
    with database.reading() as session:
        return session.exec(select(model)).all()


def texts(database):
    return sorted(text.text for text in rows_of(database, VoiceText))


def bring(desk, data, consent="ticked a box at the fair", name="fair.csv"):
    page = desk.get("/desk/enter/list")
    boxes = {"csrf_token": page.csrf(), "consent": consent}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{box}"\r\n\r\n{said}\r\n' for box, said in boxes.items()]
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + data + b"\r\n--b--\r\n"
    sent = page.client.post("/desk/enter/list", data=body, content_type="multipart/form-data; boundary=b")
    return page._show(sent)


def brought_by(work, found):
    seen = list_service.look_over(work.session, work.now, found, "yes", frozenset({"email"}))
    return list_service.bring(work, "x.csv", seen)


def before(work):
    feedback.receive(work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="I said this before!")


def test_a_list_is_shown_first_and_then_taken_in(desk, act, database, run_jobs, sam):
    with act() as work:
        before(work)
    bring(desk, FILE.encode("cp1252"))
    assert "Rows: 6 · fit and waiting: 2 · taken in: 0 · broken: 2 · here already: 2" in desk.text
    assert "Line 3: Line 2 has the same words." in desk.text
    assert "Line 5: We don't know what “pigeon” means in the column channel." in desk.text
    assert "Line 6: There are no words in this row." in desk.text
    assert "Line 7: These words came in the last twelve months." in desk.text
    assert "Line 4: =1+1" in desk.text
    assert len(rows_of(database, Voice)) == 1, "nothing is kept yet"
    assert rows_of(database, Progress) == []
    desk.press("Take in 2 messages")
    assert "It is being taken in" in desk.text
    assert run_jobs("take in lists") == 2
    assert "Taken in: 2." in desk.get(desk.path).text
    assert texts(database) == ["=1+1", "I said this before!", "The bus is late."]
    told = next(voice for voice in rows_of(database, Voice) if voice.person_id)
    assert (told.channel, told.said_on, told.entered_by_id) == (Channel.PHONE, date(2027, 2, 26), sam.id)
    assert (told.consent, told.may_quote, told.tell) == ("ticked a box at the fair", True, True)
    assert run_jobs("take in lists") == 0


def test_what_is_left_out_can_be_fetched_and_never_runs_as_a_formula(desk, act):
    with act() as work:
        before(work)
    bring(desk, FILE.encode() + b"=2+5,pigeon,,,,,\r\n")
    page = desk.path
    answer = desk.client.get(f"{page}/left-out.csv")
    assert answer.mimetype == "text/csv"
    read = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [one["line"] for one in read] == ["3", "5", "6", "7", "8"]
    assert read[1]["why"] == "We don't know what “pigeon” means in the column channel."
    assert read[-1]["words"] == "'=2+5"


def test_those_that_are_here_already_come_in_if_somebody_says_so(desk, act, database, run_jobs):
    with act() as work:
        before(work)
    bring(desk, FILE.encode())
    desk.press("Take in 2 messages", with_twice="y")
    assert run_jobs("take in lists") == 4
    assert len(rows_of(database, Voice)) == 5


def test_the_same_list_twice_is_taken_in_once(desk, database, run_jobs):
    bring(desk, FILE.encode())
    first = desk.path
    bring(desk, FILE.encode())
    second = desk.path
    desk.get(first).press("Take in 3 messages")
    desk.get(second).press("Take in 3 messages")
    run_jobs("take in lists")
    assert len(rows_of(database, Voice)) == 3
    assert "Taken in: 0." in desk.get(second).text
    run_jobs("take in lists")
    desk.get(first)
    with pytest.raises(AssertionError, match="no button"):
        desk.press("Take in 3 messages")


@pytest.mark.parametrize(
    ("data", "consent", "sentence"),
    [
        (b"", "yes", "Choose a file that is not empty."),
        (b"no header at all", "yes", "one of them must be: words."),
        (b"words\nThe bus", "", "Write how they said yes"),
        (b"words\n" + b"x" * 999_999, "yes", "too large"),
    ],
)
def test_what_can_not_be_read_is_said(desk, database, data, consent, sentence):
    bring(desk, data, consent)
    assert (desk.status, sentence in desk.text) == (422, True)
    assert rows_of(database, ImportList) == []


def test_a_list_of_a_million_bytes_is_read(desk):
    head, line = (
        b"words,channel\n",
        b"%06d The bus is late and the driver never says why, says this family again.,phone\n",
    )
    data = head + b"".join(line % number for number in range((1_000_000 - len(head)) // len(line % 0)))
    bring(desk, data)
    assert desk.status == 200
    assert f"Rows: {data.count(chr(10).encode()) - 1} ·" in desk.text


def test_after_a_day_a_list_goes_and_its_voices_stay(desk, database, run_jobs, clock):
    bring(desk, FILE.encode())
    desk.press("Take in 3 messages")
    run_jobs("take in lists")
    bring(desk, b"words\nNever taken in")
    clock.shift(timedelta(days=1))
    assert run_jobs("forget lists") == 2
    assert (rows_of(database, ImportList), rows_of(database, ImportBatch)) == ([], [])
    assert len(rows_of(database, Voice)) == 3


def test_html_in_a_list_stays_words(desk):
    bring(desk, b"words,<b>col\n<script>alert(1)</script>,x\n", name="<img src=x>.csv")
    assert "<script>alert" not in desk.html
    assert "<img src=x>" not in desk.html


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["The bus", "the bus!", "Taxi", "=1", "", "x" * 6000, "اسم", "a\nb"]),
            st.sampled_from(["", "phone", "pigeon"]), st.sampled_from(["", "a@example.org", "no"]),
        ),
        min_size=1, max_size=60,
    )
)  # fmt: skip
def test_taken_left_out_and_twice_are_all_rows_of_the_file(act, team, rows):
    out = io.StringIO()
    csv.writer(out).writerows([["words", "channel", "address"], *rows])
    written = sum(any(cell.strip() for cell in one) for one in rows)
    found = lists.read_table(out.getvalue().encode())
    if not written:
        return
    with act(team) as work:
        brought = brought_by(work, found)
        list_service.begin(work, brought.id)
    while True:
        with act(team) as work:
            if not list_service.take_some(work, brought.id, CHANNELS):
                break
    with act() as work:
        now = work.session.get_one(ImportList, brought.id)
        assert now.total == written
        assert now.taken + len(now.left_out) == written
        assert now.waiting == 0
        for one in [*work.session.exec(select(VoiceText)), *work.session.exec(select(Voice)), now]:
            work.session.delete(one)
            work.session.flush()


def test_killed_at_any_statement_no_row_is_lost_and_none_comes_twice(real_database):
    """The process dies while a list is taken in; the next run goes on where it was."""
    with working(real_database, acting_as(_officer(real_database), "officer")) as work:
        found = lists.read_table(b"words\n" + b"".join(b"Message number %d\n" % number for number in range(120)))
        brought = brought_by(work, found)
        list_service.begin(work, brought.id)
    for after in (3, 40, 350, 100):
        with pytest.raises(Killed):
            _killed_after(real_database, after)
        voices = rows_of(real_database, Voice)
        assert len(voices) % 50 == 0, "a batch is in, or it is not"
        assert len({voice.form_id for voice in voices}) == len(voices)
    jobs.take_in(Begin(real_database, "feedback"))
    assert len(rows_of(real_database, Voice)) == 120
    assert sorted(set(texts(real_database))) == texts(real_database)
    assert rows_of(real_database, Progress) == []


class Killed(BaseException):
    pass


def _killed_after(database, statements):
    left = [statements]

    def count(*_facts):
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    sa.event.listen(database.engine, "before_cursor_execute", count)
    try:
        jobs.take_in(Begin(database, "feedback"))
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", count)


def _officer(database):
    from pyramid_app.base.actor import system

    with working(database, system("tests")) as work:
        the_area(work)
        return an_officer(work)


def test_a_list_is_begun_once(act, team):
    with act(team) as work:
        brought = brought_by(work, lists.read_table(b"words\na\n"))
        list_service.begin(work, brought.id)
    with pytest.raises(Conflict), act(team) as work:
        list_service.begin(work, brought.id)


def test_nobody_is_added_who_did_not_want_to_hear(desk, database, run_jobs):
    bring(desk, b"words,name,address\nThe bus,Hodan,hodan@example.org\n").press("Take in 1 messages")
    run_jobs("take in lists")
    assert [person for person in rows_of(database, Person) if person.kind != "staff"] == []
