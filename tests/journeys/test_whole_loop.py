"""One turn of the whole loop, in a real browser: told, filed, asked, answered, counted, done, late, and told."""

import pytest

from tests.builders import a_member, the_town
from tests.support.browser import Browser

pytestmark = pytest.mark.journey

AMINA, BEN, CLEO, SAM = "amina@example.org", "ben@example.org", "cleo@example.org", "sam@council.example.org"
ROSA = "rosa@example.org"
BUS = "The bus comes at a new time each day."


@pytest.fixture
def town(stage):
    """An area on its first morning: levels, promises, one officer, two families, the scheduler has run."""
    with stage.act() as work:
        the_town(work, lead=True)
        a_member(work, BEN, name="Ben")
        a_member(work, ROSA, level="group", name="Rosa")
    stage.work()
    return stage


def sign_in(person, address):
    person.goes("/sign-in").looks("sign in").writes("e-mail", address).presses("Send me a code")
    person.looks("code").stage.work()
    return person.writes("code from our message", person.stage.mail.code(address)).presses("Go on")


def tells_us(person, address):
    person.goes("/").looks("home").follows("Tell us something").looks("fork")
    person.follows("How things work for families").looks("tell us").writes("What do you want to tell us?", BUS)
    person.ticks("You may put my words on the website").writes("Your e-mail address", address).presses("Send it")
    person.reads("We have it. Thank you.").reads("Your reference is").looks("thanks for telling")
    person.stage.work()
    person.writes("code from our message", person.stage.mail.code(address)).presses("Tell me what happens")
    return person.reads("You hear from us by").looks("will hear back")


def files_it(officer):
    officer.goes("/desk").looks("desk").follows("Another topic, or a new one").looks("a message")
    officer.writes("Name of the new topic", "School buses").ticks("School transport comes within ten minutes")
    officer.page.get_by_text("I have put it here: School buses.").wait_for()
    officer.presses("See the answer again").reads("You said:").looks("a message with its answer")
    officer.presses("File it and send the answer").reads("Take back").looks("desk with one filed")
    officer.follows("Another topic, or a new one").ticks("School buses").presses("File it and send the answer")
    return officer.reads("Nothing to file.")


def writes_a_question(officer, representative):
    officer.goes("/desk/polls/new").looks("new question").writes("Its title", "When the bus is late").ticks(
        "School buses"
    )
    officer.presses("Go on").reads("Still missing").looks("question to write")
    for label, words in {
        "Why do you ask?": "Families told us that the bus is often late.",
        "Who decides?": "The head of school transport",
        "Where is it decided?": "At the SEND Board",
        "What can change?": "How you are told.",
        "What cannot change?": "How many buses there are.",
        "What happens next?": "The head of transport decides.",
    }.items():
        officer.writes(label, words)
    for name, day in {"decided_on": ("20", "4", "2027"), "next_by": ("30", "4", "2027")}.items():
        for part, value in zip(("day", "month", "year"), day, strict=True):
            officer.page.fill(f"#{name}-{part}", value)
    officer.presses("Save").follows("One answer").writes("The question", "How shall we tell you?")
    for number, (name, meaning) in enumerate((("A text", "To your phone"), ("A call", "From the bus"))):
        officer.page.fill(f"[name=options-{number}-name]", name)
        officer.page.fill(f"[name=options-{number}-meaning]", meaning)
    officer.looks("one question").presses("Save this question").reads("Nothing is missing").looks("question is whole")
    officer.follows("Try the letter, and schedule it").presses("Send me this letter").looks("schedule")
    officer.stage.work()
    assert officer.stage.mail.to(SAM), "the officer has the letter on trial"
    officer.follows("Is it fair to ask?").looks("is it fair").presses("Ask two representatives")
    officer.reads("They have been asked.").stage.work()
    looks_at_the_wording(representative)
    officer.follows("Back").presses("Schedule it").reads("You have until").looks("question is open")
    return officer.page.url.rsplit("/", 1)[1]


def looks_at_the_wording(representative):
    link = representative.stage.mail.link(ROSA, "polls")
    sign_in(representative, ROSA).goes(link).reads("How shall we tell you?").looks("is this fair")
    representative.ticks("Yes, it is fair").presses("Send this").reads("Thank you.")


def fetches_the_poster(school, ref):
    """The code is a picture that has arrived, and the poster a file that can be saved."""
    school.goes(f"/polls/{ref}/share").reads("For posters and slides").looks("share")
    picture = school.page.get_by_alt_text(f"A code that leads to {school.stage.address}/q/{ref}")
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    with school.page.expect_download() as fetched:
        school.page.get_by_role("link", name="Poster to print").click()
    assert fetched.value.suggested_filename == f"{ref}-poster.pdf"
    assert fetched.value.path().read_bytes().startswith(b"%PDF-1.7")


