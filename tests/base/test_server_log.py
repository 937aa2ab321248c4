"""The real web process, from gunicorn's first line on: JSON only, and nothing of what strangers sent it."""

import json
import socket
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from pydantic import SecretStr

from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import working
from tests.builders import the_area
from tests.conftest import TESTS
from tests.support.databases import copy_of
from tests.support.ports import free_port
from tests.support.processes import Process


def test_every_line_of_a_web_process_is_json(sqlite_template, tmp_path):
    database, port = Database(copy_of(sqlite_template, tmp_path)), free_port()
    with working(database, TESTS) as work:
        the_area(work)
    database.close()
    settings = Settings(
        secret=SecretStr("a secret for tests only"), address=f"http://127.0.0.1:{port}", mail=f"files:{tmp_path / 'l'}",
        keys=tmp_path / "keys", files=tmp_path / "files", database=database.url,
    )  # fmt: skip
    with (tmp_path / "log").open("wb") as log:
        server = Process(settings, "serve", "--port", str(port), log=log)
        try:
            _knock(port, server, tmp_path / "log")
            with socket.create_connection(("127.0.0.1", port)) as stranger:
                stranger.sendall(b"GET /p/canaryword HTTP/canaryword\r\n\r\n")
                assert b"400" in stranger.recv(1000)
        finally:
            server.running.terminate()
            server.running.wait(30)
    written = (tmp_path / "log").read_text()
    events = [json.loads(line)["event"] for line in written.splitlines()]
    assert f"Listening at: http://127.0.0.1:{port} ({server.running.pid})" in events
    assert {"answered", "Invalid request from ip"} <= set(events)
    assert "canaryword" not in written


def _knock(port: int, server: Process, log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10)
        except HTTPError as answer:
            assert answer.code == 503, "no scheduler runs here"
            answer.close()
            return
        except OSError:
            assert server.running.poll() is None, "it ended"
            time.sleep(0.05)
    raise AssertionError(f"the server did not come up: {log.read_text()[-2000:]}")
