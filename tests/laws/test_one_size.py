"""Law: whatever somebody answers, every page between "Continue" and "Thank you" has one size, and so have its headers.

By every door, with every kind of question, whether they stand on one page or each on its own.
"""

from collections import defaultdict
from datetime import timedelta
from functools import partial
from uuid import uuid4
from zlib import compress

import pytest
from flask import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.base.web import sizes
from pyramid_app.base.web.sizes import room_of
from pyramid_app.participation import service as participation
from pyramid_app.polls.answering.passes import Pass, write_pass
from pyramid_app.polls.answering.room import room_by_ref
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.queries import paper_of
from tests.ballots.builders import a_key
from tests.builders import an_officer, the_area
from tests.polls.builders import EVERY_KIND, OWN_WORDS, a_draft, a_poll
from tests.support.papers import good_boxes

FEW = settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
WORDS = st.one_of(
    st.sampled_from(["", "&" * 1000, "\U0001f600" * 1000, "\n<>" * 300, "Time.", "\u2028" * 900]),
    st.text(st.sampled_from("aé&<>\"'\n\U0001f600"), max_size=1000),
)
"""Own words: none, short, as long as may be, and of characters that are written as many bytes."""

TOO_MANY = "Choose up to 2."
ON_SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
"""Pages are the same on either database."""


class Doors:
    """A poll, and everything that a browser may send on the way to "Thank you"; notes how large each page is."""

    def __init__(self, app, act, keys, young=False, **kind):
        with act() as work:
            person_kind = PersonKind.YOUNG_PERSON if young else PersonKind.PARENT_CARER
            self.member = accounts.person_at(work, "amina@example.org", person_kind)
            if not young:
                participation.join(work, self.member.id)
            self.poll = for_the_young(work, keys, **kind) if young else a_poll(work, keys, facts=("age",), **kind)
            self.asked = paper_of(work.session, self.poll).asked
        house = app.extensions["pyramid"]
        secret = house.settings.secret.get_secret_value()
        self.token = write_pass(secret, Pass(self.poll.ballot_id, self.member.id, 0))
        self.waits_in_a_cookie = not any(one.kind is QuestionKind.TEXT for one in self.asked.questions)
        self.sizes, self.seen = set(), defaultdict(set)
        with app.test_request_context():
            self.room = room_by_ref(self.poll.ref)

    def send(self, browser, path, status, raw, **more):
        boxes = {f"q-{name}": values for name, values in raw.items()}
        answer = browser.client.post(path, data={"csrf_token": browser.token, **boxes, **more})
        return self.note(f"{path} {status} {more.get('at')}", answer, status)

    def note(self, step, answer, status):
        assert answer.status_code == status, f"{step}: {answer.status_code}"
        assert len(answer.data) == answer.content_length
        self.sizes.add(len(answer.data))
        self.seen[step].add(sum(len(name) + len(value) for name, value in answer.headers))
        assert (answer.content_encoding, answer.cache_control.no_transform) == ("identity", True)
        return answer

    def walk(self, browsers, raw, wrong):
        """Each step of each door."""
        self.signed_in(browsers["member"], raw, wrong)
        self.by_pass(browsers["visitor"], raw, wrong)
        self.stranger(browsers["visitor"], raw, wrong)

    def signed_in(self, browser, raw, wrong):
        send, ref = partial(self.send, browser), self.poll.ref
        for at in range(len(self.asked.questions)) if self.poll.one_by_one else [0]:
            send(f"/polls/{ref}/paper", 200, raw, at=at)
        send(f"/polls/{ref}/check", 200, raw)
        send(f"/polls/{ref}/check", 422, wrong)
        send(f"/polls/{ref}/cast", 422, wrong)

    def by_pass(self, browser, raw, wrong):
        send, way = partial(self.send, browser), f"/p/{self.token}"
        send(way, 200, raw)
        send(f"{way}/check", 200, raw)
        send(f"{way}/check", 422, wrong)
        send(f"{way}/cast", 422, wrong)
        send(f"/polls/{self.poll.ref}/check", 403, raw)

    def stranger(self, browser, raw, wrong):
        send, way = partial(self.send, browser), f"/q/{self.poll.ref}"
        send(way, 200, raw)
        send(f"{way}/check", 422, wrong)
        carried = _hidden(send(f"{way}/check", 200, raw).text, "carried")
        send(f"{way}/code", 422, raw, carried=carried, address="nobody")
        ticks = {"young" if self.poll.for_young_people else "cares": "y", "first": "y"}
        asked = {"carried": carried, "address": f"{uuid4().hex}@example.org", **ticks}
        bound = _hidden(send(f"{way}/code", 200, raw, **asked).text, "carried")
        send(f"{way}/cast", 422, raw, carried=bound, code="")
        send(f"{way}/cast", 422, raw, carried=bound, code="12345x")
        send(f"{way}/cast", 409, raw, carried="made up", code="123456")
        again = browser.client.get(f"{way}/code")
        if self.waits_in_a_cookie:
            self.note("again", again, 200)
        else:
            assert again.status_code == 303

    def closed(self, browsers, raw):
        """The way to the refusals, for each answer."""
        signed_in(browsers["member"], self.member)
        for browser, way, status in (("member", f"/polls/{self.poll.ref}", 409), ("visitor", f"/p/{self.token}", 410),
                                     ("visitor", f"/q/{self.poll.ref}", 409)):  # fmt: skip
            self.send(browsers[browser], f"{way}/check", status, raw)


