"""Reading a list of what people said: any usual encoding, comma, semicolon or tab. Pure.

Nothing a file holds makes this fail, and no row is lost: each one fits, or is broken for a reason that can be read out.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pyramid_app.feedback.intake.rules import Entry, Occasion, what_is_wrong_with_entry
from pyramid_app.feedback.rules import About, Channel, Naming, Speaker, what_is_wrong_with_words
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.languages import LANGUAGES, OTHER
from pyramid_app.kit.texts.numbers import day_of
from pyramid_app.kit.texts.tidy import without_unseen

LIST_AT_MOST = 1_000_000
ROWS_AT_MOST = 20_000
LINES_OF_A_ROW = 60
"""A row over more lines than this has lost a quotation mark somewhere, and swallowed its neighbours."""

COLUMNS = (
    "words", "channel", "said_on", "language", "speaker", "name", "address", "may_quote", "tell", "about",
)  # fmt: skip
NEEDED = "words"


@dataclass(frozen=True)
class Row:
    """A row of the file as it stands there; ``line`` is the first of its lines."""

    line: int
    cells: tuple[str, ...]
    problem: Say | None = None


@dataclass(frozen=True)
class Table:
    """A file that could be read. ``header`` names the columns as we know them; one we don't know stays as it is."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def unknown(self) -> list[str]:
        return [name for name in self.header if name not in COLUMNS]


@dataclass(frozen=True)
class Read:
    """What a row says: an entry, or why it is none."""

    entry: Entry | None = None
    occasion: Occasion | None = None
    problem: Say | None = None


_BETWEEN = re.compile(
    r"[\s!-/:-@\[-`{-~\u00a1-\u00bf\u060c\u061b\u061f\u06d4\u0964\u0965\u2010-\u2027\u2030-\u205e\u3000-\u303f]+"
)


def same_words(words: str) -> str:
    """Words as they are compared: without capitals, spaces and signs between them."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", words).casefold()) or words.strip()


def read_text(data: bytes) -> str:
    """The file's words. UTF-16 says so by its mark or its many zeros; any other line is UTF-8, or else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[:200].count(0) > len(data[:200]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    return "".join(_line(line) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True))


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        # Five bytes stand for nothing in Windows-1252; they are control characters, which go later.
        return "".join(_sign(byte) for byte in line)


def _sign(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


def read_table(data: bytes) -> Table | Say:
    """The rows of a file, or what is wrong with the whole of it."""
    if len(data) > LIST_AT_MOST:
        return Say("This list is too large. Please split it: a million characters at the most.")
    text = read_text(data)
    for delimiter in ",;\t":
        header = _header(text, delimiter)
        if NEEDED in header:
            break
    else:
        return Say("The first row must name the columns, and one of them must be: words.")
    known = [name for name in header if name in COLUMNS]
    if len(known) != len(set(known)):
        return Say("Two columns have the same name. Please take one out.")
    rows = tuple(_rows(text, delimiter, len(header)))
    if len(rows) > ROWS_AT_MOST:
        return Say("This list is too long. Please split it: {most} rows at the most.", most=ROWS_AT_MOST)
    return Table(header, rows) if rows else Say("There is nothing in this list but its first row.")


def _header(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        first = next((row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)), [])
    except csv.Error:
        return ()
    return tuple(_tidy(cell).casefold().replace(" ", "_").replace("-", "_") for cell in first)


def _rows(text: str, delimiter: str, width: int) -> Iterator[Row]:
    """Everything below the first row; rows without any sign are gaps, not rows."""
    reader, line, below = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1, False
    while True:
        try:
            cells = tuple(_tidy(cell) for cell in next(reader))
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, (), Say("A quotation mark is missing here. We can't read the rows from here on."))
            return
        if any(cells):
            if below:
                yield Row(line, cells, _misshapen(cells, width, reader.line_num - line))
            below = True
        line = reader.line_num + 1


def _misshapen(cells: tuple[str, ...], width: int, lines: int) -> Say | None:
    if lines >= LINES_OF_A_ROW:
        return Say("This row goes over {lines} lines. A quotation mark may be missing.", lines=lines + 1)
    if len(cells) > width:
        return Say("This row has {n} cells, and the first row has {width}.", n=len(cells), width=width)
    return None


def _tidy(cell: str) -> str:
    """A cell without signs that nobody sees. What looks like a formula is just words here."""
    return without_unseen(cell).strip()


