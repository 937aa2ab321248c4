"""What a representative can say, and how what all of them said reads. Pure."""

from enum import StrEnum

from pyramid_app.kit.say import Say


class Did(StrEnum):
    ASKED = "reps:asked"
    SAID = "reps:said"


class View(StrEnum):
    AGREE = "agree"
    DISAGREE = "do not agree"


NOT_ASKED = Say("they were not asked.")
SILENT = Say("they have been asked, and have not said yet.")


def what_is_wrong_with_view(view: View | None, because: str) -> dict[str, Say]:
    """No view, or a no without its reason."""
    if view is None:
        return {"view": Say("Choose one.")}
    if view is View.DISAGREE and not because:
        return {"because": Say("Say why you do not agree. Families read it.")}
    return {}


def in_words(asked: Say, said: Say, agree: Say, disagree: Say, which: frozenset[View]) -> Say:
    """One line for all of them; ``which``: the views that at least one of them has."""
    if not which:
        return SILENT
    if which == {View.AGREE}:
        return Say("they agree. {said} of {asked} said what they think.", said=said, asked=asked)
    if which == {View.DISAGREE}:
        return Say("they do not agree. {said} of {asked} said what they think.", said=said, asked=asked)
    return Say(
        "{said} of {asked} said what they think. They agree: {agree}. They do not agree: {disagree}.",
        said=said, asked=asked, agree=agree, disagree=disagree,
    )  # fmt: skip
