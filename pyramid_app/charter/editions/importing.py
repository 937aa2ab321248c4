"""A charter that was read, held against the partners of the area: what it will be, and what has to be mended. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pyramid_app.charter.editions.markdown import PrincipleRead, Problem, PromiseRead, Read
from pyramid_app.charter.rules import MOST_LINE, MOST_WORDS, Says, Words
from pyramid_app.kit.say import Say

MOST_INTRODUCTION, MOST_NAME = 1000, 120
MOST_SOURCE = 300_000
"""Characters: some hundred pages."""


class PartnerLike(Protocol):
    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Ready:
    """A promise as it will be published. ``said``: what each partner that it names said, by slug."""

    read: PromiseRead
    said: Mapping[str, tuple[Says, str]]

    def words(self, principle: int) -> Words:
        one = self.read
        return Words(
            principle, one.text, one.how_we_know, one.timescale, one.owner_role, one.review_on,
            tuple(sorted(self.said)), one.asks,
        )  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """``unknown``: names that no partner has, each as it was first written; an empty one stands for promises that name
    nobody. A choice for each of them mends it."""

    introduction: str
    principles: tuple[tuple[PrincipleRead, tuple[Ready, ...]], ...]
    problems: tuple[Problem, ...]
    unknown: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.problems and not self.unknown

    @property
    def promises(self) -> int:
        return sum(len(promises) for _principle, promises in self.principles)


def check(found: Read, partners: Sequence[PartnerLike], chosen: Mapping[str, str], today: date) -> Checked:
    """``chosen``: by name as it was written, the slug that an officer chose for it."""
    known = {name.casefold(): one.slug for one in partners for name in (one.name, one.slug)}
    slugs = {one.slug for one in partners}
    known |= {name.casefold(): slug for name, slug in chosen.items() if slug in slugs}
    unknown: dict[str, str] = {}
    principles = tuple(
        (principle, tuple(Ready(one, _said(one, known, unknown)) for one in principle.promises))
        for principle in found.principles
    )
    problems = sorted((*found.problems, *_wrong(found, today)), key=lambda problem: problem.line)
    return Checked(found.introduction, principles, tuple(problems), tuple(unknown.values()))


def _said(one: PromiseRead, known: Mapping[str, str], unknown: dict[str, str]) -> dict[str, tuple[Says, str]]:
    """By slug. Names that nobody has are put into ``unknown``."""
    if one.asks:
        return {}
    said: dict[str, tuple[Says, str]] = {}
    named = [(maker.name, maker.says, maker.condition) for maker in one.makers] or [("", Says.KEEPS, "")]
    for name, says, condition in named:
        slug = known.get(name.casefold())
        if slug is None:
            unknown.setdefault(name.casefold(), name)
        else:
            said.setdefault(slug, (says, condition))
    return said


def _wrong(found: Read, today: date) -> Iterator[Problem]:
    if len(found.introduction) > MOST_INTRODUCTION:
        yield _too_long(0, Say("The introduction"), MOST_INTRODUCTION)
    names: set[str] = set()
    texts: dict[str, int] = {}
    for principle in found.principles:
        name = principle.name.casefold()
        if not name or name in names:
            yield Problem(principle.line, Say("Every principle needs a name of its own."))
        names.add(name)
        for about, said, most in (
            (Say("The name of this principle"), principle.name, MOST_NAME),
            (Say("What stands under this heading"), principle.meaning, MOST_WORDS),
        ):
            if len(said) > most:
                yield _too_long(principle.line, about, most)
        for one in principle.promises:
            yield from _wrong_with(one, today)
            before = texts.setdefault(one.text.casefold(), one.line)
            if before != one.line and one.text:
                yield Problem(one.line, Say("This promise stands in line {line} already.", line=before))


def _wrong_with(one: PromiseRead, today: date) -> Iterator[Problem]:
    conditions = [(Say("What a partner says"), maker.condition, MOST_WORDS) for maker in one.makers]
    for about, said, most in (
        (Say("The promise"), one.text, MOST_WORDS),
        (Say("How we will know"), one.how_we_know, MOST_WORDS),
        (Say("By when"), one.timescale, MOST_LINE),
        (Say("Who looks after it"), one.owner_role, MOST_LINE),
        *conditions,
    ):
        if len(said) > most:
            yield _too_long(one.line, about, most)
    if one.asks and one.makers:
        yield Problem(one.line, Say("This is asked of families, so no partner makes it."))
    if one.review_on and one.review_on <= today:
        yield Problem(one.line, Say("The day to look at it again has passed: {on}.", on=one.review_on))


def _too_long(line: int, about: Say, most: int) -> Problem:
    return Problem(
        line, Say("{about}: please make this shorter, {most} characters at the most.", about=about, most=most)
    )
