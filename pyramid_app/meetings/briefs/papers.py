"""The brief on two pages of A4: what does not fit is left out, and says so."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyramid_app.base.web.render import translate
from pyramid_app.kit.paper import Document, Heading, Items, Para, Part, Quote, fitted
from pyramid_app.kit.texts.changes import changes
from pyramid_app.meetings.briefs.rules import CUTS, PAGES, Cut, fewer, shorten
from pyramid_app.meetings.briefs.screens import Point, Shown, Wording
from pyramid_app.meetings.models import Meeting


def paper(shown: Shown, meeting: Meeting, area: str, colour: str, link: str, fonts: Path) -> bytes:
    """The fullest version that fits. ``link``: where all of it is."""
    title = translate("{title}: your brief", title=meeting.title)
    kinds = [
        Document("en", colour, area, title, list(_parts(shown, meeting, title, link, cut)), small=True) for cut in CUTS
    ]
    return fitted(kinds, fonts, PAGES)


def _parts(shown: Shown, meeting: Meeting, title: str, link: str, cut: Cut) -> Iterator[Part]:
    yield Heading(shorten(title, cut.characters), 1)
    yield Para(" · ".join(said for said in (_when(meeting), shorten(meeting.place, cut.characters)) if said))
    yield Para(translate("All of it, with nothing left out: {link}", link=link))
    yield Heading(translate("To decide"))
    yield from _points(shown.decide, cut.decide, cut, translate("There is nothing to decide this time."))
    yield Heading(translate("To hear"))
    yield from _points(shown.hear, cut.hear, cut, translate("There is nothing to hear this time."))
    yield Heading(translate("What we said we would do"))
    yield from _list(shown.before, cut.before, cut, translate("Nothing is written down from the last meeting."))
    yield Heading(translate("What families say"))
    for topic, words in shown.voices:
        yield Quote(f"{shorten(words, cut.characters)}\n({shorten(topic, cut.characters)})")
    if not shown.voices:
        yield Para(translate("Nothing yet about what is on this agenda."))


def _when(meeting: Meeting) -> str:
    return translate("{at}", at=meeting.starts_at)


def _points(points: Sequence[Point], most: int, cut: Cut, if_empty: str) -> Iterator[Part]:
    kept, left = fewer(points, most)
    for point in kept:
        yield Heading(translate("{title} ({about})", title=shorten(point.line.item.title, cut.characters),
                                about=point.about), 3)  # fmt: skip
        if point.line.item.words:
            yield Para(shorten(point.line.item.words, cut.characters))
        if point.wording:
            yield from _wording(point.wording, cut)
        yield from _beside(translate("What those said who have to keep it"), point.owners, cut)
        yield from _beside(translate("I can’t agree without it"), point.unmet, cut)
        yield from _beside(translate("The show of hands"), point.hands, cut)
    if left:
        yield Para(translate("And {number} more on the website.", number=left))
    if not points:
        yield Para(if_empty)


def _wording(wording: Wording, cut: Cut) -> Iterator[Part]:
    """Old and new word for word; where one text becomes another, first what differs, in sentences."""
    if wording.pieces:
        yield from _beside(translate("What would change"), [translate(one) for one in changes(wording.pieces)], cut)
    if wording.now:
        yield Quote(translate("Now: {words}", words=shorten(wording.now, cut.characters)))
    if wording.new:
        yield Quote(translate("Proposed: {words}", words=shorten(wording.new, cut.characters)))
    else:
        yield Para(translate("It would be taken out of the charter."))


def _beside(name: str, said: Sequence[str], cut: Cut) -> Iterator[Part]:
    if said:
        yield Para(f"{name}:")
        yield from _list(said, cut.beside, cut, "")


def _list(said: Sequence[str], most: int, cut: Cut, if_empty: str) -> Iterator[Part]:
    kept, left = fewer(said, most)
    if kept:
        yield Items([shorten(one, cut.characters) for one in kept])
    if left:
        yield Para(translate("And {number} more on the website.", number=left))
    if not said:
        yield Para(if_empty)
