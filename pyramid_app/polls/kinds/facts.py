"""What a voter may choose to share about her family. It travels inside the envelope, or not at all."""

from collections.abc import Mapping, Sequence

from pyramid_app.kit.say import Say

SHARE = "share-"
"""Before a fact's name, in the boxes of a form and in a sealed answer."""

QUESTIONS: Mapping[str, Say] = {
    "age": Say("How old is your child?"),
    "need": Say("What does your child need most help with?"),
    "setting": Say("Where does your child learn?"),
    "level": Say("How are you involved?"),
}
NAMES: Mapping[str, Say] = {
    "age": Say("By the child's age"),
    "need": Say("By what the child needs help with"),
    "setting": Say("By where the child learns"),
    "level": Say("By how families are involved"),
}

Groups = Mapping[str, Sequence[str]]
"""The groups of each fact that a poll asks for, as they were frozen with it."""


def read_facts(groups: Groups, boxes: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was shared, of what may be shared; anything else is left out, because nobody has to share anything."""
    shared = {}
    for fact, names in groups.items():
        said = [one for one in boxes.get(SHARE + fact, ()) if one in names]
        if len(said) == 1:
            shared[SHARE + fact] = said
    return shared


def fits(groups: Groups, name: str, said: Sequence[str]) -> bool:
    """Whether a sealed ``share-…`` is one that this poll asked for."""
    names = groups.get(name.removeprefix(SHARE), ())
    return name.startswith(SHARE) and len(said) == 1 and said[0] in names


def largest_facts(groups: Groups) -> dict[str, list[str]]:
    return {SHARE + fact: [max(names, key=lambda name: len(name.encode()))] for fact, names in groups.items() if names}
