"""A QR code leads exactly where its words say, as SVG and as PNG."""

import re
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyramid_app.kit.charts import qr_png, qr_svg
from tests.support import pdf

SHORT = "https://voice.example.org/q/school-buses-1a2b"
LONG = f"https://parents.a-long-name-of-a-place.example.org/q/{'w' * 60}-1a2b"


@pytest.mark.parametrize("link", [SHORT, LONG, "http://127.0.0.1:8000/q/a-1a2b"])
def test_a_camera_reads_exactly_the_link(tmp_path, link):
    assert pdf.codes(pdf.with_picture("code.svg", qr_svg(link).encode(), tmp_path)) == [link]
    assert pdf.codes(pdf.with_picture("code.png", qr_png(link), tmp_path)) == [link]


def test_the_svg_needs_no_style_and_no_script():
    assert set(re.findall(r"<(\w+)", qr_svg(SHORT))) == {"svg", "path"}
    assert set(re.findall(r"(\w+)=", qr_svg(SHORT))) == {"xmlns", "viewBox", "fill", "stroke", "d"}


@pytest.mark.parametrize("link", [SHORT, LONG])
def test_the_png_is_large_enough_for_a_slide(link):
    width, height = struct.unpack(">II", qr_png(link)[16:24])
    assert width == height
    assert 1000 < width <= 1200


@given(st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True))
@settings(max_examples=10, deadline=None)
def test_equal_links_give_equal_bytes(ref):
    assert (qr_svg(ref), qr_png(ref)) == (qr_svg(ref), qr_png(ref))