def read_row(
    header: Sequence[str],
    cells: Sequence[str],
    *,
    today: date,
    characters: int,
    consent: str,
    reach: Callable[[str], str | None],
) -> Read:
    """What one row says. ``reach`` gives an address in its one spelling, or ``None`` for what is none."""
    said = dict.fromkeys(COLUMNS, "") | {
        name: cell for name, cell in zip(header, cells, strict=False) if name in COLUMNS
    }
    wrong = what_is_wrong_with_words(said["words"], characters)
    if wrong:
        return Read(problem=wrong["words"] if said["words"] else Say("There are no words in this row."))
    for name, allowed in ALLOWED.items():
        if said[name].casefold() not in allowed:
            return Read(
                problem=Say("We don't know what “{cell}” means in the column {name}.", cell=said[name], name=name)
            )
    on = _day(said["said_on"])
    if said["said_on"] and (on is None or on > today):
        return Read(problem=Say("“{cell}” is no day that has been. Write it like 27/3/2027.", cell=said["said_on"]))
    entry = _entry(said)
    if entry.address:
        address = reach(entry.address)
        if address is None:
            return Read(problem=Say("We can't read the address “{cell}”.", cell=entry.address))
        entry = replace(entry, address=address)
    wrong = what_is_wrong_with_entry(entry)
    if wrong:
        return Read(problem=next(iter(wrong.values())))
    return Read(entry, Occasion(CHANNELS[said["channel"].casefold()], consent, on))


def _entry(said: dict[str, str]) -> Entry:
    yes = {name: YES_NO[said[name].casefold()] for name in ("may_quote", "tell")}
    return Entry(
        words=said["words"],
        about=ABOUTS[said["about"].casefold()],
        speaker=SPEAKERS[said["speaker"].casefold()],
        language=TONGUES[said["language"].casefold()],
        name=said["name"][:80],
        address=said["address"],
        # A list without the column asks nobody to be written to; one with an address and no word on it neither.
        tell=yes["tell"] and bool(said["address"]),
        may_quote=yes["may_quote"],
        naming=Naming.KNOWN_TO_US if said["name"] or said["address"] else Naming.UNNAMED,
    )


def _day(cell: str) -> date | None:
    """``2027-03-27`` or ``27/3/2027``: the day first, as it is written here."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", cell)
    ours = re.fullmatch(r"(\d{1,2})[/. ](\w{1,9})[/. ](\d{4}|\d{2})", cell)
    if iso:
        return day_of(*reversed(iso.groups()))
    return day_of(*ours.groups()) if ours else None


CHANNELS = {
    **{channel.value: channel for channel in Channel if channel not in {Channel.WEB, Channel.POLL}},
    "": Channel.LIST, "email": Channel.EMAIL, "mail": Channel.EMAIL, "telephone": Channel.PHONE, "call": Channel.PHONE,
    "letter": Channel.PAPER, "post": Channel.PAPER, "event": Channel.MEETING, "survey": Channel.LIST,
}  # fmt: skip
SPEAKERS = {
    **{speaker.value: speaker for speaker in Speaker},
    "": Speaker.PARENT_CARER, "parent": Speaker.PARENT_CARER, "carer": Speaker.PARENT_CARER,
    "parent or carer": Speaker.PARENT_CARER, "young": Speaker.YOUNG_PERSON, "child": Speaker.CHILD_HELPED,
}  # fmt: skip
ABOUTS = {
    **{about.value: about for about in About},
    "": About.SYSTEM, "system": About.SYSTEM, "own child": About.OWN_CHILD, "child": About.OWN_CHILD,
}  # fmt: skip
TONGUES = {
    "": "en", OTHER: OTHER, "other": OTHER,
    **{code: code for code in LANGUAGES},
    **{name.casefold(): code for code, tongue in LANGUAGES.items() for name in (tongue.name, tongue.english)},
}  # fmt: skip
YES_NO = {
    "": False, **dict.fromkeys(("yes", "y", "true", "1", "x"), True), **dict.fromkeys(("no", "n", "false", "0"), False),
}  # fmt: skip
ALLOWED: dict[str, dict[str, object]] = {
    "channel": dict(CHANNELS), "speaker": dict(SPEAKERS), "about": dict(ABOUTS), "language": dict(TONGUES),
    "may_quote": dict(YES_NO), "tell": dict(YES_NO),
}  # fmt: skip
