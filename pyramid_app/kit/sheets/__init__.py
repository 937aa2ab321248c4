"""Facts become files for a spreadsheet: CSV and XLSX. Equal facts give equal bytes. Pure.

Nothing that somebody wrote is ever run: a cell that would begin a formula is text in either file.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

Value = str | int

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a CSV cell for a formula."""
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same in every file: when it was fetched is nobody's affair."""
WIDEST = 60
LONGEST = 31
"""Of a sheet's name, in the units of UTF-16 in which a workbook counts."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; ``rows`` may be shorter than the header."""

    name: str
    header: Sequence[Value]
    rows: Sequence[Sequence[Value]]


def csv_text(rows: Sequence[Sequence[Value]]) -> str:
    """RFC 4180 with a byte-order mark, as spreadsheets expect it."""
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out).writerows([_safe(value) for value in row] for row in rows)
    return out.getvalue()


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a sheet for each table, headers in bold and frozen."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": MADE_AT})
        bold, taken = book.add_format({"bold": True}), set[str]()
        for sheet in sheets:
            page = book.add_worksheet(_name(sheet.name, taken))
            page.write_row(0, 0, sheet.header, bold)
            page.freeze_panes(1, 0)
            for number, row in enumerate(sheet.rows, start=1):
                page.write_row(number, 0, row)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
    return out.getvalue()


def _safe(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def _name(wanted: str, taken: set[str]) -> str:
    """At most 31 characters, none that a workbook forbids, and no name twice."""
    name, number = _fit(wanted, LONGEST) or "Sheet", 2
    while name.casefold() in taken or name.casefold() == "history":
        tail = f" {number}"
        name, number = (_fit(wanted, LONGEST - len(tail)) or "Sheet") + tail, number + 1
    taken.add(name.casefold())
    return name


def _fit(wanted: str, letters: int) -> str:
    """Cut first, then cleaned: what is cut off may have hidden a sign that no name may end with."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]", " ", wanted).strip(" '")
    while len(plain.encode("utf-16-le")) > 2 * letters:
        plain = plain[:-1]
    return plain.strip(" '")


def _widths(sheet: Sheet) -> list[int]:
    columns = max(len(row) for row in (sheet.header, *sheet.rows))
    return [
        min(WIDEST, 2 + max((len(str(row[at])) for row in (sheet.header, *sheet.rows) if at < len(row)), default=8))
        for at in range(columns)
    ]
