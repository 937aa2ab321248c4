"""A phone on a real network: it opens a letter's link, answers, and remembers how long each page took."""

import http.client
import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from urllib.request import HTTPCookieProcessor

AWAY = (urllib.error.URLError, ConnectionError, TimeoutError, http.client.HTTPException)
"""What a phone meets while the server is being started again."""

Fields = dict[str, list[str]]


@dataclass
class Phone:
    """``waits``: seconds for each page, by what was asked. Anything but a good page raises."""

    address: str
    waits: dict[str, list[float]] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self._browser = urllib.request.build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path: str, fields: Fields | None = None, what: str = "page") -> str:
        """GET, or POST where there are fields."""
        data = urllib.parse.urlencode({**fields, "csrf_token": self.token}, doseq=True).encode() if fields else None
        began = time.monotonic()
        with self._browser.open(self.address + path, data, timeout=60) as answer:
            page = str(answer.read().decode())
        self.waits.setdefault(what, []).append(time.monotonic() - began)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return page

    def answer(self, link: str, answers: Fields) -> str:
        """Open the letter's link, press the button, answer, check, send; returns the last page."""
        self.ask(link)
        self.ask(link, {"go": ["on"]})
        self.ask(f"{link}/check", answers)
        return self.ask(f"{link}/cast", answers, "cast")
