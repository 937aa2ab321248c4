"""A proxy's log in the usual ``combined`` format, and somebody who has it beside a dump of the database, and no key."""

import re
from base64 import urlsafe_b64decode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pyramid_app.base import clock
from tests.support.dump import Dump

COMBINED = re.compile(
    r'(?P<address>\S+) - - \[(?P<at>[^]]+)\] "(?P<method>\S+) (?P<path>\S+) \S+" (?P<status>\d+) (?P<size>\S+) '
)
WHEN = "%d/%b/%Y:%H:%M:%S %z"


class WebLog:
    """Stands before the application, as a proxy does, and writes a line for each request."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app
        self.lines: list[str] = []

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def answered(status: str, headers: Sequence[tuple[str, str]], *rest: Any) -> Any:
            size = dict(headers).get("Content-Length", "-")
            asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} HTTP/1.1"
            at = f"{clock.now():{WHEN}}"
            self.lines.append(f'{environ["REMOTE_ADDR"]} - - [{at}] "{asked}" {status[:3]} {size} "-" "a phone"')
            return start_response(status, headers, *rest)

        return self.app(environ, answered)


@dataclass(frozen=True)
class Line:
    """What a line says. ``size`` in bytes."""

    address: str
    at: datetime
    method: str
    path: str
    status: int
    size: int

    @property
    def first(self) -> str:
        return self.path.split("/")[1]


def read(lines: Iterable[str]) -> list[Line]:
    return [_line(found) for line in lines if (found := COMBINED.match(line))]


def _line(found: re.Match[str]) -> Line:
    size = found["size"]
    at = datetime.strptime(found["at"], WHEN).astimezone(UTC)
    return Line(
        found["address"], at, found["method"], found["path"], int(found["status"]), int(size) if size.isdigit() else 0
    )


@dataclass
class Reader:
    """Has the log and the dump. She wants to know of each network address who it is, and what it said."""

    lines: list[Line]
    rows: Dump
    by_door: defaultdict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for line in self.lines:
            if line.method == "POST" and line.path.endswith("/check") and line.status == 200:
                self.by_door[line.first].append(line)

    # Who --------------------------------------------------------------------------------------------------------------

    def who(self) -> dict[str, str]:
        """By network address, the person's id (hex) that can be read in an address, or fits in time."""
        return {**self._by_time(), **self._by_token()}

    def _by_token(self) -> dict[str, str]:
        people = {_hex(row["id"]) for row in self.rows["person"]}
        return {
            line.address: person
            for line in self.lines
            for part in line.path.split("/")[2:]
            for person in _windows(part) & people
        }

    def _by_time(self) -> dict[str, str]:
        """What leads elsewhere after a code falls on what the audit log says of a person."""
        begun = {
            int(_moment(row["at"]).timestamp()): _hex(row["subject"].rpartition(":")[2])
            for row in self.rows["audit_entry"]
            if row["did"] in {"session:begun", "person:added"}
        }
        return {
            line.address: begun[int(line.at.timestamp())]
            for line in self.lines
            if line.status == 303 and line.path.endswith(("/code", "/cast")) and int(line.at.timestamp()) in begun
        }

    # What -------------------------------------------------------------------------------------------------------------

    def what(self, sizes: Mapping[str, int]) -> dict[str, str]:
        """By network address, the answer whose page would be as long. ``sizes``: what a visitor sees for each answer;
        other doors have other pages, but in the same order."""
        said, order = {}, sorted(sizes, key=lambda answer: sizes[answer])
        for lines in self.by_door.values():
            lengths = sorted({line.size for line in lines})
            for line in lines:
                place = lengths.index(line.size) * len(order) // len(lengths)
                said[line.address] = order[place]
        return said

    def words(self, places: int) -> dict[str, str]:
        """By network address, the words in the database that alone are as long as what its page holds so many times."""
        by_length: defaultdict[float, set[str]] = defaultdict(set)
        for row in self.rows["voice_text"]:
            by_length[len(row["text"])].add(row["text"])
        found = {}
        for lines in self.by_door.values():
            rest = Counter(line.size - places * length for line in lines for length in by_length).most_common(1)[0][0]
            lengths = Counter(line.size for line in lines)
            for line in lines:
                whose = by_length.get((line.size - rest) / places, set())
                if len(whose) == lengths[line.size] == 1:
                    (found[line.address],) = whose
        return found


def _windows(part: str) -> set[str]:
    """Every 16 bytes in a row of what it decodes to, whole or up to a dot, as hex."""
    found = set()
    for text in {part, part.partition(".")[0]}:
        letters = re.sub(r"[^A-Za-z0-9_-]", "", text)
        for skip in range(4):
            inside = urlsafe_b64decode(letters[skip:][: (len(letters) - skip) // 4 * 4])
            found |= {inside[at : at + 16].hex() for at in range(len(inside) - 15)}
    return found


def _hex(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value).replace("-", "")


def _moment(value: Any) -> datetime:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return at if at.tzinfo else at.replace(tzinfo=UTC)
