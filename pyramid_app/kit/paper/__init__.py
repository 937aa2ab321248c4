"""Facts become paper: a tagged PDF (PDF/UA-1) that a screen reader can read. Equal facts give equal bytes. Pure.

``typst`` sets it, with the fonts of one folder and none of the machine's, and refuses what would not be PDF/UA. What
people wrote goes there as data, so it is only ever text. No sentence is made here.
"""

from pyramid_app.kit.paper.document import Document, Heading, Items, Numbered, Para, Part, Quote, Table, document
from pyramid_app.kit.paper.fitting import fitted
from pyramid_app.kit.paper.poster import Poster, poster

__all__ = [
    "Document", "Heading", "Items", "Numbered", "Para", "Part", "Poster", "Quote", "Table", "document",
    "fitted", "poster",
]  # fmt: skip
