"""A link as a QR code, black on white with the quiet edge that cameras need. Equal links give equal bytes."""

import io

import segno

EDGE = 4  # modules, as ISO/IEC 18004 asks
LEAST = "m"  # it can be read with 15 % of it dirty or torn; more where that costs no room
PIXELS = 1200  # about as wide as a PNG gets: sharp on a slide and on half a page of print


def qr_svg(link: str) -> str:
    """An SVG that grows to the room it is given; a page says its words beside it, in ``alt``."""
    out = io.BytesIO()
    _code(link).save(
        out, kind="svg", xmldecl=False, omitsize=True, border=EDGE, svgclass=None, lineclass=None, light="#fff"
    )
    return out.getvalue().decode()


def qr_png(link: str) -> bytes:
    """The same in black and white dots, for programs that show no SVG."""
    code, out = _code(link), io.BytesIO()
    code.save(out, kind="png", border=EDGE, scale=PIXELS // int(code.symbol_size(border=EDGE)[0]))
    return out.getvalue()


def _code(link: str) -> segno.QRCode:
    return segno.make_qr(link, error=LEAST)
