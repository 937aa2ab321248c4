"""An edition as data with stable names, and as the parts of a PDF."""

from collections.abc import Iterator
from typing import Any

from pyramid_app.base.web.render import translate
from pyramid_app.charter.editions.rules import makers_say
from pyramid_app.charter.queries import Charter, Promise
from pyramid_app.charter.rules import digest, exact
from pyramid_app.kit.paper import Heading, Items, Numbered, Para, Part
from pyramid_app.kit.texts import london_date, long_date


def as_data(charter: Charter, area: str, address: str) -> dict[str, Any]:
    """For ``charter.json``; the README says what each name means. ``address`` is where links begin."""
    edition = charter.edition
    return {
        "area": area,
        "edition": edition.number,
        "published_at": edition.published_at.isoformat(),
        "sample": edition.sample,
        "introduction": edition.introduction,
        "address": f"{address}/charter/editions/{edition.number}",
        "principles": [
            {"number": principle.number, "name": principle.name, "meaning": principle.meaning}
            for principle, _promises in charter.principles
        ],
        "promises": [_promise(promise, address) for promise in charter.promises],
        "signatures": [
            {"partner": one.partner, "name": name, "role": one.role, "signed_on": one.signed_on.isoformat()}
            for one, name in charter.signatures
        ],
    }


def _promise(promise: Promise, address: str) -> dict[str, Any]:
    words, text = promise.words, exact(promise.words)
    return {
        "number": promise.number,
        "principle": words.principle,
        "kind": "we ask" if words.asks else "promise" if promise.is_promise else "asked for",
        "text": words.text,
        "how_we_know": words.how_we_know,
        "timescale": words.timescale,
        "owner_role": words.owner_role,
        "review_on": words.review_on.isoformat() if words.review_on else None,
        "makers": [
            {"partner": one.slug, "name": one.name, "says": one.says.value, "condition": one.condition}
            for one in promise.makers
        ],
        "exact_text": text,
        "sha256": digest(text),
        "twins": [
            {
                "language": one.language,
                "text": one.text,
                "of_sha256": one.of_digest,
                "of_older_words": promise.is_stale(one),
            }
            for one in promise.twins
        ],
        "address": f"{address}/charter/commitments/{promise.number}",
    }


def parts_of(charter: Charter, title: str) -> list[Part]:
    """For the paper, in the order of reading."""
    return list(_parts(charter, title))


def _parts(charter: Charter, title: str) -> Iterator[Part]:
    edition = charter.edition
    yield Heading(title, 1)
    yield Para(translate("Edition {number}, {on}", number=edition.number, on=london_date(edition.published_at)))
    if edition.introduction:
        yield Para(edition.introduction)
    for principle, promises in charter.principles:
        yield Heading(principle.name)
        if principle.meaning:
            yield Para(principle.meaning)
        for promise in promises:
            yield Numbered(str(promise.number), _text(promise), tuple(_lines(promise)))
    if charter.signatures:
        yield Heading(translate("Who signed this edition"))
        yield Items(
            [
                translate("{name}: {role}, {on}", name=name, role=one.role, on=one.signed_on)
                for one, name in charter.signatures
            ]
        )


def _text(promise: Promise) -> str:
    return translate("We ask that you: {text}", text=promise.text) if promise.words.asks else promise.text


def _lines(promise: Promise) -> Iterator[str]:
    words = promise.words
    yield from (translate(said) for said in makers_say(promise.makers, asks=words.asks))
    said = (
        (translate("How we will know:"), words.how_we_know),
        (translate("By when:"), words.timescale),
        (translate("Looked after by:"), words.owner_role),
        (translate("We look at it again on:"), long_date(words.review_on) if words.review_on else ""),
    )
    yield from (f"{label} {what}" for label, what in said if what)
