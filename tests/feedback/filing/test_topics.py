"""Topics merge and split without losing one contributor or one word; what grows without a promise is raised."""

from datetime import date, timedelta

import pytest

from pyramid_app.base.errors import Invalid
from pyramid_app.feedback import queries, service
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.kit.disclosure import show
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes import service as answers
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from tests.builders import a_member


def said(work, person, words="The bus is late."):
    return service.receive(
        work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=words, may_quote=True, person_id=person.id
    )


@pytest.fixture
def other(act, team):
    with act(team) as work:
        return topics_service.start(work, "Drivers", commitments=[10], next_word_on=date(2027, 3, 20))


@pytest.fixture
def two(act, team, topic, other, clock):
    """Amina about buses, Bilal about drivers, and Chen to whom the drivers are true too."""
    with act() as work:
        people = [a_member(work, f"{name}@example.org", name=name.title()) for name in ("anna", "bilal", "chen")]
        voices = [said(work, people[0])]
    clock.shift(timedelta(minutes=1))
    with act() as work:
        voices.append(said(work, people[1], "The driver changes every week."))
        topics_service.say_true(work, other.id, people[2].id)
    with act(team) as work:
        filing.file_voice(work, voices[0].id, topic.id, cleared="The bus is late.")
        filing.file_voice(work, voices[1].id, other.id, cleared="The driver changes.")
    return people, voices


def test_after_a_merge_everybody_hears_about_the_one_and_no_later(act, team, topic, other, two):
    people, _ = two
    with act(team) as work:
        into = topics_service.merge(work, other.id, topic.id)
    with act() as work:
        assert into.next_word_on == date(2027, 3, 20)
        assert set(outcomes.who_spoke(work.session, topic.id)) == {person.id for person in people}
        assert [quote.words for quote in queries.public_voices(work.session, topic.id)] == [
            "The bus is late.", "The driver changes.",
        ]  # fmt: skip
        assert [wording.commitment for wording in topics.links_of(work.session, topic.id)] == [9, 10]
        assert len(topics.words_of(work.session, topic.id)) == 2
        assert [one.id for one in topics.list_topics(work.session)] == [topic.id]


def test_the_old_address_leads_to_where_the_story_goes_on(browser, act, team, topic, other, two):
    with act(team) as work:
        topics_service.merge(work, other.id, topic.id)
    browser.get("/topics/drivers")
    assert browser.path == "/topics/school-buses"
    assert "“Drivers” is part of this now." in browser.text


def test_three_become_one_in_any_order(act, team, topic, other):
    with act(team) as work:
        third = topics_service.start(work, "Seats", commitments=[9], next_word_on=date(2027, 5, 1))
        topics_service.merge(work, third.id, other.id)
        topics_service.merge(work, other.id, topic.id)
        assert topics.roots(work.session, [third.id, other.id, topic.id]) == dict.fromkeys(
            [third.id, other.id, topic.id], topic.id
        )


def test_what_can_not_be_merged_says_why(act, team, topic, other):
    def refused(gone, into):
        with pytest.raises(Invalid) as why, act(team) as work:
            topics_service.merge(work, gone, into)
        return why.value.fields["into"].message

    assert "same topic" in refused(topic.id, topic.id)
    with act(team) as work:
        answers.publish(work, topic.id, Draft(Answer.CANT, "x", reason="y", instead="z", for_families="w"))
    assert "families still wait" in refused(other.id, topic.id)
    with act(team) as work:
        topics_service.merge(work, topic.id, other.id)
    assert "merged already" in refused(topic.id, other.id)
    with pytest.raises(Invalid), act(team) as work:
        answers.publish(work, topic.id, Draft(Answer.CANT, "x", reason="y", instead="z", for_families="w"))


