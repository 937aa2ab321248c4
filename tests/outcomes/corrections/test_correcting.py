"""A published answer is never changed: a correction is a new version, and nobody is written to again unless asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.base.files import service as files
from pyramid_app.base.work import working
from pyramid_app.outcomes import queries, service
from pyramid_app.outcomes.corrections import queries as corrections
from pyramid_app.outcomes.corrections.service import correct
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.outcomes.builders import BUS, DONE, WORKING, a_picture, chosen_file, speaks
from tests.support import pages
from tests.support.statements import counting

BETTER = replace(WORKING, we_did="We have written to the bus company.")
WHY = "We had not asked, we had written."
CANT = Draft(Answer.CANT, "The bus is late.", "", "Nothing changes.", reason="The law.", instead="A taxi.")


@pytest.fixture
def publish(act, team, topic):
    def do(draft=WORKING):
        with act(team) as work:
            return service.publish(work, topic.id, draft)

    return do


@pytest.fixture
def mend(act, team):
    def do(outcome, draft=BETTER, because=WHY, *, tell_again=False):
        with act(team) as work:
            return correct(work, outcome.id, draft, because, tell_again=tell_again)

    return do


@pytest.fixture
def heard(act, team, topic, amina):
    with act() as work:
        speaks(work, team, amina, topic)


@pytest.fixture
def letters(post, run_jobs):
    def subjects():
        run_jobs("tell what happened")
        post.deliver()
        return [
            letter.words.subject for letter in post.to("amina@example.org") if "School buses" in letter.words.subject
        ]

    return subjects


def state_of(act, topic):
    with act() as work:
        now = topics.get_topic_by_id(work.session, topic.id)
        return now.state, now.next_word_on


def test_the_version_before_stays_word_for_word_and_lists_show_the_newest(act, topic, publish, mend, clock):
    first = publish()
    clock.shift(timedelta(days=2))
    second = mend(first)
    third = mend(second, replace(BETTER, we_did="We wrote today."), "A date was missing.")
    with act() as work:
        versions = corrections.versions_of(work.session, first.ref)
        assert [(one.version, one.we_did, one.corrects_id) for one in versions] == [
            (1, WORKING.we_did, None), (2, BETTER.we_did, first.id), (3, "We wrote today.", second.id)]  # fmt: skip
        assert {one.answered_at for one in versions} == {first.published_at}
        assert queries.of_topic(work.session, topic.id) == [third]
        assert queries.newest_of(work.session, [topic.id]) == {topic.id: third}
        assert [one.outcome for one in queries.latest(work.session, 5)] == [third]
        assert queries.how_many(work.session) == 1


def test_a_correction_of_an_older_answer_does_not_come_before_a_later_one(act, topic, publish, mend, clock):
    first = publish()
    clock.shift(timedelta(days=1))
    last = publish(DONE)
    clock.shift(timedelta(days=1))
    mended = mend(first)
    with act() as work:
        assert queries.of_topic(work.session, topic.id) == [last, mended]
        assert queries.newest_of(work.session, [topic.id])[topic.id] == last
    assert (first.ref, last.ref) == ("school-buses-1", "school-buses-2")


def test_nobody_is_written_to_again(heard, publish, mend, letters):
    first = publish()
    assert letters() == ["What came of it: School buses"]
    mend(first)
    assert letters() == ["What came of it: School buses"]


def test_everybody_is_written_to_again_exactly_once_where_the_officer_says_so(heard, publish, mend, letters, post):
    first = publish()
    letters()
    mend(first, tell_again=True)
    for _ in range(3):
        assert letters() == ["What came of it: School buses", "We have corrected our answer: School buses"]
    text = post.last_to("amina@example.org").words.text
    assert text.startswith("Hello Amina.\n\n" + f"You said: “{BUS}”")
    assert f"We have corrected our answer. Why: {WHY}" in text
    assert "/outcomes/school-buses-1/versions/2" in text
    assert BETTER.we_did in text
    assert "by Friday 14 May 2027, even if there is no news" in text


def test_who_was_not_told_yet_is_told_once_and_in_the_better_words(heard, publish, mend, letters, post):
    mend(publish())
    assert letters() == ["What came of it: School buses"]
    assert BETTER.we_did in post.last_to("amina@example.org").words.text
    assert WORKING.we_did not in post.last_to("amina@example.org").words.text


def test_a_correction_of_a_correction_that_is_still_being_told_is_told_once(heard, publish, mend, letters, post):
    first = publish()
    letters()
    second = mend(first, tell_again=True)
    mend(second, replace(BETTER, we_did="We wrote on 1 March."), "A date was missing.")
    assert letters() == ["What came of it: School buses", "We have corrected our answer: School buses"]
    assert "We wrote on 1 March." in post.last_to("amina@example.org").words.text


def test_letters_that_are_on_their_way_when_it_is_corrected_are_not_doubled(act, heard, publish, mend, topic, letters):
    first = publish()
    with act() as work:
        listeners = queries.who_spoke(work.session, topic.id)
        assert service.tell_some(work, first.id, listeners, {}, "http://x") == 1
    mend(first)
    with act() as work:
        assert service.tell_some(work, first.id, listeners, {}, "http://x") == 0, "the old words go to nobody any more"
        service.all_told(work, first.id)
    assert letters() == ["What came of it: School buses"]


def test_the_newest_answer_moves_its_topic_when_its_kind_was_wrong(act, topic, publish, mend):
    first = publish(CANT)
    mend(first, WORKING, "We can, after all.")
    assert state_of(act, topic) == (State.WORKING, WORKING.next_word_on)


def test_an_older_answer_and_a_topic_that_was_moved_otherwise_stay_where_they_are(act, team, topic, publish, mend):
    first, last = publish(), publish(DONE)
    mend(first, CANT, "We could not.")
    assert state_of(act, topic) == (State.DONE, None)
    with act(team) as work:
        topics_service.move(work, topic.id, State.WORKING, date(2027, 6, 1))
    mend(last, replace(DONE, we_did="Nine drivers."), "We counted wrong.")
    assert state_of(act, topic) == (State.WORKING, date(2027, 6, 1))


def test_a_promised_day_goes_or_moves_later_only_if_they_are_told(act, topic, publish, mend):
    first = publish()
    later = replace(BETTER, next_word_on=date(2027, 6, 14))
    for draft in (later, DONE):
        with pytest.raises(Invalid) as refused:
            mend(first, draft)
        assert set(refused.value.fields) == {"tell_again"}
    assert state_of(act, topic) == (State.WORKING, WORKING.next_word_on)
    second = mend(first, replace(BETTER, next_word_on=date(2027, 5, 1)))
    assert state_of(act, topic) == (State.WORKING, date(2027, 5, 1))
    mend(second, later, tell_again=True)
    assert state_of(act, topic) == (State.WORKING, date(2027, 6, 14))


def test_it_needs_an_officer_a_reason_and_a_difference(act, amina, publish, mend, database):
    first = publish()
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        correct(work, first.id, BETTER, WHY, tell_again=False)
    with pytest.raises(Invalid) as refused:
        mend(first, WORKING, "")
    assert set(refused.value.fields) == {"answer", "because"}
    with database.reading() as session:
        assert session.exec(select(Outcome)).all() == [first]


def test_what_is_corrected_already_is_not_corrected_beside(publish, mend):
    first = publish()
    mend(first)
    with pytest.raises(Conflict):
        mend(first, replace(WORKING, we_did="Something else."))


def test_two_officers_who_correct_at_the_same_moment_make_one_version(real_database):
    with working(real_database, acting_as(_somebody(real_database), Role.OFFICER)) as work:
        topic = topics_service.start(work, "School buses", outside="No promise.", next_word_on=date(2100, 1, 4))
        first = service.publish(work, topic.id, replace(WORKING, next_word_on=date(2100, 1, 4)))
        who = work.actor

    def mending(words):
        try:
            with working(real_database, who) as work:
                draft = replace(WORKING, next_word_on=date(2100, 1, 4), we_did=words)
                return correct(work, first.id, draft, WHY, tell_again=False).version
        except Conflict:
            return None

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(mending, ("One.", "Two.")), key=str) == [2, None]


def _somebody(database):
    with working(database, system("tests")) as work:
        the_area(work)
        return an_officer(work)


def test_what_went_wrong_is_asked_in_one_question_and_the_newest_comes_first(act, team, topic, publish, mend, clock):
    for at in range(3):
        mend(publish(replace(WORKING, we_did=f"Answer {at}.")), because=f"Reason {at}.")
        clock.shift(timedelta(hours=1))
    with act() as work, counting() as asked:
        wrong = corrections.what_went_wrong(work.session, most=2)
        assert len(asked) == 1
        assert [(one.after.because, one.before.we_did, one.topic.id) for one in wrong] == [
            ("Reason 2.", "Answer 2.", topic.id), ("Reason 1.", "Answer 1.", topic.id)]  # fmt: skip
        assert corrections.how_many_went_wrong(work.session) == 3


# Pages ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(browser, sam, topic):
    return browser.sign_in(sam, staff=True)


def link(browser, start):
    """The address of the first link whose words begin so."""
    return next(one.get("href") for one in browser._all("a") if pages.words(one).startswith(start))


def test_an_officer_corrects_on_the_page_and_families_see_what_changed(
    browser, sam, publish, topic, new_browser, clock
):
    publish(replace(WORKING, we_did="We <b>asked</b> the bus company."))
    clock.shift(timedelta(days=1))
    desk = browser.sign_in(sam, staff=True)
    desk.get(f"/topics/{topic.ref}").get(link(desk, "Correct this"))
    assert "We &lt;b&gt;asked&lt;/b&gt; the bus company." in desk.html
    desk.press("Publish the correction", we_did="We <b>wrote to</b> the bus company.")
    assert (desk.status, "Say why you correct it." in desk.text) == (422, True)
    assert "We <b>wrote to</b> the bus company." in desk.text, "what was written is kept"
    desk.press("Publish the correction", because=WHY)
    assert desk.path == f"/topics/{topic.ref}"
    family = new_browser().get(f"/topics/{topic.ref}")
    assert f"Corrected on Tuesday 2 March 2027, because: {WHY}" in family.text
    assert "Correct this" not in family.text
    family.follow("See what changed")
    assert family.path == "/outcomes/school-buses-1/versions/2"
    assert "Removed: </span> &lt;b&gt;asked&lt;/b&gt;</del>" in family.html
    assert "Added: </span> &lt;b&gt;wrote to&lt;/b&gt;</ins>" in family.html
    assert "<b>" not in family.html
    assert "“School buses”. Testborough. Version 2, Tuesday 2 March 2027." in family.text
    assert "http://localhost/outcomes/school-buses-1/versions/2" in family.text
    family.follow("Version 1")
    assert "This is an earlier version. It was corrected." in family.text
    assert "We <b>asked</b> the bus company." in family.text


def test_a_version_that_does_not_exist_is_not_found(browser, publish, sam):
    publish()
    assert browser.get("/outcomes/school-buses-1/versions/1").status == 200
    for path in ("versions/0", "versions/2", "versions/999999999999999999999"):
        assert browser.get(f"/outcomes/school-buses-1/{path}").status == 404
    assert browser.get("/outcomes/nothing/versions/1").status == 404


def test_somebody_else_was_first_and_nothing_written_is_lost(desk, publish, mend):
    first = publish()
    desk.get("/desk/outcomes/school-buses-1/correct")
    mend(first)
    desk.press("Publish the correction", we_did="Something better.", because="Because.")
    assert desk.status == 422
    assert "Somebody else has corrected this answer" in desk.text
    assert "Something better." in desk.html
    desk.press("Publish the correction")
    assert "Something better." in desk.text
    assert desk.get("/outcomes/school-buses-1/versions/3").status == 200


def test_the_picture_stays_unless_it_is_changed_and_its_new_words_are_marked(
    act, team, settings, desk, publish, new_browser, database
):
    with act(team) as work:
        brought = files.bring(settings.files, a_picture(), "bus.jpg", work.now)
        row = files.keep(work, settings.files, brought, "A red bus.")
    publish(replace(DONE, evidence_file_id=row.id))
    desk.get("/desk/outcomes/school-buses-1/correct")
    assert "We have this file: bus.jpg" in desk.text
    desk.press("Publish the correction", we_did="Nine drivers.", because="We counted wrong.")
    desk.get("/desk/outcomes/school-buses-1/correct")
    desk.press("Publish the correction", shows="A blue bus.", because="Wrong colour.")
    desk.get("/desk/outcomes/school-buses-1/correct")
    desk.press("Publish the correction", file=chosen_file(a_picture("blue"), "blue.jpg"), because="Wrong picture.")
    with database.reading() as session:
        found = corrections.versions_of(session, "school-buses-1")
        kept = queries.evidence_of(session, found)
    shown = [kept[one.evidence_file_id] for one in found]
    assert shown[0] == shown[1], "nothing about the picture was different"
    assert [one.words for one in shown] == ["A red bus.", "A red bus.", "A blue bus.", "A blue bus."]
    assert shown[1].digest == shown[2].digest != shown[3].digest
    family = new_browser().get("/outcomes/school-buses-1/versions/3")
    assert "What the picture shows, or the PDF says" in family.text
    assert "Removed: red" in family.text
    for file in shown:
        family.client.get(f"/outcomes/files/{file.id}").close()
    assert family.get(f"/outcomes/files/{shown[0].id}").status == 200, "what was published stays readable"
    family.answer.close()


def test_the_page_shows_the_letter_that_would_go(act, team, heard, publish, desk):
    publish()
    desk.get("/desk/outcomes/school-buses-1/correct")
    desk.press("See the letter again", we_did="We wrote.", because=WHY)
    letter = desk.text.split("The letter that goes if you tick that")[1]
    assert f"You said: “{BUS}”" in letter
    assert f"Why: {WHY}" in letter
    assert "We wrote." in letter


def test_the_told_rate_counts_everybody_once_whatever_was_corrected(
    act, team, topic, publish, mend, letters, clock, post
):
    with act() as work:
        for n in range(12):
            speaks(work, team, a_member(work, f"f{n}@example.org", name=f"F{n}"), topic)
    clock.shift(timedelta(days=20))
    first = publish()
    letters()
    mend(first, tell_again=True)
    letters()
    clock.shift(timedelta(days=90))
    with act() as work:
        assert queries.told_rate(work.session, work.now).number == 100
