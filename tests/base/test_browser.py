"""The tests' own browser: what a machine without one is told, before any test runs."""

import platform
import sys

import pytest

from tests.support import chromium


@pytest.fixture
def without(monkeypatch, tmp_path):
    """A machine with no browser, on which none was fetched."""
    monkeypatch.delenv("PYRAMID_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "FETCHED", tmp_path / "chromium")


@pytest.mark.parametrize(("system", "processor"), [("linux", "aarch64"), ("darwin", "x86_64")])
def test_where_npm_has_no_browser_one_sentence_names_what_to_install(without, monkeypatch, capsys, system, processor):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: processor)
    with pytest.raises(SystemExit) as ended:
        chromium.main()
    assert ended.value.code == 3
    said = capsys.readouterr().err.strip()
    assert "\n" not in said
    assert "install Chromium (Debian: chromium-headless-shell), or name one in PYRAMID_CHROMIUM." in said


def test_a_named_browser_that_cannot_be_run_is_said(without, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("PYRAMID_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(SystemExit):
        chromium.main()
    assert "which cannot be run" in capsys.readouterr().err


def test_the_machines_own_browser_is_taken_before_one_is_fetched(without, monkeypatch, tmp_path):
    own = tmp_path / "chromium-headless-shell"
    own.touch(mode=0o755)
    chromium.main()
    assert chromium.options()["executable_path"] == str(own)
