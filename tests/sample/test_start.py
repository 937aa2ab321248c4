"""A real area begins with nothing of the sample in it; the sample area tells a whole year."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlmodel import col, func, select

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import ContactPoint, Person, SignIn
from pyramid_app.accounts.staff_queries import find_invited, holders
from pyramid_app.area.queries import settings_of
from pyramid_app.base import clock as the_clock
from pyramid_app.base.actor import Role, system
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.db import Database
from pyramid_app.base.work import working
from pyramid_app.charter.models import Edition
from pyramid_app.cli import main
from pyramid_app.feedback.models import Voice
from pyramid_app.outcomes.figures.told import told_rate
from pyramid_app.polls.models import Poll
from pyramid_app.polls.results.models import PollResult
from pyramid_app.sample.demo import prepare
from pyramid_app.sample.questions import soon
from pyramid_app.topics.models import Topic
from tests.support.mailbox import mailbox
from tests.support.ports import free_port


@pytest.fixture
def real_area(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'area' / 'pyramid.db'}"
    monkeypatch.setenv("PYRAMID_DATABASE", url)
    monkeypatch.setenv("PYRAMID_SECRET", "long enough to be one")
    monkeypatch.setenv("PYRAMID_ADDRESS", "http://127.0.0.1:8000")
    return url


@pytest.fixture
def mail(monkeypatch):
    """A mail server that takes everything."""
    with mailbox() as box:
        monkeypatch.setenv("PYRAMID_MAIL", f"smtp://127.0.0.1:{box.port}")
        yield box


def set_up(**changed):
    """``setup`` with these answers instead of the usual ones: its exit code and what it said."""
    answers = {
        "--name": "Testborough", "--host": "the partnership", "--sender": "a@example.org",
        "--reply-to": "b@example.org", "--lead-name": "Lea", "--lead-address": "Lea@example.org",
        **{f"--{name.replace('_', '-')}": value for name, value in changed.items()},
    }  # fmt: skip
    done = CliRunner().invoke(main, ["setup", *(word for pair in answers.items() for word in pair)])
    assert "Traceback" not in done.output
    return done.exit_code, done.output


def the_leads(url):
    """First names of the leads, and where each signs in."""
    with Database(url).reading() as session:
        found = holders(session, Role.LEAD, the_clock.now())
        points = select(Person.name, ContactPoint.address).join(ContactPoint).where(
            col(Person.id).in_(found), col(ContactPoint.ended_at).is_(None))  # fmt: skip
        return set(session.exec(points).all())


def test_setup_starts_a_real_area_with_nothing_of_the_sample(real_area, mail):
    code, said = set_up()
    assert code == 0, said
    assert "signs in at http://127.0.0.1:8000/sign-in" in said
    with Database(real_area).reading() as session:
        assert [person.name for person in session.exec(select(Person))] == ["Lea"]
        for table in (Edition, Topic, Voice, Poll):
            assert session.exec(select(table)).all() == []
        area = settings_of(session, the_clock.now())
    assert (area.name, area.sample) == ("Testborough", False)


def test_the_first_letter_has_left_before_setup_says_ready(real_area, mail):
    set_up()
    assert len(mail.to("lea@example.org")) == 1
    for words in ("http://127.0.0.1:8000/sign-in", "press “Be here as staff”", "lead: Is an officer too."):
        assert words in mail.text("lea@example.org")


def test_a_setup_whose_letter_cannot_leave_says_so_and_may_be_done_again(real_area, monkeypatch):
    monkeypatch.setenv("PYRAMID_MAIL", f"smtp://127.0.0.1:{free_port()}")
    code, said = set_up()
    assert code == 2
    assert "Ready" not in said
    assert "the first letter to lea@example.org did not leave" in said
    assert "run pyramid-app setup again" in said
    with mailbox() as box:
        monkeypatch.setenv("PYRAMID_MAIL", f"smtp://127.0.0.1:{box.port}")
        code, said = set_up(lead_address="lea@mended.example.org", lead_name="Leah")
        assert (code, "Ready" in said) == (0, True), said
        assert box.to("lea@example.org") == [], "what waited for the wrong address does not leave"
        assert len(box.to("lea@mended.example.org")) == 1
    assert the_leads(real_area) == {("Leah", "lea@mended.example.org")}


def test_a_slip_in_the_first_leads_address_is_mended_by_doing_it_again(real_area, mail):
    set_up(lead_address="lea@tpyo.example.org")
    assert set_up(host="the council")[0] == 0
    assert the_leads(real_area) == {("Lea", "lea@example.org")}
    with Database(real_area).reading() as session:
        assert settings_of(session, the_clock.now()).host == "the council"
        assert find_invited(session, "lea@tpyo.example.org") is None


def test_an_area_whose_lead_has_signed_in_is_not_set_up_again(real_area, mail):
    set_up()
    with working(Database(real_area), system("tests")) as work:
        accounts.person_at(work, "lea@example.org")
    code, said = set_up(lead_address="other@example.org")
    assert code == 2
    assert "already holds an area" in said
    assert said.count("\n") == 1
    assert the_leads(real_area) == {("Lea", "lea@example.org")}


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("sender", "that letters come from"),
        ("reply_to", "where replies are read"),
        ("lead_address", "of the first lead"),
    ],
)
def test_setup_says_which_address_is_wrong_and_makes_nothing(real_area, mail, tmp_path, option, said):
    code, told = set_up(**{option: "lea at example"})
    assert code == 2
    assert said in told
    assert "'lea at example'" in told
    assert not (tmp_path / "area").exists()


@pytest.mark.parametrize("missing", ["SECRET", "MAIL", "ADDRESS"])
def test_setup_is_refused_before_it_makes_anything(real_area, mail, tmp_path, monkeypatch, missing):
    monkeypatch.delenv(f"PYRAMID_{missing}")
    code, said = set_up()
    assert code == 2
    assert f"PYRAMID_{missing}" in said
    assert not (tmp_path / "area").exists()


def test_somebody_is_put_on_the_staff_and_hears_of_it(real_area, mail):
    set_up()
    words = ["people", "add", "--name", "Sam", "--address", "Sam@example.org", "--role", "lead"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    again = CliRunner().invoke(main, words)
    assert (again.exit_code, again.output) == (2, "Sam is on the list already. Change what they do there.\n")
    CliRunner().invoke(main, ["jobs", "run", "send letters"])
    assert "You are on the list of staff here: Testborough." in mail.text("sam@example.org")
    assert the_leads(real_area) == {("Lea", "lea@example.org"), ("Sam", "sam@example.org")}


@pytest.mark.parametrize("who", ["lea@example.org", "Lea"])
def test_the_only_lead_is_let_in_at_another_address(real_area, mail, who):
    set_up()
    with working(Database(real_area), system("tests")) as work:
        lead = accounts.person_at(work, "lea@example.org")
        accounts.begin_session(work, "long enough to be one", lead.id)
    done = CliRunner().invoke(main, ["people", "address", who, "lea@new.example.org"])
    assert done.exit_code == 0, done.output
    CliRunner().invoke(main, ["jobs", "run", "send letters"])
    assert the_leads(real_area) == {("Lea", "lea@new.example.org")}
    assert "You can no longer sign in with this one" in mail.text("lea@example.org")
    assert "You can sign in now" in mail.text("lea@new.example.org")
    with working(Database(real_area), system("tests")) as work:
        assert work.session.exec(select(SignIn.ended_at)).one() is not None
        assert work.session.exec(select(AuditEntry).where(AuditEntry.did == "staff:readdressed")).one()
        assert accounts.person_at(work, "lea@new.example.org").id == lead.id


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["address", "nobody@example.org", "x@example.org"], "Nobody on the staff has the address or the name"),
        (["address", "lea@example.org", "nonsense"], "We can't read this address."),
        (["address", "lea@example.org", "sam@example.org"], "sam@example.org is somebody else's here: Sam."),
        (["add", "--name", "X", "--address", "nonsense", "--role", "lead"], "We can't read this address."),
    ],
)
def test_what_would_let_nobody_in_is_refused(real_area, mail, words, said):
    set_up()
    CliRunner().invoke(main, ["people", "add", "--name", "Sam", "--address", "sam@example.org", "--role", "officer"])
    done = CliRunner().invoke(main, ["people", *words])
    assert done.exit_code == 2
    assert said in done.output
    assert done.output.count("\n") == 1
    assert ("Lea", "lea@example.org") in the_leads(real_area)


@pytest.mark.parametrize(
    ("seeded", "closes"),
    [
        ((2027, 3, 1, 10, 0), (2027, 3, 1, 10, 20)),
        ((2027, 3, 1, 23, 50), (2027, 3, 2, 4, 0)),
        ((2027, 7, 1, 2, 50), (2027, 7, 1, 3, 10)),
    ],
)
def test_the_sample_poll_closes_soon_but_never_at_night(seeded, closes):
    """Given and expected in UTC; in July London is an hour ahead."""
    assert soon(datetime(*seeded, tzinfo=UTC)) == datetime(*closes, tzinfo=UTC)


def test_the_sample_tells_a_year_in_which_some_were_told_and_some_not(tmp_path):
    settings = prepare(tmp_path / "demo", 8000, fresh=True)
    now = the_clock.now()
    database = Database(settings.database)
    with database.reading() as session:
        assert settings_of(session, now).sample
        assert session.exec(select(func.count()).where(col(Poll.counted_at).is_not(None))).one() == 1
        assert session.exec(select(func.sum(PollResult.answered))).one() > 30
        assert session.exec(select(Poll.closes_at).where(col(Poll.counted_at).is_(None))).one() > now
        rate = told_rate(session, now).number
        assert rate is not None
        assert 0 < rate < 100
        entries = session.exec(select(AuditEntry.at).order_by(AuditEntry.at)).all()
        assert (now - entries[0]).days > 365
    database.close()
