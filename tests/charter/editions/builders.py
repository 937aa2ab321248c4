"""Editions for tests, by the service itself."""

from pyramid_app.charter.models import Edition
from pyramid_app.charter.rules import Says, Words, digest, exact
from pyramid_app.charter.service import Worded, new_number, new_principle, publish_edition

LATE = "We tell you before a plan is late."
LONG_LATE = "We tell you ten working days before a plan is late."


def first_words(listen: int) -> list[Worded]:
    """A promise with everything, one that is conditional, refused and unanswered, and what families are asked."""
    whole = Words(listen, LATE, "We count.", "from April", "Head of SEND", None, ("council", "schools"))
    mixed = Words(listen, "Therapy starts within a term.", "The list.", makers=("council", "nhs", "schools"))
    said = {
        "council": (Says.IF, "we get two more drivers"),
        "nhs": (Says.CANNOT, "there are too few therapists."),
        "schools": (Says.SILENT, ""),
    }
    asks = Words(listen, "tell us when something changes.", asks=True)
    return [Worded(whole), Worded(mixed, said), Worded(asks)]


def two_editions(work) -> tuple[Edition, Edition, list[int]]:
    """The second rewords the first promise with a twin of its old words, takes the second out and adds a fourth."""
    listen, time = new_principle(work, "We listen", "You know best."), new_principle(work, "On time", "")
    numbers = [new_number(work) for _ in range(4)]
    first = first_words(listen)
    old = publish_edition(work, "Parents wrote it.", dict(zip(numbers[:3], first, strict=True)))
    words = first[0].words
    again = Words(time, LONG_LATE, words.how_we_know, "from May", words.owner_role, None, ("council",))
    twins = {"easy": ("We tell you early.", digest(exact(words)))}
    promises = {
        numbers[0]: Worded(again, twins=twins),
        numbers[2]: first[2],
        numbers[3]: Worded(Words(time, "Letters are short.", makers=("council",))),
    }
    return old, publish_edition(work, "Parents wrote it, twice.", promises), numbers
