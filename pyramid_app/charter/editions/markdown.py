"""A charter as Markdown: what is written is read back to the same words. Pure.

Headings are principles, what stands under a heading is its meaning, every item of a list is a promise; what else it
says stands in lines that begin with a label. Nothing is left out in silence: what cannot be read is named by its line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pyramid_app.charter.rules import Says
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.tidy import tidy, without_unseen

# HTML, links and pictures stay text as they were typed. What would swallow a line (the address of a link, a block of
# code that is only an indent) is no Markdown here.
MARKDOWN = (
    MarkdownIt("commonmark", {"html": False}).disable(["reference", "code", "html_block"])
    .disable(["link", "image", "autolink", "html_inline"])
)  # fmt: skip

ASKS = "We ask that you"
MADE_BY = "Made by"
SAYS = {
    MADE_BY: Says.KEEPS,
    "Can keep it if": Says.IF,
    "Cannot keep it": Says.CANNOT,
    "Has not said": Says.SILENT,
}
LINES = {
    "How we will know": "how_we_know",
    "By when": "timescale",
    "Looked after by": "owner_role",
    "Look at it again on": "review_on",
}
LABELS = {label.casefold(): label for label in (ASKS, *SAYS, *LINES)}
LABEL = re.compile(rf"[*_]{{0,2}}({'|'.join(LABELS)})[*_]{{0,2}}[ ]*:[*_]{{0,2}}(?: +|$)", re.IGNORECASE)
_HARD = re.compile(r"(?:^|[^\\])(?:\\\\)*\\$")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")


@dataclass(frozen=True)
class Problem:
    """A line that has to be mended, and why. 0: the whole."""

    line: int
    why: Say


@dataclass(frozen=True)
class Named:
    """A partner as it was written, and what it said."""

    name: str
    says: Says = Says.KEEPS
    condition: str = ""


@dataclass(frozen=True)
class PromiseRead:
    line: int
    text: str
    how_we_know: str = ""
    timescale: str = ""
    owner_role: str = ""
    review_on: date | None = None
    makers: tuple[Named, ...] = ()
    asks: bool = False


@dataclass(frozen=True)
class PrincipleRead:
    line: int
    name: str
    meaning: str = ""
    promises: tuple[PromiseRead, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class Read:
    introduction: str = ""
    principles: tuple[PrincipleRead, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(source: str) -> Read:
    """What a text says as a charter, and which of its lines say nothing that we can read."""
    reader = _Reader()
    for node in SyntaxTreeNode(MARKDOWN.parse(without_unseen(source))).children:
        reader.take(node)
    return reader.whole()


def words_of(raw: str) -> str:
    """The plain words of a line of Markdown."""
    tokens = (token for block in MARKDOWN.parseInline(raw) for token in block.children or [])
    return tidy("".join({"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content) for token in tokens))


@dataclass
class _Reader:
    introduction: list[str] = field(default_factory=list)
    principles: list[PrincipleRead] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, node: SyntaxTreeNode) -> None:
        match node.type:
            case "heading":
                name = words_of(node.children[0].content)
                self.principles.append(PrincipleRead(_line(node), name, level=int(node.tag[1:])))
            case "paragraph":
                self._paragraph(node)
            case "bullet_list" | "ordered_list":
                for item in node.children:
                    self._item(item)
            case "hr":
                pass
            case _:
                self._unread(node)

    def _paragraph(self, node: SyntaxTreeNode) -> None:
        said = words_of(node.children[0].content)
        if not self.principles:
            self.introduction.append(said)
        elif self.principles[-1].promises:
            self._unread(node, "This stands after a list, and is no part of it: {words}")
        else:
            last = self.principles[-1]
            self.principles[-1] = replace(last, meaning=f"{last.meaning}\n\n{said}".strip())

    def _item(self, node: SyntaxTreeNode) -> None:
        if not self.principles:
            self._unread(node, "This promise stands before any heading, so it is part of no principle: {words}")
            return
        promise = _Promise(_line(node), self.problems)
        for part in node.children:
            if part.type == "paragraph":
                promise.take(_logical_lines(part))
            elif part.type in {"bullet_list", "ordered_list"}:
                for item in part.children:
                    self._said(promise, item)
            else:
                self._unread(part)
        last = self.principles[-1]
        self.principles[-1] = replace(last, promises=(*last.promises, promise.whole()))

    def _said(self, promise: "_Promise", item: SyntaxTreeNode) -> None:
        for part in item.children:
            if part.type == "paragraph":
                promise.take(_logical_lines(part), labelled=True)
            else:
                self._unread(part)

    def _unread(self, node: SyntaxTreeNode, why: str = "We can’t read this as part of a charter: {words}") -> None:
        words = " ".join(one.content for one in node.walk() if one.type in {"inline", "fence", "code_block"})
        self.problems.append(Problem(_line(node), Say(why, words=_short(words))))

    def whole(self) -> Read:
        principles = self.principles
        others = principles[1:]
        if others and not principles[0].promises and principles[0].level < min(one.level for one in others):
            # The title of the whole, and what stands under it.
            self.introduction.append(principles[0].meaning)
            principles = others
        if not principles:
            self.problems.append(
                Problem(0, Say("There is no heading. Each principle begins with a line like: ## We listen"))
            )
        for one in principles:
            if not one.promises:
                self.problems.append(
                    Problem(one.line, Say("No promise stands under this heading: {name}", name=_short(one.name)))
                )
        found = sorted(self.problems, key=lambda problem: problem.line)
        return Read("\n\n".join(filter(None, self.introduction)), tuple(principles), tuple(found))


@dataclass
class _Promise:
    """An item of a list while it is read."""

    line: int
    problems: list[Problem]
    text: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    makers: list[Named] = field(default_factory=list)
    review_on: date | None = None
    asks: bool = False

    def take(self, lines: Sequence[tuple[int, str]], *, labelled: bool = False) -> None:
        """A paragraph: words, and lines that begin with a label. A line without one goes on with what stood before."""
        entries: list[tuple[int, str, str]] = []
        for number, raw in lines:
            found = LABEL.match(raw)
            if found:
                entries.append((number, LABELS[found[1].casefold()], raw[found.end() :]))
            elif entries:
                line, label, before = entries[-1]
                entries[-1] = (line, label, f"{before}\n{raw}")
            else:
                entries.append((number, "", raw))
        for line, label, raw in entries:
            self._one(line, label, words_of(raw), labelled=labelled)

    def _one(self, line: int, label: str, said: str, *, labelled: bool) -> None:
        if label in SAYS:
            self.makers += _named(SAYS[label], said)
        elif label in LINES and LINES[label] not in self.said:
            self.said[LINES[label]] = said
            if LINES[label] == "review_on":
                self._day(line, said)
        elif not label and not labelled:
            self.text.append(said)
        elif label == ASKS and not self.text and not labelled:
            self.asks = True
            self.text.append(said)
        else:
            self.problems.append(Problem(line, Say("We don’t know what this line is: {words}", words=_short(said))))

    def _day(self, line: int, said: str) -> None:
        found = _DAY.match(said)
        try:
            self.review_on = date(*map(int, found.groups())) if found else None
        except ValueError:
            self.review_on = None
        if self.review_on is None:
            self.problems.append(Problem(line, Say("Write this day like 2027-03-31: {words}", words=_short(said))))

    def whole(self) -> PromiseRead:
        text = "\n\n".join(filter(None, self.text))
        if not text:
            self.problems.append(Problem(self.line, Say("This promise is empty.")))
        self.said.pop("review_on", None)
        return PromiseRead(
            self.line, text, review_on=self.review_on, makers=tuple(self.makers), asks=self.asks, **self.said
        )


def _named(says: Says, said: str) -> Iterator[Named]:
    """``Made by`` names several; beside a condition stands one."""
    if says in {Says.IF, Says.CANNOT}:
        name, _colon, condition = said.partition(":")
        yield Named(name.strip(), says, condition.strip())
        return
    for name in re.split(r"\s*;\s*" if ";" in said else r"\s*,\s*", said):
        if name:
            yield Named(name, says)


def _logical_lines(paragraph: SyntaxTreeNode) -> list[tuple[int, str]]:
    """Its lines by number; one that ends with a hard break goes on in the next."""
    found: list[tuple[int, str]] = []
    goes_on = False
    for at, raw in enumerate(paragraph.children[0].content.split("\n"), start=_line(paragraph)):
        if goes_on:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{raw}")
        else:
            found.append((at, raw))
        goes_on = bool(_HARD.search(raw))
    return found


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 0


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
