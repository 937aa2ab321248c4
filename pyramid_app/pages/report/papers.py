"""The blocks of a report as the parts of a PDF and as the lines of a spreadsheet. Pure."""

from collections.abc import Iterator, Sequence

from pyramid_app.kit.paper import Heading, Items, Para, Part, Quote, Table
from pyramid_app.pages.report.words import Block, Counted, Listed, Quotes, Said, Title

Row = tuple[str, str, str, str, str]


def parts_of(name: str, blocks: Sequence[Block]) -> list[Part]:
    """For the paper: the title first, then every block."""
    return [Heading(name, 1), *(part for block in blocks for part in _parts(block))]


def rows_of(blocks: Sequence[Block]) -> list[Row]:
    """A line for each thing said: the part of the report, the topic, what it is, the words, and the same in the
    speaker's language."""
    section, topic, rows = "", "", list[Row]()
    for block in blocks:
        if isinstance(block, Title):
            section, topic = (block.words, "") if block.level == 2 else (section, block.words)
        rows += [(section, topic, *line) for line in _lines(block)]
    return rows


def _parts(block: Block) -> Iterator[Part]:
    match block:
        case Title():
            yield Heading(block.words, block.level)
        case Said():
            yield Para(f"{block.label} {block.words}".strip())
        case Quotes():
            yield Para(block.label)
            for quote in block.quotes:
                yield Quote(quote.words)
                if quote.original:
                    yield Quote(quote.original)
        case Listed():
            yield Para(block.label)
            yield Items([words for words, _ in block.items])
        case Counted():
            yield Table(block.header, block.rows)


def _lines(block: Block) -> Iterator[tuple[str, str, str]]:
    match block:
        case Said():
            yield block.label, block.words, ""
        case Quotes():
            for quote in block.quotes:
                yield block.label, quote.words, quote.original
        case Listed():
            for words, _ in block.items:
                yield block.label, words, ""
        case Counted():
            for what, number in block.rows:
                yield what, number, ""
