"""Decides which totals of a question are shown, and which are counted together so that no one can be known.

Single choice and several choices follow one rule, because it looks only at each option beside all who answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyramid_app.kit.disclosure.count import Count, _firm, _number
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.disclosure.share import whole_percent
from pyramid_app.kit.say import Say

Tallies = Mapping[str, Count] | Sequence[tuple[str, Count]]


@dataclass(frozen=True)
class Line:
    """One line of a result: how often its options were chosen, in all.

    Several options make the merged line; they stand as on the paper, never by size. Where people chose more than
    one option, its number counts choices, not people, and has no percentage.
    """

    options: tuple[str, ...]
    number: int
    percent: int | None

    @property
    def merged(self) -> bool:
        """Whether this is the line of the options that are counted together."""
        return len(self.options) > 1


@dataclass(frozen=True)
class QuestionShown:
    """Either ``lines``, or ``words`` that say why there are none; ``note`` belongs below a merged line."""

    words: Say | None
    lines: tuple[Line, ...] = ()
    note: Say | None = None


def show_question(
    answered: Count, tallies: Tallies, limits: Limits = DEFAULTS, *, ordered: bool = False
) -> QuestionShown:
    """The totals of one whole question (DESIGN 8 "Small numbers").

    ``answered``: people who chose at least one option here. ``tallies``: each option, as on the paper, with the
    people who chose it. ``ordered``: lines stand as on the paper (a scale has its order), not by size. Raises
    ``ValueError`` when an option has more people than answered.

    Which lines there are follows from the firm answers alone, so that a reader who can subtract all others is left
    with what he would have read without them.
    """
    options = list(tallies.items() if isinstance(tallies, Mapping) else tallies)
    if any(count > answered for _, count in options):
        raise ValueError("More people chose an option than answered the question.")
    if answered < limits.question_answers:
        return QuestionShown(_too_few(answered, limits))
    lines = _lines(options, answered, limits, ordered)
    if len(lines) < 2:
        return QuestionShown(_too_much_alike())
    return QuestionShown(None, lines, _counted_together() if lines[-1].merged else None)


def _lines(options: list[tuple[str, Count]], answered: Count, limits: Limits, ordered: bool) -> tuple[Line, ...]:
    """Every option in exactly one line, the merged line last."""
    total, with_percent = _number(answered), answered >= limits.percentages
    merged = _merged([_firm(count) for _, count in options], _firm(answered), limits)
    numbers = [_number(count) for _, count in options]
    lines = [
        Line((option,), number, whole_percent(number, total) if with_percent else None)
        for at, ((option, _), number) in enumerate(zip(options, numbers, strict=True))
        if at not in merged
    ]
    if not ordered:
        lines.sort(key=lambda line: -line.number)
    if merged:
        # Where choices and people differ in number, someone may stand in the merged line twice: no percentage.
        once_each = sum(numbers) == total
        number = sum(numbers[at] for at in merged)
        percent = whole_percent(number, total) if with_percent and once_each else None
        lines.append(Line(tuple(options[at][0] for at in sorted(merged)), number, percent))
    return tuple(lines)


def _merged(numbers: list[int], total: int, limits: Limits) -> set[int]:
    """Which positions are counted together: those chosen by few or by all, then the next smallest until it is safe.

    Equal numbers join together: if the paper's order chose between them, knowing this rule would tell who is who.
    """
    alone = {at for at, number in enumerate(numbers) if limits.option <= number <= total - limits.dissent}
    merged = set(range(len(numbers))) - alone
    for smallest in sorted({numbers[at] for at in alone}):
        if not merged or _is_safe([numbers[at] for at in merged], total, limits):
            break
        merged |= {at for at in alone if numbers[at] == smallest}
    return merged


def _is_safe(numbers: list[int], total: int, limits: Limits) -> bool:
    """Whether the sum of ``numbers`` leaves each of them open to a reader who knows these rules.

    Enough people for and against; and not all at the edge, where the sum has one solution (8 from two options
    that both have fewer than 5 is 4 and 4). One option by itself never passes: too few for, or too few against.
    """
    chosen = sum(numbers)
    not_chosen = len(numbers) * total - chosen
    at_the_edge = len(set(numbers)) == 1 and numbers[0] >= limits.option - 1
    return min(chosen, not_chosen) >= limits.option and not at_the_edge


def _too_few(answered: Count, limits: Limits) -> Say:
    if _number(answered) == 0:
        return Say("No one answered this.")
    if _firm(answered) < _number(answered):
        return Say(
            "Fewer than {n} of the families who answered this had joined before it opened, so we don't show the"
            " numbers. In a small group someone could be known. We have read every answer.",
            n=limits.question_answers,
        )
    return Say(
        "Fewer than {n} families answered this, so we don't show the numbers."
        " In a small group someone could be known. We have read every answer.",
        n=limits.question_answers,
    )


def _too_much_alike() -> Say:
    """One sentence for every reason: to say "nearly all agreed" would be to say the numbers."""
    return Say(
        "We don't show the numbers for this question. From numbers like these someone could be known."
        " We have read every answer."
    )


def _counted_together() -> Say:
    return Say("We count some answers together, so that no one can be known.")
