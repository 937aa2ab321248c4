"""Which messages say the same thing, so that the desk shows them as one block. Pure, and always the same answer."""

from collections import Counter
from collections.abc import Sequence

from pyramid_app.feedback.suggesting.rules import ALIKE, IN_COMMON
from pyramid_app.feedback.suggesting.stems import stems


def alike(texts: Sequence[str], *, least: float = ALIKE) -> list[list[int]]:
    """Groups of two or more, by places in ``texts``, the biggest first; in each, the one all others are like leads.

    Groups lie round one message. Steps from each to the next would make chains that end where nobody began.
    """
    near = _near([frozenset(stems(text)) for text in texts], least)
    free, groups = set(near), []
    for middle in sorted(near, key=lambda place: (-len(near[place]), texts[place], place)):
        around = [other for other in near[middle] if other in free]
        if middle in free and around:
            groups.append([middle, *around])
            free.difference_update(groups[-1])
    return sorted(groups, key=lambda group: -len(group))


def _near(messages: Sequence[frozenset[str]], least: float) -> dict[int, list[int]]:
    """For each message those that look like it, in order. Only messages that share a word are ever compared.

    Words are not weighed by rarity here: whether two look alike must not hang on what else happens to wait.
    """
    holding: dict[str, list[int]] = {}
    for place, message in enumerate(messages):
        for word in message:
            holding.setdefault(word, []).append(place)
    return {place: _like(place, messages, holding, least * least) for place in range(len(messages))}


def _like(place: int, messages: Sequence[frozenset[str]], holding: dict[str, list[int]], least: float) -> list[int]:
    shared: Counter[int] = Counter()
    for word in messages[place]:
        shared.update(holding[word])
    mine = messages[place]
    return sorted(
        other
        for other, both in shared.items()
        if other != place
        and both * both >= least * len(mine) * len(messages[other])
        and (both >= IN_COMMON or mine == messages[other])
    )
