"""Words come in: from a page, or from a colleague who writes them down. Each of these verbs keeps nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.area.queries import settings_of
from pyramid_app.base.actor import Actor
from pyramid_app.base.budgets.rules import Budget
from pyramid_app.base.budgets.service import spend
from pyramid_app.base.errors import Invalid, Refused
from pyramid_app.base.outbox.post import mark_bounced
from pyramid_app.base.work import Work
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.intake.permissions import may_enter
from pyramid_app.feedback.intake.rules import (
    Entry,
    Occasion,
    sent_from,
    what_is_wrong_with_entry,
    what_is_wrong_with_naming,
    what_is_wrong_with_occasion,
)
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About, Naming, Speaker, what_is_wrong_with_words
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.participation import service as participation
from pyramid_app.participation.rules import GROUND


class TooMany(Refused):
    """One network, or one member, has sent as much as it may in a day."""


MEMBERS_MAY = 5
"""A member may send so many times as much in a day as a whole network of people who have not signed in."""


@dataclass(frozen=True)
class Telling:
    """What somebody says on the web. ``network``: of a visitor who is not signed in, keyed; empty for members.

    ``member``: a mark of who is signed in, for that day only and in no way bound to what is said.
    """

    about: About
    speaker: Speaker
    words: str
    form_id: UUID | None = None
    language: str = "en"
    may_quote: bool = False
    tell: bool = True
    naming: Naming = Naming.KNOWN_TO_US
    name: str = ""
    address: str = ""
    network: str = ""
    member: str = ""


def look_at(session: Session, now: datetime, who: Actor, telling: Telling) -> None:
    """Whether this can be sent so, before anything is kept. Raises ``Invalid`` by field."""
    wrong = what_is_wrong_with_words(telling.words, settings_of(session, now).voice_characters)
    person = people.find_person(session, who.person_id) if who.person_id else None
    name = telling.name or (person.name if person else "")
    wrong |= what_is_wrong_with_naming(telling.naming, name, bool(telling.address) or person is not None)
    if wrong:
        raise Invalid(wrong)


def hear(work: Work, telling: Telling) -> Voice:
    """Keep it; the same page sent twice is kept once. Raises ``Invalid`` by field, ``TooMany`` for one too many."""
    look_at(work.session, work.now, work.actor, telling)
    sent = feedback.find_sent(work, telling.form_id) if telling.form_id else None
    if sent:
        return sent
    _within_budget(work, telling)
    named = telling.naming is Naming.NAMED
    person_id = work.actor.person_id
    if person_id and named:
        _call(work, person_id, telling.name)
    return feedback.receive(
        work,
        about=telling.about,
        speaker=telling.speaker,
        text=telling.words,
        may_quote=telling.may_quote,
        tell=telling.tell,
        person_id=person_id,
        language=telling.language,
        # Whoever leaves an address becomes known when it has proved to be theirs.
        naming=Naming.NAMED if named else None,
        form_id=telling.form_id,
    )


def _within_budget(work: Work, telling: Telling) -> None:
    most = settings_of(work.session, work.now).voices_a_day
    members = Budget("signed voice", most * MEMBERS_MAY)
    if telling.member and not spend(work.session, members, telling.member, work.now):
        raise TooMany(Say("You have sent us {most} messages today. That is as many as we can take from one person.",
                          most=members.at_most))  # fmt: skip
    if telling.network and not spend(work.session, Budget("unsigned voice", most), telling.network, work.now):
        raise TooMany(Say("Today {most} messages came from where you are. We take no more there.", most=most))


def speaker_at(work: Work, voice: Voice, address: str, name: str = "") -> None:
    """An address that was left has proved to be theirs: they are known, hear what happens, and may have a name."""
    person_id = _person_at(work, address, voice.speaker)
    if name:
        _call(work, person_id, name)
    feedback.speaker_is(work, voice.id, person_id)


def enter(
    work: Work, entries: Sequence[Entry], occasion: Occasion, page: str, topic_id: UUID | None = None
) -> list[Voice]:
    """What others said, as a colleague writes it down; all of it or none. The same page sent twice is kept once.

    ``topic_id``: what it answers; the desk offers that first.
    Raises ``Invalid``: a field of one entry as ``said-0-words``, a field of the occasion as it is.
    """
    may_enter(work.actor).enforce()
    wrong = dict(what_is_wrong_with_occasion(occasion, london_date(work.now)))
    characters = settings_of(work.session, work.now).voice_characters
    for number, entry in enumerate(entries):
        problems = what_is_wrong_with_words(entry.words, characters) | what_is_wrong_with_entry(entry)
        wrong |= {f"said-{number}-{name}": say for name, say in problems.items()}
    if wrong:
        raise Invalid(wrong)
    return [
        enter_one(work, entry, occasion, sent_from(page, entry.words, number), topic_id=topic_id)
        for number, entry in enumerate(entries)
    ]


def enter_one(
    work: Work,
    entry: Entry,
    occasion: Occasion,
    form_id: UUID | None,
    *,
    by_id: UUID | None = None,
    topic_id: UUID | None = None,
) -> Voice:
    """One of them. ``by_id``: who wrote it down, where that is not who acts. Raises ``Invalid`` at ``words``."""
    may_enter(work.actor).enforce()
    sent = feedback.find_sent(work, form_id) if form_id else None
    if sent:
        return sent
    person_id = _speaker(work, entry)
    voice = feedback.receive(
        work,
        about=entry.about,
        speaker=entry.speaker,
        text=entry.words,
        may_quote=entry.may_quote,
        tell=entry.is_told,
        person_id=person_id,
        channel=occasion.channel,
        language=entry.language,
        naming=entry.naming if person_id else Naming.UNNAMED,
        consent=occasion.consent,
        entered_by_id=by_id,
        said_on=occasion.said_on,
        form_id=form_id,
        suggested_topic_id=topic_id,
    )
    if entry.translation:
        feedback.add_translation(work, voice, entry.translation, entry.how)
    return voice


def _speaker(work: Work, entry: Entry) -> UUID | None:
    """Whose words these are, where they want to hear or be named; else nobody's, and no name or address is kept."""
    if entry.is_told:
        person_id = _person_at(work, entry.address, entry.speaker)
    elif entry.keeps_name:
        person_id = accounts.add_person(work, _kind(entry.speaker)).id
    else:
        return None
    if entry.keeps_name:
        _call(work, person_id, entry.name)
    return person_id


def put_away(work: Work, words: str, occasion: Occasion, page: str, message_ids: Sequence[str]) -> Voice:
    """A machine wrote it: kept, answered by nobody, not counted. A letter that came back is marked so."""
    voice = enter_one(work, Entry(words=words, naming=Naming.UNNAMED), occasion, sent_from(page, words))
    if voice.sorted_at is None:
        voice.urgent_at = None
        filing.set_aside(work, voice.id)
        mark_bounced(work.session, work.now, message_ids)
    return voice


def _person_at(work: Work, address: str, speaker: Speaker) -> UUID:
    person = accounts.person_at(work, address, _kind(speaker))
    participation.join(work, person.id, GROUND)
    return person.id


def _kind(speaker: Speaker) -> PersonKind:
    return PersonKind.YOUNG_PERSON if speaker is Speaker.YOUNG_PERSON else PersonKind.PARENT_CARER


def _call(work: Work, person_id: UUID, name: str) -> None:
    """A name that somebody gave herself before is not changed by what others write."""
    if name and not people.get_person(work.session, person_id).name:
        accounts.call_me(work, person_id, name)
