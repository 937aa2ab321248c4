"""The README names every setting, every package and only those."""

import re
from pathlib import Path

import pytest

from pyramid_app.base.config import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name):
    assert f"`PYRAMID_{name.upper()}`" in README


def test_the_readme_names_no_setting_that_does_not_exist():
    known = {f"PYRAMID_{name.upper()}" for name in Settings.model_fields}
    tests = {"PYRAMID_TEST_POSTGRES", "PYRAMID_CHROMIUM", "PYRAMID_SHOTS"}
    assert set(re.findall(r"PYRAMID_[A-Z]+(?:_[A-Z]+)*", README)) <= known | tests


def test_the_map_shows_every_package():
    packages = {entry.name for entry in (ROOT / "pyramid_app").iterdir() if (entry / "__init__.py").exists()}
    assert {name for name in packages if f"`{name}/`" not in README} == set()
