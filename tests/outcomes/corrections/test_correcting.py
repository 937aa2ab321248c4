"""A published answer is never changed: a correction is a new version, and nobody is written to again unless asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.base.work import working
from pyramid_app.outcomes import queries, service
from pyramid_app.outcomes.corrections import queries as corrections
from pyramid_app.outcomes.corrections.service import correct
from pyramid_app.outcomes.figures.told import told_rate
from pyramid_app.outcomes.models import Outcome
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.outcomes.builders import BETTER, BUS, CANT, DONE, WHY, WORKING, a_voice
from tests.support.statements import counting


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
        versions = corrections.versions_of(work.session, first.ref, work.now)
        assert [(one.version, one.we_did, one.corrects_id) for one in versions] == [
            (1, WORKING.we_did, None), (2, BETTER.we_did, first.id), (3, "We wrote today.", second.id)]  # fmt: skip
        assert {one.answered_at for one in versions} == {first.published_at}
        assert queries.of_topic(work.session, topic.id, work.now) == [third]
        assert queries.newest_of(work.session, [topic.id], work.now) == {topic.id: third}
        assert [one.outcome for one in queries.latest(work.session, 5, work.now)] == [third]
        assert queries.how_many(work.session, work.now) == 1


def test_a_correction_of_an_older_answer_does_not_come_before_a_later_one(act, topic, publish, mend, clock):
    first = publish()
    clock.shift(timedelta(days=1))
    last = publish(DONE)
    clock.shift(timedelta(days=1))
    mended = mend(first)
    with act() as work:
        assert queries.of_topic(work.session, topic.id, work.now) == [last, mended]
        assert queries.newest_of(work.session, [topic.id], work.now)[topic.id] == last
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


def test_the_told_rate_counts_everybody_once_whatever_was_corrected(
    act, team, topic, publish, mend, letters, clock, post
):
    with act() as work:
        for n in range(12):
            a_voice(work, team, a_member(work, f"f{n}@example.org", name=f"F{n}"), topic)
    clock.shift(timedelta(days=20))
    first = publish()
    letters()
    mend(first, tell_again=True)
    letters()
    clock.shift(timedelta(days=90))
    with act() as work:
        assert told_rate(work.session, work.now).number == 100
