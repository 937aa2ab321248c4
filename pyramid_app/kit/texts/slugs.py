"""The readable part of an address. Pure."""

import re


def slug(title: str, *, letters: int = 60, empty: str) -> str:
    """The first whole words of a title, in so many letters; ``empty`` where no letter of it can stand in an address."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    short = words if len(words) <= letters else words[: letters + 1].rpartition("-")[0] or words[:letters]
    return short or empty