def for_the_young(work, keys, **kind):
    a_key(work, keys)
    twin = asking.ask_young_people_too(work, a_draft(work, **kind).id)
    return asking.schedule(work, twin.id, twin.version, None, work.now + timedelta(days=14, hours=4))


def _hidden(html, name):
    return html.partition(f'name="{name}" value="')[2].partition('"')[0]


@pytest.fixture
def browsers(act, new_browser):
    """A visitor's, and one for whoever signs in."""
    with act() as work:
        the_area(work)
    return {"member": new_browser(), "visitor": new_browser()}


@pytest.fixture(params=["one page", "one by one", "young people", "few words"])
def doors(request, app, act, settings, browsers):
    kinds = {
        "one page": {"questions": EVERY_KIND},
        "one by one": {"questions": EVERY_KIND, "one_by_one": True},
        "young people": {"questions": (EVERY_KIND[0], OWN_WORDS), "young": True},
        "few words": {"questions": EVERY_KIND[:1]},
    }
    whole = Doors(app, act, settings.keys, **kinds[request.param])
    signed_in(browsers["member"], whole.member)
    browsers["visitor"].token = browsers["visitor"].csrf()
    return whole


def signed_in(browser, person):
    browser.token = browser.sign_in(person).csrf()


@st.composite
def answers(draw, asked):
    """One that fits, and the same with something to mend."""
    raw = draw(good_boxes(asked))
    for question in asked.questions:
        if question.kind is QuestionKind.TEXT:
            raw[question.id.hex] = [draw(WORDS).strip()]
    return raw, _wrong(asked, raw)


def _wrong(asked, raw):
    first = asked.questions[0].id.hex
    return {name: values for name, values in raw.items() if name != first}


@ON_SQLITE
def test_every_page_of_a_paper_has_one_size(doors, browsers, clock):
    said = []

    @FEW
    @given(answers(doors.asked))
    def walk(both):
        said.append(both[0])
        doors.walk(browsers, *both)

    walk()
    clock.move_to(doors.poll.closes_at + timedelta(seconds=1))
    for raw in said[-2:]:
        doors.closed(browsers, raw)
    assert doors.sizes == {doors.room}
    assert {step: lengths for step, lengths in doors.seen.items() if len(lengths) > 1} == {}


def test_every_page_that_may_repeat_an_answer_has_a_size(app):
    """A new page of a paper cannot forget it, nor a page that repeats what somebody told us."""
    rooms = (
        "pyramid_app.polls.answering.",
        "pyramid_app.outcomes.verdicts.routes",
        "pyramid_app.feedback.intake.routes",
    )
    without = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and app.view_functions[rule.endpoint].__module__.startswith(rooms)
        and room_of(app, rule.endpoint, "POST") is None
    }
    # Six numbers, and what was said before: no answer stands there.
    assert without == {"feedback.thanks"}


def test_filling_cannot_be_made_smaller_on_its_way():
    for room in (10_000, 60_000):
        page = sizes.same_size(Response("<p>Yes</p>", mimetype="text/html"), room).get_data()
        assert len(page) == room
        # Base64 has six bits in each byte.
        assert len(compress(page, 9)) > room * 0.7


@pytest.mark.parametrize("longer", [1, 8, sizes.STEP - 1, sizes.STEP, 3 * sizes.STEP + 5])
def test_a_page_that_has_outgrown_its_size_goes_to_the_next_step(longer):
    page = sizes.same_size(Response("x" * (10_000 + longer), mimetype="text/html"), 10_000).get_data()
    assert len(page) > 10_000 + longer
    assert (len(page) - 10_000) % sizes.STEP == 0
    assert len(page) <= 10_000 + longer + sizes.STEP + 8


@ON_SQLITE
def test_whatever_is_told_us_the_check_step_has_one_size(browser, act):
    with act() as work:
        the_area(work)
    token, seen = browser.csrf(), {}
    for words in (
        "Mrs Smith is late.",
        "Mrs Smith " * 499,
        "Mrs Smith & " + "&<'\n" * 1247,
        "Mrs Smith" + "\U0001f600" * 4991,
    ):
        boxes = {
            "csrf_token": token,
            "words": words,
            "speaker": "parent carer",
            "naming": "known to us",
            "language": "en",
        }
        for path, more, status in (
            ("families", {}, 200), ("families", {"change": "1"}, 200), ("families", {"speaker": ""}, 422),
            ("my-child", {"change": "1"}, 200),
        ):  # fmt: skip
            page = browser.client.post(f"/feedback/new/{path}", data={**boxes, **more})
            assert page.status_code == status
            assert ("look at this once more" in page.text) == (not more)
            seen[len(page.data)] = path
    assert len(seen) == 1


@ON_SQLITE
def test_what_a_colleague_types_for_others_changes_no_size(browser, act):
    with act() as work:
        the_area(work)
        lead = an_officer(work)
    token = browser.sign_in(lead, staff=True).csrf()
    seen = set()
    for words in ("Late.", "&" * 2000, "\U0001f600" * 4000):
        for more in ({"add": "1"}, {}):
            page = browser.client.post(
                "/desk/enter", data={"csrf_token": token, "said-0-words": words, "blocks": "1", **more}
            )
            assert page.status_code in {200, 422}
            seen.add(len(page.data))
    assert len(seen) == 1
