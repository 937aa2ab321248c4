"""A brand colour is one that words can be read in."""

import re

import pytest

from pyramid_app.area.rules import GROUND, can_be_read, contrast
from pyramid_app.area.settings import AreaSettings
from pyramid_app.base.paths import folder


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize(
    ("colour", "readable"),
    [("#1d70b8", True), ("#4c2c92", True), ("#00703c", True), ("#ffdd00", False), ("#f47738", False)],
)
def test_dark_colours_can_be_read(colour, readable):
    assert can_be_read(colour) is readable


def test_the_colour_an_area_starts_with_can_be_read():
    assert can_be_read(AreaSettings().brand_colour)


def test_the_ground_is_the_darkest_one_of_the_stylesheet():
    css = (folder("static") / "css" / "app.css").read_text()
    grounds = dict(re.findall(r"--(ground|warm): (#[0-9a-f]{6})", css))
    assert grounds["warm"] == GROUND
    assert contrast("#000000", grounds["ground"]) >= contrast("#000000", GROUND)


@pytest.mark.parametrize("name", ["ink", "muted", "late"])
def test_the_other_colours_of_the_stylesheet_can_be_read(name):
    css = (folder("static") / "css" / "app.css").read_text()
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}})", css)
    assert found
    assert can_be_read(found[1])
