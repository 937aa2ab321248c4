"""Laws every page obeys (``DESIGN.md`` 4, law 11): valid HTML, one h1, unique ids, labelled boxes, guarded forms."""

from collections import Counter
from xml.etree.ElementTree import Element

import html5lib

from pyramid_app.base.web.refusals import STYLE


def parse(html: str) -> Element:
    """The page's tree; fails with the parser's own words where the HTML is not valid."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    wrong = [(position, code, facts) for position, code, facts in parser.errors if code not in {"unknown-named-entity"}]
    lines = html.splitlines()
    shown = [f"{code} {facts} at {pos}: {lines[pos[0] - 1].strip()[:160]}" for pos, code, facts in wrong[:3]]
    assert not wrong, f"not valid HTML: {shown}"
    return tree


def check(html: str) -> Element:
    """Every law a page can be held to without a browser; returns the tree."""
    tree = parse(html)
    headings = [words(h) for h in tree.iter("h1")]
    assert len(headings) == 1, f"a page has one h1, this has {headings}"
    title = words(next(iter(tree.iter("title"))))
    assert title, "a page has a title"
    ids = Counter(e.get("id") for e in tree.iter() if e.get("id") is not None)
    assert not [i for i, n in ids.items() if n > 1], f"ids are unique: {[i for i, n in ids.items() if n > 1]}"
    _labelled(tree)
    _guarded(tree)
    _no_inline(tree)
    return tree


def _labelled(tree: Element) -> None:
    labelled = {label.get("for") for label in tree.iter("label")}
    for box in [*tree.iter("input"), *tree.iter("textarea"), *tree.iter("select")]:
        if box.get("type") in {"hidden", "submit", "button"}:
            continue
        assert box.get("id") in labelled or box.get("aria-label"), f"no label: {box.attrib}"


def _guarded(tree: Element) -> None:
    for form in tree.iter("form"):
        if form.get("method", "get").lower() == "post":
            names = [box.get("name") for box in form.iter("input")]
            assert names.count("csrf_token") == 1, f"a POST form carries one CSRF token: {form.attrib}"


def _no_inline(tree: Element) -> None:
    for element in tree.iter():
        assert element.tag != "style" or element.text == STYLE, "the content policy refuses <style>"
        assert element.tag != "script" or element.get("src"), "the content policy refuses inline script"
        inline = [name for name in element.attrib if name == "style" or name.startswith("on")]
        assert not inline, f"the content policy refuses {inline} on {element.tag}"


def words(element: Element | None) -> str:
    """The text a reader sees."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
