"""The verbs of a notice: write it, see it, publish it, take it back, send its letters."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, select
from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.kit.texts.slugs import slug
from pyramid_app.notices import letters, queries
from pyramid_app.notices.models import Notice, NoticeTopic
from pyramid_app.notices.permissions import may_write_notices
from pyramid_app.notices.rules import Content, Did, Reason, State, state_of, what_is_missing
from pyramid_app.participation import queries as participation
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic


def write(work: Work, content: Content, draft_id: UUID | None = None) -> Notice:
    """Keep what was written, as a new draft or over an older one. Raises ``Invalid`` by field, ``Conflict`` if it has
    been published meanwhile."""
    may_write_notices(work.actor).enforce()
    if not content.title:
        raise Invalid({"title": Say("Write a title.")})
    about = topics_named(work.session, content.topics)
    if content.level and content.level not in {level.slug for level in participation.list_levels(work.session)}:
        raise Invalid({"level": Say("Choose one from the list.")})
    notice = queries.get_held(work.session, draft_id) if draft_id else _new(work, content)
    _refuse_published(notice)
    notice.title, notice.words, notice.link = content.title, content.words, content.link
    notice.until_on, notice.level = content.until_on, content.level or None
    work.session.add(notice)
    work.session.flush()  # the topics point to it
    work.session.exec(delete(NoticeTopic).where(col(NoticeTopic.notice_id) == notice.id))
    work.session.add_all(NoticeTopic(notice_id=notice.id, topic_id=topic.id) for topic in about)
    work.record(Did.WRITTEN, f"notice:{notice.id}")
    return notice


def topics_named(session: Session, refs: Sequence[str]) -> list[Topic]:
    """Raises ``Invalid`` where one of them is no topic."""
    found = topics.list_by_refs(session, refs)
    if len(found) != len(set(refs)):
        raise Invalid({"topics": Say("Choose topics from the list.")})
    return found


def send_me(work: Work, notice_id: UUID) -> None:
    """The letter as it will go, to the officer who writes it and to nobody else."""
    may_write_notices(work.actor).enforce()
    notice = queries.get_held(work.session, notice_id)
    about = queries.topics_of(work.session, notice_id)
    reason = Reason(about[0].title) if about else Reason()
    assert work.actor.person_id is not None  # noqa: S101  officers are people
    words = _words(work, notice)(reason)
    key = f"notice-trial:{notice.id}:{work.actor.person_id}:{work.now.isoformat()}"
    work.post(letters.trial(words, notice, work.actor.person_id), key=key)


def publish(work: Work, notice_id: UUID) -> Notice:
    """It leaves when the minutes of undo are over. Raises ``Invalid`` by field, ``Conflict`` if it is published."""
    may_write_notices(work.actor).enforce()
    notice = queries.get_held(work.session, notice_id)
    _refuse_published(notice)
    missing = what_is_missing(content_of(work.session, notice), london_date(work.now))
    if missing:
        raise Invalid(missing)
    undo = timedelta(minutes=settings_of(work.session, work.now).undo_minutes)
    notice.published_at, notice.leaves_at = work.now, work.now + undo
    notice.by_id = work.actor.person_id or notice.by_id
    work.record(Did.PUBLISHED, f"notice:{notice.id}")
    return notice


def take_back(work: Work, notice_id: UUID) -> None:
    """While nothing has left: it is a draft again. Raises ``Conflict`` when it is too late."""
    may_write_notices(work.actor).enforce()
    notice = queries.get_held(work.session, notice_id)
    if notice.begun_at or state_of(notice, work.now, london_date(work.now)) is not State.LEAVING:
        raise Conflict(Say("It is too late to take this back: the letters are leaving."))
    notice.published_at = notice.leaves_at = None
    work.record(Did.TAKEN_BACK, f"notice:{notice.id}")


def tell_some(work: Work, notice_id: UUID, readers: Mapping[UUID, Reason], address: str) -> int:
    """Write one letter to each of these people who wants notices; returns how many were new.

    Nobody is written to if it was taken back at the last moment.
    """
    notice = queries.get_held(work.session, notice_id)
    if notice.published_at is None:
        return 0
    notice.begun_at = notice.begun_at or work.now
    words, written = _words(work, notice), 0
    for person in people.list_people(work.session, readers):
        if person.wants_notices:
            draft = letters.notice_letter(words(readers[person.id]), notice, person.id, address)
            written += work.post(draft, key=f"notice:{notice.id}:{person.id}")
    return written


def all_told(work: Work, notice_id: UUID) -> None:
    notice = queries.get_held(work.session, notice_id)
    if notice.published_at:
        notice.told_at = work.now


def content_of(session: Session, notice: Notice) -> Content:
    """What is stored, as the rules read it."""
    refs = tuple(topic.ref for topic in queries.topics_of(session, notice.id))
    return Content(notice.title, notice.words, notice.link, notice.until_on, notice.level or "", refs)


def _words(work: Work, notice: Notice) -> Callable[[Reason], Words]:
    """The words for anybody, by why they get it."""
    area = settings_of(work.session, work.now)
    by = people.names_of(work.session, [notice.by_id]).get(notice.by_id, "")
    level = participation.get_level(work.session, notice.level).name if notice.level else ""
    return lambda reason: letters.notice_words(area, notice, reason, level, by)


def _new(work: Work, content: Content) -> Notice:
    assert work.actor.person_id is not None  # noqa: S101  officers are people
    ref = _free_ref(work, content.title)
    return Notice(id=uuid7(), ref=ref, title=content.title, by_id=work.actor.person_id, written_at=work.now)


def _refuse_published(notice: Notice) -> None:
    if notice.published_at:
        raise Conflict(Say("This notice has been published already."))


def _free_ref(work: Work, title: str) -> str:
    """Readable, and never the same twice: two at once fail on the table's key."""
    wanted = slug(title, empty="notice")
    # /desk/notices/new is a page of its own.
    taken = {"new", *work.session.exec(select(Notice.ref).where(col(Notice.ref).startswith(wanted)))}
    return next(ref for ref in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if ref not in taken)
