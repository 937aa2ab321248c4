"""SVG elements as text that is always escaped; what XML cannot hold is left out."""

import re

from markupsafe import Markup, escape

WIDTH = 320  # units: one is a pixel on the narrowest phone, so sizes here are what a parent sees
TEXT = 16
LINE = 20  # from one line of text to the next
BLUE = "#1d70b8"  # 5.2 : 1 against white, both ways round

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str, *children: str, **attributes: str | float) -> Markup:
    """``tag("text", words, text_anchor="middle", class_="x")``: what is not Markup yet is escaped."""
    words = Markup().join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _plain(value)) for key, value in attributes.items()
    )
    inside = Markup().join(each if isinstance(each, Markup) else escape(_plain(each)) for each in children)
    return Markup("<{name}{words}>{inside}</{name}>").format(name=name, words=words, inside=inside)


def picture(height: float, *children: str, title: str, desc: str, ident: str, kind: str, role: str) -> Markup:
    """The outermost element. Words run left to right from where they are put, also on a right-to-left page."""
    return tag(
        "svg",
        tag("title", title, id=f"{ident}-title"),
        tag("desc", desc, id=f"{ident}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {_plain(height)}",
        width="100%",
        class_=f"chart chart-{kind}",
        role=role,
        aria_labelledby=f"{ident}-title",
        aria_describedby=f"{ident}-desc",
        direction="ltr",
        font_family="Arial, Helvetica, sans-serif",
        font_size=TEXT,
    )


def _plain(value: str | float) -> str:
    return _NOT_XML.sub("", value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
