"""Partners that can be asked, voices, answers, and files that show them, for tests."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image
from pypdf import PdfWriter
from werkzeug.datastructures import FileStorage

from pyramid_app.accounts.models import Person
from pyramid_app.base.actor import Actor, system
from pyramid_app.base.work import Work
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.partners import service as partners
from pyramid_app.topics.models import Topic

BUS = "The bus is late."
NHS, SCHOOLS = "send@icb.nhs.example", "inclusion@schools.example"
CANT = Draft(Answer.CANT, "The bus is late.", "", "You wait.", reason="It costs too much.", instead="A text.")
WORKING = Draft(
    Answer.WORKING,
    you_said="The bus is late and nobody tells us.",
    we_did="We have asked the bus company.",
    for_families="You get a text when it is late.",
    next_word_on=date(2027, 5, 14),
)
BETTER = replace(WORKING, we_did="We have written to the bus company.")
WHY = "We had not asked, we had written."
DONE = Draft(
    Answer.DONE, "The bus is late.", "There are ten new drivers.", "Fewer late buses.",
    evidence="https://x.org/minutes", done_on=date(2027, 2, 26),
)  # fmt: skip


def mailboxes(work: Work) -> None:
    """The NHS and the schools can be asked."""
    partners.set_mailbox(work, "nhs", NHS)
    partners.set_mailbox(work, "schools", SCHOOLS)


def a_voice(work: Work, team: Actor, person: Person, topic: Topic, text: str = BUS, cleared: str = BUS) -> None:
    """Somebody spoke about that topic, and the desk has filed it."""
    work.actor = system("tests")
    voice = feedback.receive(
        work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=text, person_id=person.id
    )  # fmt: skip
    work.actor = team
    filing.file_voice(work, voice.id, topic.id, cleared=cleared)


def a_picture(colour: str = "red", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def a_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def chosen_file(data: bytes, name: str = "bus.jpg") -> FileStorage:
    """What a browser sends for a file that was chosen."""
    return FileStorage(io.BytesIO(data), name)


def day(name: str, on: date) -> dict[str, str]:
    """The three boxes of a date."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}
