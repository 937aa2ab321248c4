"""A charter written as Markdown, so that ``markdown.read`` finds the same words in it. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from pyramid_app.charter.editions.markdown import ASKS, LABEL, LINES, SAYS
from pyramid_app.charter.editions.rules import MakerLike, PromiseLike
from pyramid_app.charter.rules import Says

_ALWAYS = re.compile(r"[\\`*_\[\]<#]|&(?=#?\w+;)")
_FIRST = re.compile(r"(?:[-+>~=]|\d+(?=[.)])(?P<mark>[.)]))")
_BETWEEN = re.compile(r"[,;:]")


class PrincipleLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def meaning(self) -> str: ...


def write(title: str, introduction: str, principles: Sequence[tuple[PrincipleLike, Sequence[PromiseLike]]]) -> str:
    """The whole edition. Numbers are not in it: where a charter is brought in, promises get their own."""
    blocks = [f"# {plain(title)}", *_paragraphs(introduction)]
    for principle, promises in principles:
        blocks += [f"## {plain(principle.name)}", *_paragraphs(principle.meaning)]
        blocks += ["\n".join(_promise(one)) for one in promises]
    return "\n\n".join(blocks) + "\n"


def _promise(one: PromiseLike) -> Iterator[str]:
    words = one.words
    text = plain(words.text, "  ")
    if words.asks:
        yield f"- {ASKS}: {text}"
    else:
        # Its own first words may look like a label.
        yield "- " + (text.replace(":", "\\:", 1) if LABEL.match(text) else text)
    for label, name in LINES.items():
        said = getattr(words, name)
        if said:
            yield f"  - {label}: {said.isoformat() if name == 'review_on' else plain(said, '    ')}"
    for maker in one.makers:
        yield f"  - {_label(maker.says)}: {_called(maker, one.makers)}"


def _label(says: Says) -> str:
    return next(label for label, means in SAYS.items() if means is says)


def _called(maker: MakerLike, all_of_them: Sequence[MakerLike]) -> str:
    """By its name; by its slug where the name has a sign in it that stands between names, or is another's."""
    twice = sum(one.name.casefold() == maker.name.casefold() for one in all_of_them) > 1
    name = maker.slug if twice or _BETWEEN.search(maker.name) else plain(maker.name)
    has_condition = maker.says in {Says.IF, Says.CANNOT} and maker.condition
    return f"{name}: {plain(maker.condition, '    ')}" if has_condition else name


def plain(words: str, indent: str = "") -> str:
    """Words that mean nothing in Markdown. A line goes on in the next one after a backslash."""
    return f"\\\n{indent}".join(_line(line) for line in words.split("\n"))


def _line(words: str) -> str:
    said = _ALWAYS.sub(lambda found: f"\\{found[0]}", words)
    first = _FIRST.match(said)
    if first is None:
        return said
    at = first.start("mark") if first["mark"] else 0
    return f"{said[:at]}\\{said[at:]}"


def _paragraphs(words: str) -> list[str]:
    return [plain(paragraph) for paragraph in words.split("\n\n") if paragraph]