def answers_by_the_letter(person):
    person.goes(person.stage.mail.link(BEN, "p")).looks("one question for you").presses("Open the question")
    person.looks("paper").ticks("A text").presses("Go on").reads("Check your answer").looks("check")
    return person.presses("Send my answer").reads("Your answer is in. Thank you.").looks("thanks")


def answers_as_a_stranger(person, ref, number):
    address = f"stranger{number}@example.org"
    person.goes(f"/q/{ref}").ticks("A text" if number % 2 else "A call").presses("Go on")
    person.ticks("I care for someone").ticks("I have not answered this before").writes("e-mail", address)
    if number == 1:
        person.looks("stranger checks")
    person.presses("Send me a code")
    person.stage.work()
    person.writes("code from our message", person.stage.mail.code(address)).presses("Send my answer")
    return person.reads("Your answer is in. Thank you.")


def answers_without_a_screen(stage, ref, number):
    """As many as a result needs, on the same pages."""
    address = f"stranger{number}@example.org"
    browser = Browser(stage.app).get(f"/q/{ref}")
    browser.press("Go on", **browser.behind("A text" if number % 2 else "A call"))
    browser.press("Send me a code", cares="y", first="y", address=address)
    stage.work()
    browser.press("Send my answer", code=stage.mail.code(address))
    assert "Your answer is in. Thank you." in browser.text


def test_the_whole_loop(town, someone):
    tells_us(someone("stranger", script=False), AMINA)
    tells_us(someone("stranger"), CLEO)
    officer = sign_in(someone("officer", phone=False), SAM)
    files_it(officer.presses("Be here as staff"))
    town.later(minutes=11)
    first = town.mail.text(AMINA)
    assert f"You said: “{BUS}”" in first
    assert "You will hear from us by" in first

    ref = writes_a_question(officer, someone("representative"))
    town.work()
    fetches_the_poster(someone("school", phone=False), ref)
    answers_by_the_letter(someone("parent", script=False))
    for number in (1, 2):
        stranger = answers_as_a_stranger(someone("stranger", script=bool(number % 2)), ref, number)
        assert stranger.loads == 4, "question, check, code, thank you"
    for number in range(3, 11):
        answers_without_a_screen(town, ref, number)

    town.later(days=21)
    reader = someone("representative").goes(f"/polls/{ref}/results").reads("How shall we tell you?").looks("result")
    assert "What came" not in reader.text()
    assert "You answered" in town.mail.text(BEN) or "families said" in town.mail.text(BEN).lower()

    # The staff hat has fallen off meanwhile, and the sign-in has run out.
    officer = sign_in(someone("officer", phone=False), SAM).presses("Be here as staff")
    answers_the_topic(officer)
    town.work()
    assert f"You said: “{BUS}”" in town.mail.text(AMINA)
    assert "What came of it: School buses" in town.mail.to(AMINA)[-1]["Subject"]
    assert "What came of it: School buses" in town.mail.to(BEN)[-1]["Subject"]

    town.later(days=60)
    late = town.mail.text(AMINA)
    assert "We are late." in late
    assert f"You said: “{BUS}”" in late
    reads_the_chain(someone("representative"))
    officer = sign_in(someone("officer", phone=False), SAM).presses("Be here as staff")
    gives_a_new_date(officer)


def answers_the_topic(officer):
    officer.goes("/topics/school-buses").looks("topic").follows("Answer this topic").looks("answer")
    officer.writes("You said:", "The bus is late and nobody tells us.").writes("We did:", "Texts start after Easter.")
    officer.writes("What this means for families", "You get a text when the bus is late.")
    for part, value in (("day", "14"), ("month", "5"), ("year", "2027")):
        officer.page.fill(f"#next_word_on-{part}", value)
    officer.presses("See the letter again").reads("Texts start after Easter.")
    officer.presses("Publish and tell everyone who spoke").reads("Texts start after Easter.").looks("answered")


def reads_the_chain(reader):
    reader.goes("/").reads("topics where we are late now").looks("home late").follows("topics where we are late")
    reader.reads("We are late.").looks("topics").follows("School buses").reads(BUS).reads("Texts start after Easter.")
    reader.reads("we did not keep this day").looks("the whole chain")
    reader.follows("School transport comes within").reads("How we will know").reads("Texts start after Easter.")
    reader.looks("promise").goes("/charter").looks("charter").goes("/reps").reads("Rosa").looks("reps")
    reader.goes("/outcomes").reads("Where we are late").looks("what happened")


def gives_a_new_date(officer):
    officer.goes("/desk").reads("The promised day has passed").looks("desk late")
    officer.follows("Give a new date for School buses").looks("new date")
    for part, value in (("day", "30"), ("month", "9"), ("year", "2027")):
        officer.page.fill(f"#next_word_on-{part}", value)
    officer.writes("Why does it take longer?", "The bus company changed.").presses("Promise this day")
    assert "The promised day has passed" not in officer.text()
    officer.goes("/topics/school-buses").reads("The bus company changed.").reads("Thursday 30 September 2027")
