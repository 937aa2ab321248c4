"""A picture is made anew from its points: upright, smaller, without what it says of place, time and camera."""

from io import BytesIO

from PIL import Image, ImageOps

from pyramid_app.base.errors import Invalid
from pyramid_app.base.files.rules import BROKEN_PICTURE, PICTURE_TOO_LARGE, Kind

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_POINTS = {"JPEG": 30_000_000, "MPO": 30_000_000}
MOST_POINTS_OF_OTHERS = 12_500_000
"""A photograph is made smaller while it is unpacked; any other picture has to be unpacked whole."""
LONGEST_SIDE = 2000
PNG_MOST = 1_500_000
"""Bytes: a larger PNG is a photograph, and kept as JPEG."""

SIGNS = {b"\xff\xd8\xff": 0, b"\x89PNG\r\n\x1a\n": 0, b"GIF87a": 0, b"GIF89a": 0, b"WEBP": 8}
"""How each begins, and after how many bytes."""


def is_picture(data: bytes) -> bool:
    return any(data[at : at + len(sign)] == sign for sign, at in SIGNS.items())


def made_anew(data: bytes) -> tuple[Kind, bytes, tuple[int, int]]:
    """The picture as it is kept, and its width and height. Of several frames the first. Raises ``Invalid``."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_POINTS.get(opened.format or "", MOST_POINTS_OF_OTHERS):
                raise Invalid({"file": PICTURE_TOO_LARGE})
            lossless = opened.format in {"PNG", "GIF"}
            whole = _small(opened)
    except Invalid:
        raise
    except Exception as broken:  # a parser may stumble in any way over what strangers made
        raise Invalid({"file": BROKEN_PICTURE}) from broken
    if lossless:
        drawn = _written(whole, "PNG", optimize=True)
        if len(drawn) <= PNG_MOST:
            return Kind.PNG, drawn, whole.size
    return Kind.JPEG, _written(_on_white(whole), "JPEG", quality=85, optimize=True, progressive=True), whole.size


def _small(opened: Image.Image) -> Image.Image:
    """Upright and small, and nothing but points. Made small first: each further copy costs as much memory again."""
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    wanted = "RGBA" if opened.has_transparency_data else "RGB"
    smaller = opened if opened.mode in {"RGB", "RGBA"} else opened.convert(wanted)
    smaller.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    whole = ImageOps.exif_transpose(smaller).convert(wanted)
    whole.info.clear()  # the writers would take a comment or a colour profile from here
    return whole


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _written(picture: Image.Image, form: str, **how: bool | int) -> bytes:
    out = BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()
