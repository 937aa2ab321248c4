"""Everyone who spoke or answered its poll and wants to hear gets exactly one letter; lateness is said by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.kit.disclosure import show
from pyramid_app.kit.texts import LONDON
from pyramid_app.outcomes import queries, service
from pyramid_app.outcomes.corrections import service as corrections
from pyramid_app.outcomes.figures.told import told_rate
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.polls.answering import service as answering
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State
from tests.builders import a_member, acting_as
from tests.polls.builders import CAME, a_poll, chosen

BUS = "The bus is late."
DRAFT = Draft(
    Answer.WORKING,
    you_said="The bus is late and nobody tells us.",
    we_did="We have asked the bus company.",
    for_families="You get a text when it is late.",
    next_word_on=date(2027, 5, 14),
)


def speaks(work, team, person, topic, **facts):
    voice = feedback.receive(
        work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=BUS, person_id=person.id, **facts
    )
    work.actor = team
    filing.file_voice(work, voice.id, topic.id, cleared=BUS)


def publish(act, team, topic, draft=DRAFT):
    with act(team) as work:
        return service.publish(work, topic.id, draft)


def told(post, subject="What came of it: School buses"):
    return sorted(letter.address for letter in post.letters if letter.words.subject == subject)


def test_exactly_one_letter_each(act, team, topic, settings, post, run_jobs, clock):
    with act() as work:
        people = {name: a_member(work, f"{name}@example.org", name=name.title()) for name in
                  ("spoke", "twice", "answered", "both", "follows", "deaf", "unwilling", "other")}  # fmt: skip
        for name in ("spoke", "twice", "twice", "both", "deaf"):
            speaks(work, team, people[name], topic)
        speaks(work, team, people["unwilling"], topic, tell=False)
    with act() as work:
        accounts.wish(work, people["deaf"].id, questions=True, answers=False)
        topics_service.follow(work, topic.id, people["follows"].id)
    with act(team) as work:
        poll = a_poll(work, settings.keys, topic=topic)
    for name in ("answered", "both"):
        with act(acting_as(people[name])) as work:
            answering.answer_signed_in(work, poll.id, chosen(work, poll, 0), CAME)
    clock.move_to(poll.closes_at + timedelta(minutes=1))
    run_jobs()
    publish(act, team, topic)
    for _ in range(3):
        run_jobs("tell what happened")
    post.deliver()
    names = ["answered", "both", "follows", "spoke", "twice"]
    assert told(post) == [f"{name}@example.org" for name in names]


def test_the_letter_begins_with_own_words_and_says_the_next_day(act, team, topic, amina, post, run_jobs):
    with act() as work:
        speaks(work, team, amina, topic)
    publish(act, team, topic)
    run_jobs("tell what happened")
    post.deliver()
    text = post.last_to("amina@example.org").words.text
    assert text.index("Hello Amina") < text.index(f"You said: “{BUS}”") < text.index("We have asked the bus company.")
    assert "You get a text when it is late." in text
    assert "Friday 14 May 2027, even if there is no news" in text
    assert "Sam, SEND team" in text


@pytest.mark.parametrize(
    ("draft", "state", "sentence"),
    [
        (
            Draft(Answer.CANT, "a", "", "b", reason="It costs too much.", instead="A text."),
            State.CANT,
            "We can't do this now.",
        ),
        (
            Draft(Answer.NOT_OURS, "a", "", "b", reason="Law.", to_whom="The bus company"),
            State.NOT_OURS,
            "The bus company",
        ),
        (
            Draft(Answer.DONE, "a", "Done it.", "b", evidence="https://x.org", done_on=date(2027, 2, 1)),
            State.DONE,
            "This is done",
        ),
    ],
)
def test_a_settled_topic_owes_no_word_and_says_why(
    act, team, topic, amina, post, run_jobs, draft, state, sentence, browser
):
    with act() as work:
        speaks(work, team, amina, topic)
    publish(act, team, topic, draft)
    run_jobs("tell what happened")
    post.deliver()
    assert sentence in post.last_to("amina@example.org").words.text
    with act() as work:
        now = topics.get_topic_by_id(work.session, topic.id)
    assert (now.state, now.next_word_on) == (state, None)
    assert browser.get(f"/topics/{topic.ref}").status == 200


def test_a_family_cannot_publish_and_a_gap_is_said(act, topic, amina, team, database):
    with pytest.raises(NotAllowed):
        publish(act, acting_as(amina), topic)
    with pytest.raises(Invalid):
        publish(act, team, topic, Draft(Answer.DONE))
    with database.reading() as session:
        assert session.exec(select(Outcome)).all() == []


def test_when_the_day_passes_everyone_is_told_once_and_a_new_day_is_owed(
    act, team, topic, amina, post, run_jobs, clock
):
    with act() as work:
        speaks(work, team, amina, topic)
    clock.move_to(clock_at(2027, 4, 12, 23, 30))
    assert run_jobs("late words") == 0, "the day itself is in time"
    clock.shift(timedelta(hours=1))
    assert run_jobs("late words") == 1
    assert run_jobs("late words") == 0
    post.deliver()
    (late,) = [letter for letter in post.to("amina@example.org") if "late" in letter.words.subject]
    assert f"You said: “{BUS}”" in late.words.text
    assert "by Monday 12 April 2027" in late.words.text
    with act() as work:
        now = topics.get_topic_by_id(work.session, topic.id)
        assert now.word_owed
        assert [word.missed_at is not None for word in topics.words_of(work.session, topic.id)] == [True, False]


def clock_at(*when):
    return datetime(*when, tzinfo=LONDON)


def test_a_new_date_needs_a_reason_and_the_old_one_stays_in_sight(act, team, topic, run_jobs, clock, browser, sam):
    clock.shift(timedelta(days=60))
    run_jobs("late words")
    browser.sign_in(sam, staff=True).get("/desk").follow("Give a new date for School buses")
    day = {"next_word_on-day": "30", "next_word_on-month": "9", "next_word_on-year": "2027"}
    browser.press("Promise this day", **day)
    assert browser.status == 422
    assert "Say why it takes longer." in browser.text
    assert 'value="30"' in browser.html
    browser.press("Promise this day", why="The company changed.")
    assert browser.path == "/desk"
    browser.get(f"/topics/{topic.ref}")
    assert "Monday 12 April 2027 · we did not keep this day" in browser.text
    assert "Thursday 30 September 2027 · The company changed." in browser.text


def test_the_told_rate_reads_rows(act, team, topic, post, run_jobs, clock):
    with act() as work:
        people = [a_member(work, f"f{n}@example.org", name=f"F{n}") for n in range(12)]
        for person in people[:9]:
            speaks(work, team, person, topic)
    clock.shift(timedelta(days=20))
    publish(act, team, topic)
    run_jobs("tell what happened")
    post.deliver()
    with act(team) as work:
        other = topics_service.start(work, "Other", outside="No promise.", next_word_on=date(2027, 9, 1))
    with act() as work:
        for person in people[9:]:
            speaks(work, team, person, other)
    clock.shift(timedelta(days=60))
    with act() as work:
        assert told_rate(work.session, work.now).number is None, "nobody has waited long enough"
    clock.shift(timedelta(days=40))
    with act() as work:
        assert told_rate(work.session, work.now).number == 75


def test_the_letter_begins_with_the_poll_for_those_who_answered_and_with_the_wish_for_those_who_follow(
    act, team, topic, settings, post, run_jobs, clock
):
    with act() as work:
        answered, follows = (a_member(work, f"{name}@example.org", name=name) for name in ("answered", "follows"))
        topics_service.follow(work, topic.id, follows.id)
    with act(team) as work:
        poll = a_poll(work, settings.keys, topic=topic, title="The morning bus")
    with act(acting_as(answered)) as work:
        answering.answer_signed_in(work, poll.id, chosen(work, poll, 0), CAME)
    clock.move_to(poll.closes_at + timedelta(minutes=1))
    run_jobs()
    publish(act, team, topic)
    run_jobs("tell what happened")
    post.deliver()
    assert "You answered: The morning bus." in post.last_to("answered@example.org").words.text
    assert "You asked us to tell you about this: School buses." in post.last_to("follows@example.org").words.text
    clock.move_to(clock_at(2027, 5, 15, 0, 30))
    assert run_jobs("late words") == 2
    post.deliver()
    late = post.last_to("answered@example.org").words
    assert late.text.startswith("You answered: The morning bus.")


def test_the_letter_on_the_desk_has_only_what_will_go(act, team, topic, amina, sam, browser):
    with act() as work:
        speaks(work, team, amina, topic)
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")
    browser.press("See the letter again", answer="done", we_did="We did it.", reason="Left over.")
    letter = browser.text.split("The letter that goes")[1]
    assert f"You said: “{BUS}”" in letter, "the cleared words stand for everybody's own"
    assert "This is done. We did it." in letter
    assert "None" not in letter
    assert "Left over." not in letter


def test_what_was_written_for_another_kind_of_answer_is_not_published(act, team, topic):
    draft = Draft(
        Answer.CANT, "a", "", "b", reason="Law.", instead="A text.", evidence="no link", next_word_on=date(2027, 5, 1)
    )
    outcome = publish(act, team, topic, draft)
    assert (outcome.evidence, outcome.next_word_on, outcome.reason) == ("", None, "Law.")


def test_an_answer_says_when_everybody_has_been_told(act, team, topic, amina, run_jobs):
    with act() as work:
        speaks(work, team, amina, topic)
    outcome = publish(act, team, topic)
    with act() as work:
        assert [one.id for one in queries.to_tell(work.session, work.now)] == [outcome.id]
    assert [run_jobs("tell what happened") for _ in range(2)] == [1, 0]
    with act() as work:
        assert queries.to_tell(work.session, work.now) == []


def test_the_desk_counts_only_those_who_want_to_hear(act, team, topic):
    with act() as work:
        people = [a_member(work, f"f{n}@example.org", name=f"F{n}") for n in range(6)]
        for person in people:
            speaks(work, team, person, topic)
        accounts.wish(work, people[0].id, questions=True, answers=False)
    with act() as work:
        assert show(queries.how_many_hear(work.session, topic.id)).number == 5


def test_a_day_that_moves_later_is_told_and_one_that_moves_earlier_is_not(act, team, topic, amina, post):
    with act() as work:
        speaks(work, team, amina, topic)
    with act(team) as work:
        assert service.give_new_date(work, topic.id, date(2027, 4, 1), "It goes faster.", "http://x") == 0
    with act(team) as work:
        assert service.give_new_date(work, topic.id, date(2027, 9, 30), "The company changed.", "http://x") == 1
    post.deliver()
    (moved,) = [letter for letter in post.to("amina@example.org") if "longer" in letter.words.subject]
    assert f"You said: “{BUS}”" in moved.words.text
    assert "by Thursday 1 April 2027. It takes longer." in moved.words.text
    assert "Why: The company changed." in moved.words.text
    assert "by Thursday 30 September 2027" in moved.words.text


def test_a_topic_that_is_merged_on_after_its_answer_takes_everybody_along(act, team, topic, amina, post, run_jobs):
    """What had been merged into it before hangs on the third one now: its families still hear, of a correction too."""
    with act() as work:
        bea = a_member(work, "bea@example.org", name="Bea")
        speaks(work, team, amina, topic)
    with act(team) as work:
        second, third = (
            topics_service.start(work, title, outside="No promise.", next_word_on=date(2027, 4, 12))
            for title in ("Coaches", "Journeys")
        )
        speaks(work, team, bea, second)
        work.actor = team
        topics_service.merge(work, topic.id, second.id)
    outcome = publish(act, team, second)
    with act(team) as work:
        topics_service.merge(work, second.id, third.id)
    run_jobs("tell what happened")
    post.deliver()
    everybody = ["amina@example.org", "bea@example.org"]
    assert told(post, "What came of it: Coaches") == everybody
    with act(team) as work:
        corrections.correct(work, outcome.id, replace(DRAFT, we_did="We rang."), "We had rung.", tell_again=True)
    run_jobs("tell what happened")
    post.deliver()
    assert told(post, "We have corrected our answer: Coaches") == everybody
