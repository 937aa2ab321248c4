"""Signing the present edition, saying it in other languages, and bringing in the first charter of an area."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session

from pyramid_app.base.db import insert_new, one_at_a_time, table
from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter.editions import importing
from pyramid_app.charter.editions.importing import MOST_SOURCE, Checked
from pyramid_app.charter.editions.markdown import read
from pyramid_app.charter.editions.permissions import may_import, may_sign, may_translate
from pyramid_app.charter.editions.rules import what_is_wrong_with_signing
from pyramid_app.charter.models import Edition, Signature, Twin
from pyramid_app.charter.queries import current_edition, find_present
from pyramid_app.charter.rules import EASY_READ, MOST_WORDS, Did, digest, exact
from pyramid_app.charter.service import Worded, new_number, new_principle, publish_edition
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.kit.texts.languages import LANGUAGES
from pyramid_app.kit.texts.tidy import tidy
from pyramid_app.partners import queries as partners
from pyramid_app.partners.models import Partner

NEWER = Say("A newer edition has been published while you were writing. Look at it first.")


def sign(work: Work, edition: int, partner: str, role: str, on: date | None) -> Signature:
    """A partner signed the present edition. Raises ``Invalid`` by field."""
    may_sign(work.actor).enforce()
    one_at_a_time(work.session, "charter")
    present = current_edition(work.session)
    if present is None:
        raise NotFound
    if present.number != edition:
        raise Invalid({"": NEWER})
    role = " ".join(tidy(role).split())
    who, today = partners.find_partner(work.session, partner), london_date(work.now)
    wrong = what_is_wrong_with_signing(who, role, on, london_date(present.published_at), today)
    if wrong or who is None or on is None:
        raise Invalid(wrong)
    signature = Signature(
        edition=edition, partner=partner, role=role, signed_on=on, by_id=work.actor.person_id
    )  # fmt: skip
    if not insert_new(work.session, table(Signature), **signature.model_dump()):
        raise Invalid({"partner": Say("{name} has signed this edition already.", name=who.name)})
    work.record(Did.SIGNED, f"edition:{edition}", partner=partner, on=on)
    return signature


def translate(work: Work, number: int, language: str, text: str, of_digest: str) -> Twin:
    """A promise of the present edition in Easy Read or another language; written again, the newer words hold.

    ``of_digest``: of the exact text that was seen while writing. Raises ``Invalid``.
    """
    may_translate(work.actor).enforce()
    one_at_a_time(work.session, "charter")
    promise = find_present(work.session, number)
    if promise is None:
        raise NotFound
    if of_digest != digest(exact(promise.words)):
        raise Invalid({"": NEWER})
    text = tidy(text)
    wrong = {}
    if language != EASY_READ and (language not in LANGUAGES or language == "en"):
        wrong["language"] = Say("Choose a language from the list.")
    if not text:
        wrong["text"] = Say("Write the promise in these words.")
    elif len(text) > 2 * MOST_WORDS:
        wrong["text"] = Say("Please make this shorter: {most} characters at the most.", most=2 * MOST_WORDS)
    if wrong:
        raise Invalid(wrong)
    key = (promise.edition, number, language)
    twin = work.session.get(Twin, key) or Twin(
        edition=promise.edition, commitment=number, language=language, text=text, of_digest=of_digest
    )
    twin.text, twin.of_digest = text, of_digest
    work.session.add(twin)
    work.session.flush()
    work.record(Did.TRANSLATED, f"commitment:{number}", edition=promise.edition, language=language)
    return twin


def look_over(session: Session, now: datetime, source: str, chosen: Mapping[str, str]) -> Checked:
    """What this Markdown would be as a charter here. Writes nothing."""
    return importing.check(read(source), partners_of(session, now), chosen, london_date(now))


def partners_of(session: Session, now: datetime) -> list[Partner]:
    """Those that are partners today, and can make a promise."""
    today = london_date(now)
    return [one for one in partners.list_partners(session) if one.ended_on is None or today < one.ended_on]


def bring_in(work: Work, source: str, chosen: Mapping[str, str]) -> Edition:
    """The area's own first charter. Every promise has a new number; those of the sample retire.

    Raises ``NotAllowed`` once there is one, ``Invalid`` where a line has to be mended.
    """
    one_at_a_time(work.session, "charter")
    may_import(work.actor, current_edition(work.session)).enforce()
    if len(source) > MOST_SOURCE:
        raise Invalid({"source": Say("Please make this shorter: {most} characters at the most.", most=MOST_SOURCE)})
    checked = look_over(work.session, work.now, source, chosen)
    if not checked.fits:
        raise Invalid({"source": Say("Some lines have to be mended first.")})
    promises = {}
    for principle, ready in checked.principles:
        number = new_principle(work, principle.name, principle.meaning)
        for one in ready:
            promises[new_number(work)] = Worded(one.words(number), one.said)
    return publish_edition(work, checked.introduction, promises)
