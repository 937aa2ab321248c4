"""The load: a process of its own with a few clients, each asking as fast as it is answered, on kept connections.

Reads one order a line as JSON (``port, cell, seconds`` or ``each, clients``), writes one report a line.
"""

import json
import socket
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

CONNECTION_LASTS = 100
"""Requests on one connection. Workers share connections unevenly: new ones now and then even that out."""


class Line:
    """One kept connection. Not ``http.client``: the load shares the cores with what it measures, and must be light."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.left = 0
        self.socket: socket.socket | None = None

    def ask(self, request: bytes) -> int:
        """Send it, read the whole answer; returns its status. Raises ``OSError`` or ``ValueError``."""
        if self.socket is None or self.left == 0:
            self._connect()
        assert self.socket
        self.left -= 1
        self.socket.sendall(request)
        got = self._more(b"")
        while b"\r\n\r\n" not in got:
            got = self._more(got)
        head, _, body = got.partition(b"\r\n\r\n")
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        missing = int(fields[b"content-length"]) - len(body)
        while missing > 0:
            missing -= len(self._more(b""))
        if fields.get(b"connection") == b"close":
            self.close()
        return int(head[9:12])

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def _connect(self) -> None:
        self.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.left = CONNECTION_LASTS

    def _more(self, got: bytes) -> bytes:
        assert self.socket
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("closed before the answer was whole")
        return got + part


class Client(threading.Thread):
    """One of several: takes every so-manieth request in turn, so that no two clients are the same person."""

    def __init__(self, port: int, requests: list[bytes], expected: int, until: float, most: int | None) -> None:
        super().__init__(daemon=True)
        self.line = Line(port)
        self.requests, self.expected = requests, expected
        self.until, self.most = until, most
        self.waits: list[float] = []
        self.failures: Counter[str] = Counter()

    def run(self) -> None:
        number = 0
        while time.monotonic() < self.until and (self.most is None or number < self.most):
            self._ask(self.requests[number % len(self.requests)])
            number += 1
        self.line.close()

    def _ask(self, request: bytes) -> None:
        began = time.perf_counter()
        try:
            status = self.line.ask(request)
        except (OSError, ValueError, KeyError) as broken:
            self.failures[f"{type(broken).__name__}: {broken}"] += 1
            self.line.close()
            return
        self.waits.append((time.perf_counter() - began) * 1000)
        if status != self.expected:
            self.failures[f"status {status} instead of {self.expected}"] += 1


def drive(plan: dict[str, Any], order: dict[str, Any]) -> dict[str, Any]:
    """Carry out one order: for so many ``seconds``, or ``each`` client so many requests."""
    cell = plan["cells"][order["cell"]]
    requests = [text.encode() for text in cell["requests"]]
    began, clients = time.monotonic(), order["clients"]
    until = began + order.get("seconds", 600)
    crew = [
        Client(order["port"], requests[number::clients], cell["status"], until, order.get("each"))
        for number in range(clients)
    ]
    for client in crew:
        client.start()
    for client in crew:
        client.join()
    return {
        "seconds": time.monotonic() - began,
        "waits": [wait for client in crew for wait in client.waits],
        "failures": sum((client.failures for client in crew), Counter()),
    }


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text())
    for order in sys.stdin:
        print(json.dumps(drive(plan, json.loads(order))), flush=True)


if __name__ == "__main__":
    main()
