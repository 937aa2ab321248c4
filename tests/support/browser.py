"""A browser without JavaScript for tests: it reads pages, fills in forms, presses buttons, follows redirects."""

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from pyramid_app.accounts import service
from pyramid_app.accounts.models import Person
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.web.house import House
from pyramid_app.base.work import working
from tests.support import pages


class Browser:
    """One person's browser. Every HTML page it gets is held to the laws of ``pages.check``."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.answer: TestResponse = TestResponse([], "200 OK", {}, None)  # type: ignore[arg-type]
        self.tree: Element | None = None
        self.loads = 0

    # What is on the screen -------------------------------------------------------------------------------------------

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def html(self) -> str:
        return self.answer.get_data(as_text=True)

    @property
    def text(self) -> str:
        """The words of the page's body, spaces folded."""
        body = next(iter(self.tree.iter("body")), None) if self.tree is not None else None
        return pages.words(body) if body is not None else self.html

    @property
    def path(self) -> str:
        return self.answer.request.path

    def buttons(self) -> list[str]:
        return [pages.words(button) for _form, button in self._buttons()]

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        for anchor in self._all("a"):
            if pages.words(anchor) == words:
                return anchor.get("href") or ""
        raise AssertionError(f"no link {words!r}; links: {[pages.words(a) for a in self._all('a')]}")

    def behind(self, label: str) -> dict[str, str]:
        """The box or choice with this label, as ``press`` takes it."""
        box = next(one.get("for") for one in self._all("label") if pages.words(one) == label)
        found = next(one for one in self._all("input") if one.get("id") == box)
        return {found.get("name") or "": found.get("value") or "y"}

    # What a person does ----------------------------------------------------------------------------------------------

    def get(self, path: str, **extra: Any) -> "Browser":
        return self._show(self.client.get(_path(path), **extra))

    def follow(self, words: str) -> "Browser":
        return self.get(self.link(words))

    def press(self, button: str, **fields: Any) -> "Browser":
        """Fill in ``fields`` of the form with that button, leave the others as they are, and press it.

        A value of ``None`` empties a field; a list ticks several boxes; a ``FileStorage`` is a file that is chosen.
        """
        form, pressed = self._find(button)
        data = _filled(form)
        if pressed.get("name"):
            data[pressed.get("name")] = [pressed.get("value") or ""]
        for name, value in fields.items():
            data[name] = [] if value is None else value if isinstance(value, list) else [value]
        path = pressed.get("formaction") or form.get("action") or self.answer.request.full_path.rstrip("?")
        if any(isinstance(value, FileStorage) for values in data.values() for value in values):
            assert form.get("enctype") == "multipart/form-data", "such a form sends the name of a file only"
            return self._show(self._send_files(_path(path), data))
        send = self.client.post if form.get("method", "get").lower() == "post" else self.client.get
        key = "data" if send == self.client.post else "query_string"
        return self._show(send(_path(path), **{key: {n: [str(v) for v in vs] for n, vs in data.items()}}))

    def post(self, path: str, data: dict[str, Any]) -> "Browser":
        """A POST made by hand, with a good CSRF token unless ``csrf_token`` is given."""
        data = {"csrf_token": self.csrf(), **data}
        return self._show(self.client.post(path, data=data))

    def csrf(self) -> str:
        """A CSRF token of this browser's session."""
        html = self.client.get("/sign-in").get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        assert found
        return found[1]

    def sign_in(self, person: Person, *, staff: bool = False) -> "Browser":
        """Signed in as ``person``, as if they had typed their code."""
        house: House = self.app.extensions["pyramid"]
        secret = house.settings.secret.get_secret_value()
        with working(house.database, NOBODY) as work:
            token = service.begin_session(work, secret, person.id)
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"], cookie["_fresh"] = token, True
        return self.hat("staff") if staff else self

    def hat(self, hat: str) -> "Browser":
        return self.post("/hat", {"hat": hat})

    # How ------------------------------------------------------------------------------------------------------------

    def _show(self, answer: TestResponse) -> "Browser":
        for _ in range(5):
            if answer.status_code not in {302, 303, 307, 308}:
                break
            answer = self.client.get(_path(answer.location))
        self.answer, self.tree = answer, None
        self.loads += 1
        if answer.mimetype == "text/html" and self.html.lstrip().lower().startswith("<!doctype"):
            self.tree = pages.check(self.html)
        return self

    def _send_files(self, path: str, data: dict[Any, list[Any]]) -> TestResponse:
        border, body = encode_multipart(MultiDict(data))
        return self.client.post(path, data=body, content_type=f"multipart/form-data; boundary={border}")

    def _all(self, tag: str) -> list[Element]:
        return list(self.tree.iter(tag)) if self.tree is not None else []

    def _buttons(self) -> list[tuple[Element, Element]]:
        return [
            (form, button)
            for form in self._all("form")
            for button in form.iter()
            if button.tag == "button" or (button.tag == "input" and button.get("type") == "submit")
        ]

    def _find(self, words: str) -> tuple[Element, Element]:
        for form, button in self._buttons():
            if words in {pages.words(button), button.get("value")}:
                return form, button
        raise AssertionError(f"no button {words!r} on {self.path} ({self.status}); buttons: {self.buttons()}")


def _filled(form: Element) -> dict[Any, list[str]]:
    """What the form would send as it stands."""
    data: dict[Any, list[str]] = {}
    for box in form.iter():
        name = box.get("name")
        if not name or box.get("disabled") is not None:
            continue
        if box.tag == "input" and box.get("type") in {"radio", "checkbox"}:
            if box.get("checked") is not None:
                data.setdefault(name, []).append(box.get("value") or "y")
        elif box.tag == "input" and box.get("type") not in {"submit", "button", "file"}:
            data.setdefault(name, []).append(box.get("value") or "")
        elif box.tag == "textarea":
            data.setdefault(name, []).append("".join(box.itertext()).removeprefix("\n"))
        elif box.tag == "select":
            chosen = [o for o in box.iter("option") if o.get("selected") is not None] or list(box.iter("option"))[:1]
            data.setdefault(name, []).extend(o.get("value", pages.words(o)) or "" for o in chosen)
    return data


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
