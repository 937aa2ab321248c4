"""The yearly report: whose words are in it and whose never, the same in all three forms, and what to look at first."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pyramid_app.feedback import forgetting
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.holding import service as holding
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.rules import About, Channel, Naming, Speaker
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.corrections.service import correct
from pyramid_app.outcomes.steps import service as steps
from pyramid_app.outcomes.steps.rules import Draft as StepDraft
from pyramid_app.topics import service as topics
from tests.builders import a_member
from tests.outcomes.builders import CANT, WHY, WORKING
from tests.support import pages, pdf
from tests.support.statements import counting

YEAR = "/reports/local-offer/2027"
CHECK = f"/desk{YEAR}"
BUS = "The bus is late every day."


@pytest.fixture
def say(act, team, topic):
    """Somebody speaks; the desk clears it and files it."""

    def do(text=BUS, cleared=None, about=topic, filed=True, translation="", **facts):
        values = {"about": About.SYSTEM, "speaker": Speaker.PARENT_CARER, "may_quote": True, "text": text, **facts}
        with act() as work:
            voice = feedback.receive(work, **values)
            if translation:
                feedback.add_translation(work, voice, translation, "by a colleague")
        if filed:
            with act(team) as work:
                filing.file_voice(work, voice.id, about.id, cleared=cleared or text)
        return voice

    return do


@pytest.fixture
def forms(new_browser):
    """The words of the page, of the PDF and of the lines of the file."""

    def read(year=2027):
        reader = new_browser()
        page = reader.get(f"/reports/local-offer/{year}").text
        paper = reader.client.get(f"/reports/local-offer/{year}.pdf")
        file = reader.client.get(f"/reports/local-offer/{year}.csv")
        assert (paper.mimetype, file.mimetype) == ("application/pdf", "text/csv")
        return page, pdf.text(paper.data), file.get_data(as_text=True)

    return read


def lines(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def folded(text):
    return " ".join(text.split())


def counts(browser):
    """By the name of its line, what every table of the page says."""
    found = {}
    for row in browser.get(YEAR).tree.iter("tr"):
        cells = [pages.words(cell) for cell in row]
        found[cells[0]] = cells[1]
    return found


def test_everybody_finds_it_and_a_year_that_is_not_over_says_so(browser, say):
    say()
    browser.get("/outcomes").follow("The report of each year").follow("2027 (so far)")
    assert browser.path == YEAR
    assert "What families told us in 2027, so far" in browser.text
    assert "this grows until Friday 31 December 2027" in browser.text
    assert "SEND Regulations 2014, regulation 56" in browser.text
    assert browser.get("/").follow("What families told us, year by year").status == 200


def test_years_go_from_the_first_voice_to_this_one_in_london(browser, say, clock, forms):
    clock.move_to(datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    say("The last of the old year.")
    clock.move_to(datetime(2027, 7, 1, tzinfo=UTC))
    say("In the summer.")
    links = [pages.words(one) for one in browser.get("/reports/local-offer").tree.iter("a")]
    assert [words for words in links if words.startswith("20")] == ["2027 (so far)", "2026"]
    for year in (0, 2025, 2028, 9999, 10**12):
        for form in ("", ".pdf", ".csv"):
            assert browser.get(f"/reports/local-offer/{year}{form}").status == 404
    old = forms(2026)
    assert all("The last of the old year." in one and "In the summer." not in one for one in old)
    assert "What families told us in 2026 " in old[1], "a year that is over is not “so far”"
    assert all("In the summer." in one and "The last of" not in one for one in forms())


def test_only_public_words_are_in_any_form(act, team, say, amina, forms):
    say("Canaryraw is late.", "The bus is late.", person_id=amina.id, naming=Naming.NAMED)
    say("Canaryraw two.", "Canarycleared without a yes.", may_quote=False)
    held = say("Canaryraw three.", "Canaryheld.", filed=False)
    say("Canaryraw four.", filed=False)
    gone = say("Canaryraw five.", "Canarygone.")
    with act(team) as work:
        holding.hold_back(work, held.id, Reason.IDENTIFIES, "It names a teacher.")
    with act() as work:
        forgetting.take_back(work, gone.id)
    for words in forms():
        assert "The bus is late." in words
        assert "Canary" not in words
        assert "Amina" not in words


def test_ones_own_childs_voice_counts_and_is_never_quoted(act, team, topic, forms):
    with act() as work:
        voice = feedback.receive(
            work, about=About.OWN_CHILD, speaker=Speaker.PARENT_CARER, text="Canarychild waits.", may_quote=True
        )
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="")
    for words in forms():
        assert "School buses" in words
        assert "Canarychild" not in words


def test_even_a_public_text_that_should_not_be_there_stays_out(act, say, forms):
    """The report asks for the yes again: a slip of another room does not reach everybody."""
    voice = say("Canaryslip.")
    with act() as work:
        work.session.get(type(voice), voice.id).may_quote = False
    assert not any("Canaryslip" in words for words in forms())


def test_young_people_stand_under_their_own_name(browser, say, forms):
    say("Ask us too.", speaker=Speaker.YOUNG_PERSON)
    say("I like my taxi.", speaker=Speaker.CHILD_HELPED)
    say()
    page, paper, file = forms()
    for words in (page, paper):
        order = ["Parent carers said:", BUS, "Young people said:", "Ask us too.", "Children, helped by someone, said:"]
        assert sorted(order, key=words.index) == order
    section = "What they said, and what came of it"
    assert [section, "School buses", "Young people said:", "Ask us too.", ""] in lines(file)


def test_the_first_five_words_of_each_group_and_topic(say, forms, clock):
    for number in range(7):
        clock.shift(timedelta(minutes=1))
        say(f"Parent words {number}.")
        say(f"Young words {number}.", speaker=Speaker.YOUNG_PERSON)
    for words in forms():
        assert [f"Parent words {n}." in words for n in range(7)] == [True] * 5 + [False] * 2
        assert [f"Young words {n}." in words for n in range(7)] == [True] * 5 + [False] * 2


def test_a_translation_stands_beside_what_was_said(browser, say, forms):
    say("Basku waa daahay.", "The bus is late.", language="so", translation="The bus is late.")
    assert all("The bus is late." in words and "Basku waa daahay." in words for words in forms())
    browser.get(YEAR)
    assert [pages.words(one) for one in browser.tree.iter("span") if one.get("lang") == "so"] == ["Basku waa daahay."]


def test_messages_are_counted_side_by_side_in_steps_of_five_and_none_reads_like_few(browser, say, act):
    for number in range(12):
        say(f"By phone {number}.", channel=Channel.PHONE)
    say("One on paper.", speaker=Speaker.YOUNG_PERSON, channel=Channel.PAPER)
    with act() as work:
        forgetting.take_back(work, say("Not any more.", channel=Channel.MEETING).id)
    found = counts(browser)
    assert found["Parent carers"] == found["By phone"] == "10 or more"
    assert found["Young people"] == found["On paper"] == "fewer than 5"
    assert found["Children, helped by someone"] == found["By e-mail"] == found["At a meeting"] == "fewer than 5"


def test_what_is_held_back_is_counted_by_the_five_reasons(browser, act, team, say):
    for number in range(6):
        voice = say(f"The same {number}.", filed=False)
        with act(team) as work:
            holding.hold_back(work, voice.id, Reason.DUPLICATE, "We have it.")
    for number in range(5):
        with act() as work:
            feedback.receive(work, about=About.OWN_CHILD, speaker=Speaker.PARENT_CARER, text=f"My child {number}.")
    found = counts(browser)
    assert found["We have the same words from the same person already"] == "5 or more"
    assert found["It is only meant to hurt or to annoy"] == "fewer than 5"
    assert found["It is about something else altogether"] == "fewer than 5"
    assert found["About one child’s own case"] == "5 or more"


def test_answers_stand_in_their_newest_version_with_what_comes_next(act, team, topic, say, clock, forms):
    say()
    with act(team) as work:
        first = outcomes.publish(work, topic.id, replace(WORKING, we_did="We lost your words."))
        draft = StepDraft("Two more buses.", "council", "head of transport", date(2027, 6, 1), "A new timetable")
        steps.add(work, topic.id, draft)
    clock.shift(timedelta(days=1))
    with act(team) as work:
        correct(work, first.id, WORKING, WHY, tell_again=False)
    page, paper, file = forms()
    for words in (page, paper, file):
        assert "We lost your words." not in words
        assert "Our answer of Monday 1 March 2027. You said:" in words
        assert "We have asked the bus company." in words
        assert "Two more buses." in words
        assert "head of transport, by Tuesday 1 June 2027" in words
        assert "Everyone who spoke hears again by Friday 14 May 2027" in words
        assert "School transport comes within ten minutes of its time." in words
        assert f"School buses: corrected on Tuesday 2 March 2027, because: {WHY}" in words


def test_a_no_has_its_reason_and_a_merged_topic_is_told_where_it_went(act, team, topic, say, forms):
    with act(team) as work:
        other = topics.start(work, "Taxis", outside="It is about taxis.", next_word_on=date(2027, 4, 12))
    say("The taxi is late.", about=other)
    with act(team) as work:
        topics.merge(work, other.id, topic.id)
        outcomes.publish(work, topic.id, CANT)
    for words in forms():
        assert "Taxis" not in words
        assert "The taxi is late." in words
        assert "We can't, because:" in words
        assert "It costs too much." in words
        assert "A text." in words


def test_a_topic_without_a_voice_or_an_answer_of_the_year_is_not_there(act, team, topic, say, clock, forms):
    say()
    clock.move_to(datetime(2028, 1, 10, 12, tzinfo=UTC))
    with act(team) as work:
        new = topics.start(work, "Lunch", commitments=[9], next_word_on=date(2028, 4, 12))
    assert not any("School buses" in words or "Lunch" in words for words in forms(2028))
    with act(team) as work:
        outcomes.publish(work, topic.id, CANT)
    say("Lunch is cold.", about=new)
    assert all("School buses" in words and "Lunch" in words for words in forms(2028))
    assert all("Lunch" not in words and "It costs too much." in words for words in forms(2027))


def test_the_three_forms_say_the_same(act, team, topic, say, forms):
    say("One line.\nAnd <b>another</b> one & more.")
    say("Ask us.", speaker=Speaker.YOUNG_PERSON)
    with act(team) as work:
        outcomes.publish(work, topic.id, WORKING)
    page, paper, file = forms()
    rows = lines(file)[1:]
    assert len(rows) > 25
    for row in rows:
        for cell in row:
            assert folded(cell).replace(" ", "") in page.replace(" ", ""), cell
            assert folded(cell).replace(" ", "") in paper.replace(" ", ""), cell


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "#panic()["])
def test_what_people_wrote_is_only_ever_text(browser, say, words):
    say(words)
    browser.get(YEAR)
    assert words in browser.text
    assert "<script>alert" not in browser.html
    file = lines(browser.client.get(f"{YEAR}.csv").get_data(as_text=True))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in file for cell in row)
    assert words in pdf.text(browser.client.get(f"{YEAR}.pdf").data)


def test_the_paper_can_be_read_by_a_screen_reader(browser, say):
    say()
    paper = browser.client.get(f"{YEAR}.pdf").data
    kinds = [kind for kind, _ in pdf.tags(paper)]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/BlockQuote", "/L", "/Table", "/TH"} <= set(kinds)
    assert pdf.root(paper)["/MarkInfo"]["/Marked"]


@pytest.fixture
def officer(browser, sam):
    return browser.sign_in(sam, staff=True)


def looks(officer):
    """By reference: what the check says of it."""
    officer.get(CHECK)
    cards = [one for one in officer.tree.iter("article") if one.get("class") == "app-card"]
    found = {}
    for card in cards:
        link = next(card.iter("a"))
        found[link.get("href").rpartition("/")[2]] = [pages.words(one) for one in card.iter("li")]
    return found


def test_the_check_lists_what_is_suspicious_and_nothing_else(officer, act, say, amina):
    for _ in range(4):
        say(may_quote=False)
    fine = say()
    assert looks(officer) == {}
    assert "Nothing to look at." in officer.text
    named = say("We wait for hours.", speaker=Speaker.YOUNG_PERSON, person_id=amina.id, naming=Naming.NAMED)
    name = say("My son Canaryboy waits at Canary Hill Primary School.")
    long = say("The bus is late. " * 20)
    say("My son Hidden waits.", may_quote=False)
    found = looks(officer)
    assert set(found) == {named.ref, name.ref, long.ref}
    assert fine.ref not in found
    assert found[named.ref] == ["On the topic’s page the speaker’s name stands beside these words."]
    assert "This may be a name: “Canaryboy”." in found[name.ref]
    assert "This may be a school: “Canary Hill Primary School”." in found[name.ref]
    assert found[long.ref][0].startswith("These words are longer than 300 signs.")


def test_a_topic_few_spoke_about_is_looked_at_and_words_are_cleared_from_there(officer, say):
    voice = say("My son Canaryboy waits.")
    assert looks(officer)[voice.ref] == [
        "This may be a name: “Canaryboy”.", "Fewer than 5 messages of this year are about this topic.",
    ]  # fmt: skip
    officer.follow(f"School buses, {voice.ref}")
    assert officer.path == f"/desk/voices/{voice.ref}"
    officer.press("Show these words", cleared="My son waits.")
    assert looks(officer)[voice.ref] == ["Fewer than 5 messages of this year are about this topic."]
    assert officer.follow("The page").path == YEAR
    officer.get(CHECK)
    assert officer.link("To print or to send (PDF)") == f"{YEAR}.pdf"
    assert officer.link("For a spreadsheet (CSV)") == f"{YEAR}.csv"


def test_what_stands_beside_a_translation_is_looked_at_and_cleared_too(officer, say, forms):
    voice = say("Servis Canary Hill Primary School", "My son waits.", language="tr", translation="My son waits.")
    assert any("[school]" in words for words in forms()), "what the machine finds is out already"
    officer.get(f"/desk/voices/{voice.ref}")
    officer.press("Show these words", original="Servis. Canaryteacher. My son Canaryboy waits.")
    assert "This may be a name: “Canaryboy”." in looks(officer)[voice.ref]
    assert all("Canaryteacher" in words for words in forms())
    officer.follow(f"School buses, {voice.ref}")
    officer.press("Show these words", original="")
    assert looks(officer)[voice.ref] == ["Fewer than 5 messages of this year are about this topic."]
    assert not any("Canary" in words or "Servis" in words for words in forms())
    assert "Servis Canary Hill Primary School" in officer.get(f"/desk/voices/{voice.ref}").text, "the desk keeps it"


def test_the_check_is_for_officers(browser, act, sam, say):
    say()
    assert browser.get(CHECK).path != CHECK or browser.status != 200
    with act() as work:
        member = a_member(work, "zoe@example.org", name="Zoe")
    assert browser.sign_in(member).get(CHECK).status in {403, 404}
    assert "Look it over" not in browser.get(YEAR).text


def test_the_database_is_asked_as_often_for_twelve_topics_as_for_two(act, team, say, browser, officer):
    def chain(number):
        with act(team) as work:
            topic = topics.start(work, f"Topic {number}", commitments=[9], next_word_on=date(2027, 6, 1))
        say(f"Words {number}.", about=topic)
        say(f"Young words {number}.", about=topic, speaker=Speaker.YOUNG_PERSON)
        with act(team) as work:
            outcomes.publish(work, topic.id, CANT)
            steps.add(work, topic.id, StepDraft("A bus.", "council", "head", date(2027, 6, 1), "A list"))

    asked = {}
    for number in range(12):
        chain(number)
        if number in {1, 11}:
            for path in (YEAR, f"{YEAR}.pdf", f"{YEAR}.csv", CHECK):
                with counting() as found:
                    browser.client.get(path)
                asked.setdefault(path, []).append(len(found))
    assert all(few == many for few, many in asked.values()), asked