def test_a_split_moves_words_and_their_speakers_and_nobody_waits_longer(act, team, topic, two):
    (anna, *_), _ = two
    with act() as work:
        dora = a_member(work, "dora@example.org", name="Dora")
        hers = said(work, dora, "There is no seat.")
    with act(team) as work:
        filing.file_voice(work, hers.id, topic.id, cleared="There is no seat.")
    with act(team) as work:
        late = topics_service.start(work, "Seats", commitments=[9], next_word_on=date(2027, 6, 1))
    with pytest.raises(Invalid) as why, act(team) as work:
        filing.split(work, topic.id, [hers.id], late.id)
    assert "promised a word by" in why.value.fields["next_word_on"].message
    with act(team) as work:
        seats = topics_service.start(work, "Seats", commitments=[9], next_word_on=date(2027, 4, 1))
        filing.split(work, topic.id, [hers.id], seats.id)
        assert set(outcomes.who_spoke(work.session, seats.id)) == {dora.id}
        assert set(outcomes.who_spoke(work.session, topic.id)) == {anna.id}


@pytest.mark.parametrize("chosen", ["none", "all"])
def test_a_split_needs_some_and_leaves_some(act, team, topic, other, two, chosen):
    _, voices = two
    with pytest.raises(Invalid), act(team) as work:
        filing.split(work, topic.id, [] if chosen == "none" else [voices[0].id], other.id)


def test_on_the_desk_a_topic_is_split_and_merged_by_hand(browser, act, team, sam, topic, two):
    with act() as work:
        hers = said(work, a_member(work, "dora@example.org"), "There is no seat.")
    with act(team) as work:
        filing.file_voice(work, hers.id, topic.id, cleared="There is no seat.")
    browser.sign_in(sam, staff=True).get("/desk/topics/school-buses")
    browser.press("Make the new topic", voices=[str(hers.id)])
    assert browser.status == 422
    assert "Give the topic a short name." in browser.text
    day = {"next_word_on-day": "1", "next_word_on-month": "4", "next_word_on-year": "2027"}
    browser.press("Make the new topic", voices=[str(hers.id)], title="Seats", commitments=["9"], **day)
    assert browser.path == "/desk/topics/seats"
    assert "There is no seat." in browser.text
    browser.press("Merge them", into="")
    assert "We work on no topic of this name." in browser.text
    browser.press("Merge them", into="school buses")
    assert browser.path == "/desk/topics/school-buses"


def test_true_for_us_too_counts_once_and_can_be_taken_back(browser, act, amina, topic, database):
    browser.sign_in(amina).get("/topics/school-buses").press("True for us too")
    assert "You said that this is true for you too." in browser.text
    with act() as work:
        topics_service.say_true(work, topic.id, amina.id)
        assert show(topics.count_true(work.session, topic.id, work.now + timedelta(days=7))).number is None
        assert amina.id in outcomes.who_spoke(work.session, topic.id)
    browser.press("Take that back")
    with database.reading() as session:
        assert topics.said_true(session, topic.id) == set()


def test_what_grows_without_a_promise_is_put_before_the_representatives_once(act, team, post, run_jobs):
    with act() as work:
        rep = a_member(work, "rep@example.org", level="group", name="Rita")
        loose = topics_service.start(
            work.__class__(work.session, team, work.now), "Toilets", outside="No promise is about it.",
            next_word_on=date(2027, 4, 1),
        )  # fmt: skip
        voices = [said(work, a_member(work, f"p{number}@example.org"), "No toilet.") for number in range(9)]
    with act(team) as work:
        for voice in voices[:8]:
            filing.file_voice(work, voice.id, loose.id, cleared="No toilet.")
    run_jobs("raise topics")
    with act(team) as work:
        filing.file_voice(work, voices[8].id, loose.id, cleared="No toilet.")
    run_jobs("raise topics")
    run_jobs("raise topics")
    post.deliver()
    (letter,) = [one for one in post.to("rep@example.org") if "no promise covers it" in one.words.subject]
    assert "Messages about it: 9." in letter.words.text
    with act() as work:
        assert [topic.id for topic in topics.raised(work.session)] == [loose.id]
    assert rep
