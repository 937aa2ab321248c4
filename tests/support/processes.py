"""The product's own processes, as an operator starts them: run, killed without warning, and started again."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from pyramid_app.base.config import Settings, as_environment

ROOT = Path(__file__).resolve().parents[2]
"""``-m`` looks here first: the processes run this checkout."""


class Process:
    """``pyramid-app WORDS``, in a process group of its own; what it says goes to ``log``, or nowhere."""

    def __init__(self, settings: Settings, *words: str, log: IO[bytes] | None = None) -> None:
        self.words, self.environment, self.log = words, as_environment(settings), log
        self.start()

    def start(self) -> None:
        said = self.log or subprocess.DEVNULL
        self.running = subprocess.Popen(
            [sys.executable, "-m", "pyramid_app.cli", *self.words],
            cwd=ROOT, env=self.environment, start_new_session=True, stdout=said, stderr=said,
        )  # fmt: skip

    def kill(self) -> None:
        """SIGKILL, to it and to all its children."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()

    def has_ended(self, within: float) -> bool:
        """Waits so many seconds for its end."""
        try:
            self.running.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def peak_memory(self) -> int:
        """The most memory it ever held, in kB; 0 once it has ended."""
        try:
            status = Path(f"/proc/{self.running.pid}/status").read_text()
        except FileNotFoundError:
            return 0
        held = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
        return int(held[0]) if held else 0
