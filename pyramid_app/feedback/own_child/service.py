"""Handing over a family's words about their own child, asking a place again, and hearing that they arrived."""

from datetime import date
from uuid import UUID

from sqlmodel import select
from uuid6 import uuid7

from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child import letters, queries
from pyramid_app.feedback.own_child.models import HandOver
from pyramid_app.feedback.own_child.permissions import may_be_handed_over, may_pass_on
from pyramid_app.feedback.own_child.rules import (
    WORD_WORKING_DAYS,
    Did,
    Link,
    Place,
    link_state,
    what_is_wrong_with_hand_over,
    what_is_wrong_with_receipt,
)
from pyramid_app.feedback.permissions import may_file
from pyramid_app.feedback.rules import About, Sorting
from pyramid_app.feedback.service import lock_voice
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.topics import queries as topics


def pass_on(work: Work, voice_id: UUID, place: Place | None, phone: str = "") -> HandOver:
    """The speaker says yes while she tells us: her words go to the place she picks. Raises ``Invalid`` by field."""
    voice = lock_voice(work, voice_id)
    may_pass_on(voice, work.now).enforce()
    return _hand(work, voice, place, phone, "")


def hand_over(work: Work, voice_id: UUID, place: Place | None, *, phone: str = "", consent: str = "") -> HandOver:
    """An officer hands words over for a family; ``consent``: how they said yes. From now on they are about one child.

    Also to another place, while the first has not said that they arrived: its link is dead then. Raises ``Invalid``.
    """
    may_file(work.actor).enforce()
    voice = lock_voice(work, voice_id)
    known = queries.find_of(work.session, voice_id)
    may_be_handed_over(voice, known.received_at if known else None).enforce()
    if not consent:
        raise Invalid({"consent": Say("Write how the family said yes.")})
    voice.about, voice.may_quote = About.OWN_CHILD, False
    one = _hand(work, voice, place, phone, consent)
    if _is_written_to(voice):
        area, said = settings_of(work.session, work.now), feedback.own_words(work.session, voice_id)
        draft = letters.passed_on(area, said, voice, queries.helpers(area)[one.place].name, by=work.actor.name)
        work.post(draft, key=f"handed-over:{one.id}:{one.version}")
    return one


def _hand(work: Work, voice: Voice, place: Place | None, phone: str, consent: str) -> HandOver:
    area = settings_of(work.session, work.now)
    offered = {helper.place: helper for helper in queries.offered(area)}
    wrong = what_is_wrong_with_hand_over(place, offered, phone)
    if wrong or place is None:
        raise Invalid(wrong)
    known = queries.find_of(work.session, voice.id)
    voice.handed_at, voice.next_word_on, voice.word_owed = work.now, _word_on(work), False
    # It stays open until somebody there says that it arrived, also where it was filed before.
    voice.sorted_at = voice.sorted_as = voice.sorted_by_id = None
    one = known or HandOver(
        id=uuid7(), voice_id=voice.id, place=place, mailbox="", consented_at=work.now, at=work.now, version=0,
        word_on=voice.next_word_on,
    )  # fmt: skip
    one.place, one.mailbox, one.phone, one.consent = place, offered[place].mailbox, phone, consent
    one.consented_at = one.at = work.now
    one.by_id = work.actor.person_id if consent else None
    one.version, one.word_on = one.version + 1, voice.next_word_on
    work.session.add(one)
    work.session.flush()
    work.post(letters.to_place(one), key=_letter_key(one))
    work.record(Did.HANDED_OVER, f"voice:{voice.id}", place=place)
    return one


def ask_again(work: Work, hand_over_id: UUID) -> bool:
    """Ask the place once more, by a link that makes the older ones void; says whether there was anything to ask."""
    one, voice = _lock(work, hand_over_id)
    if one.received_at or voice.handed_at is None or voice.sorted_at:
        return False
    one.version, one.word_on = one.version + 1, voice.next_word_on
    work.session.flush()
    work.post(letters.to_place(one), key=_letter_key(one))
    work.record(Did.ASKED_AGAIN, f"voice:{voice.id}", version=one.version)
    return True


def receive(work: Work, hand_over_id: UUID, version: int, who: str, ring_on: date | None) -> Link:
    """The place says that the words arrived, who has them and when they ring: then the message has left the desk.

    Returns what the link was before: only an open one changes anything. Raises ``Invalid`` by field.
    """
    one, voice = _lock(work, hand_over_id)
    here = voice.handed_at is not None and bool(feedback.raw_words(work.session, voice.id))
    link = link_state(version, one.version, one.received_at, here)
    if link is not Link.OPEN:
        return link
    wrong = what_is_wrong_with_receipt(who, ring_on, bool(one.phone), london_date(work.now))
    if wrong:
        raise Invalid(wrong)
    one.received_at, one.received_by, one.ring_on = work.now, who, ring_on
    voice.sorted_at, voice.sorted_as, voice.word_owed = work.now, Sorting.HANDED_OVER, False
    work.record(Did.RECEIVED_THERE, f"voice:{voice.id}")
    if _is_written_to(voice):
        _tell_arrived(work, voice, one)
    return link


def receive_by_phone(work: Work, voice_id: UUID, who: str, ring_on: date | None) -> None:
    """The place told an officer that it has the words. Raises ``Invalid`` by field."""
    may_file(work.actor).enforce()
    one = queries.find_of(work.session, voice_id)
    if one is None:
        raise NotFound
    receive(work, one.id, one.version, who, ring_on)


def _tell_arrived(work: Work, voice: Voice, one: HandOver) -> None:
    area, said = settings_of(work.session, work.now), feedback.own_words(work.session, voice.id)
    topic = topics.get_topic_by_id(work.session, voice.topic_id) if voice.topic_id else None
    helper, next_on = queries.helpers(area)[one.place].name, topic.next_word_on if topic else None
    work.post(letters.arrived(area, said, voice, one, helper, next_on), key=f"received:{one.id}")


def _word_on(work: Work) -> date:
    return add_working_days(london_date(work.now), WORD_WORKING_DAYS)


def _letter_key(one: HandOver) -> str:
    return f"hand-over:{one.id}:{one.version}"


def _is_written_to(voice: Voice) -> bool:
    return voice.person_id is not None and voice.tell


def _lock(work: Work, hand_over_id: UUID) -> tuple[HandOver, Voice]:
    """Both rows, always the voice first, so that two acts never wait for one another."""
    voice_id = work.session.exec(select(HandOver.voice_id).where(HandOver.id == hand_over_id)).first()
    if voice_id is None:
        raise NotFound
    voice = lock_voice(work, voice_id)
    return work.session.get_one(HandOver, hand_over_id, with_for_update=True), voice
