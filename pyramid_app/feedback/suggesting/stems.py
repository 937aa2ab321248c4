"""What a message is made of: its words in lower case, without those every sentence needs, cut to their stems. Pure."""

import re
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

PLAIN_WORDS = """
a also an and any are as at be been being but by for from had has have having he her hers him his i i'd i'll
i'm i've if in into is it it's its just me my of on or our ours quite really she so some such than that that's the
their theirs them then there these they they're this those to too us very was we we're we've were which who will
with would you your
"""
"""Words that say nothing of the subject. "Not", "never", "more", "before", "should" do, and stay."""

PLAIN = frozenset(PLAIN_WORDS.split())

SINGULAR = {"buses": "bus", "busses": "bus", "children": "child", "crises": "crisis", "diagnoses": "diagnosis"}
"""What families write of often, and the rules of English endings get wrong."""


def stems(words: str) -> list[str]:
    """The stems in their order; where a message has nothing but plain words, those."""
    found = WORD.findall(words.lower().replace("’", "'"))
    return [stem(word) for word in [word for word in found if word not in PLAIN] or found]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """``waits`` and ``waiting`` are one. A stemmer of its own for each new word: they are not made for threads."""
    return str(EnglishStemmer().stemWord(SINGULAR.get(word, word)))
