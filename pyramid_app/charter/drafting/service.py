"""Beginning a draft, writing on it with others, its Easy Read, and bringing it up to date."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, delete
from uuid6 import uuid7

from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting import queries
from pyramid_app.charter.drafting.models import Draft, DraftTouch, DraftTwin, DraftVersion, DraftWording, DraftWriter
from pyramid_app.charter.drafting.permissions import may_invite, may_start, may_write
from pyramid_app.charter.drafting.rules import (
    OVER,
    SAME_SITTING,
    Content,
    Did,
    DraftKind,
    Stage,
    first_words,
    what_is_too_long,
    why_not_start,
)
from pyramid_app.charter.rules import MOST_WORDS, Words, digest, exact
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.slugs import slug

SHORT = 40
"""Letters of a title in an address."""


class Clash(Conflict):
    """Somebody else has saved since. ``theirs`` is what stands there now."""

    def __init__(self, theirs: Content) -> None:
        super().__init__(Say("Somebody else has written here since you began. Nothing of yours is lost:"
                             " both texts are below. Bring them together, then save."))  # fmt: skip
        self.theirs = theirs


def start(
    work: Work, kind: DraftKind, title: str, touches: Sequence[int], reason: str = "", principle: int | None = None
) -> Draft:
    """Begin with the promises as they stand now. Raises ``Invalid`` for one that is in the charter no more."""
    may_start(queries.part_of(work.session, work.actor, work.now)).enforce()
    edition = charter.current_edition(work.session)
    if edition is None:
        raise Invalid({"touches": Say("There is no charter yet that could change.")})
    present = {promise.number: promise for promise in charter.get_charter(work.session, edition.number).promises}
    wrong = why_not_start(kind, touches, list(present))
    old = [present[number].words for number in sorted(set(touches)) if number in present]
    principles = {one.number for one in charter.list_principles(work.session)}
    if kind is DraftKind.ADD and principle not in principles:
        wrong["principle"] = Say("Choose where the new promise belongs.")
    wrong |= {} if wrong else what_is_too_long(kind, Content(title, reason, first_words(kind, old, principle or 0)))
    if wrong:
        raise Invalid(wrong)
    draft = Draft(
        id=uuid7(), ref=f"{slug(title, letters=SHORT, empty='draft')}-{secrets.token_hex(2)}", kind=kind, title=title,
        reason=reason, edition=edition.number, stage_at=work.now, started_at=work.now,
        started_by_id=work.actor.person_id,
    )  # fmt: skip
    work.session.add(draft)
    work.session.flush()
    work.session.add_all(DraftTouch(draft_id=draft.id, commitment=number) for number in sorted(set(touches)))
    _write_version(work, draft, first_words(kind, old, principle or 0))
    work.record(Did.STARTED, f"draft:{draft.id}", kind=kind, touches=sorted(set(touches)))
    return draft


def save(work: Work, draft_id: UUID, seen: int, content: Content) -> Draft:
    """Keep these words. ``seen``: how often the draft had been saved when the writer opened it.

    Raises ``Clash`` if somebody else has saved since, ``Invalid`` where something is too long. The same again changes
    nothing, so that saving by itself and pressing the button do not make two versions.
    """
    draft = hold(work, draft_id)
    may_write(queries.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    now = content_of(work, draft)
    if content == now:
        return draft
    if draft.saves != seen:
        raise Clash(now)
    wrong = what_is_too_long(draft.kind, content) | _strangers(work, content)
    if wrong:
        raise Invalid(wrong)
    draft.title, draft.reason = content.title, content.reason
    draft.saves += 1
    if content.promises != now.promises:
        if not _same_sitting(work, draft):
            draft.version += 1
        _write_version(work, draft, content.promises)
    work.record(Did.SAVED, f"draft:{draft.id}", version=draft.version)
    return draft


def content_of(work: Work, draft: Draft) -> Content:
    """All that can be changed about it, as it is stored."""
    return Content(draft.title, draft.reason, queries.text_of(work.session, draft).promises)


def translate(work: Work, draft_id: UUID, position: int, language: str, text: str) -> DraftTwin:
    """The Easy Read or another language of one proposed promise, made from its words as they are now."""
    draft = hold(work, draft_id)
    part = queries.part_of(work.session, work.actor, work.now, draft)
    if not part.officer:
        may_write(part, draft).enforce()
    if draft.locked_at is not None:
        raise Conflict(Say("Families vote on exactly these words, also on their translations."))
    promises = queries.text_of(work.session, draft).promises
    if not 0 <= position < len(promises):
        raise NotFound
    if not text or len(text) > 2 * MOST_WORDS:
        raise Invalid({"text": Say("Write it in up to {most} characters.", most=2 * MOST_WORDS)})
    twin = work.session.get(DraftTwin, (draft.id, position, language)) or DraftTwin(
        draft_id=draft.id, position=position, language=language, text=text, of_digest="", at=work.now
    )
    twin.text, twin.of_digest = text, digest(exact(promises[position]))
    twin.at, twin.by_id = work.now, work.actor.person_id
    work.session.add(twin)
    work.session.flush()
    work.record(Did.TRANSLATED, f"draft:{draft.id}", position=position, language=language)
    return twin


def invite_writer(work: Work, draft_id: UUID, person_id: UUID) -> None:
    """From now on this person writes on the draft, too."""
    draft = hold(work, draft_id)
    may_invite(queries.part_of(work.session, work.actor, work.now, draft)).enforce()
    if work.session.get(DraftWriter, (draft.id, person_id)) is None:
        work.session.add(DraftWriter(draft_id=draft.id, person_id=person_id, at=work.now, by_id=work.actor.person_id))
        work.session.flush()
        work.record(Did.WRITER_INVITED, f"draft:{draft.id}", person=person_id)


def bring_up_to_date(work: Work, draft_id: UUID) -> Draft:
    """It is held against the present charter from now on. Raises ``Conflict`` where a promise of its is gone."""
    draft = hold(work, draft_id)
    may_write(queries.part_of(work.session, work.actor, work.now, draft), draft).enforce()
    edition = charter.current_edition(work.session)
    assert edition is not None  # noqa: S101  there was one when the draft began
    touches = queries.touches_of(work.session, draft.id)
    there = {promise.number for promise in charter.list_promises(work.session, edition.number, touches)}
    if gone := set(touches) - there:
        raise Conflict(Say("Promise {number} is not in the charter any more. Let this draft go, or begin a new one.",
                           number=min(gone)))  # fmt: skip
    draft.edition = edition.number
    draft.saves += 1
    work.record(Did.BROUGHT_UP_TO_DATE, f"draft:{draft.id}", edition=edition.number)
    return draft


def hold(work: Work, draft_id: UUID) -> Draft:
    """The draft, held until the act ends; acts about one draft take turns."""
    draft = work.session.get(Draft, draft_id, with_for_update=True, populate_existing=True)
    if draft is None:
        raise NotFound
    return draft


def end_sitting(work: Work, draft: Draft) -> None:
    """Somebody has commented on these words: whoever changes them from here on writes a new version."""
    work.session.get_one(DraftVersion, (draft.id, draft.version)).commented = True
    work.session.flush()


def _strangers(work: Work, content: Content) -> dict[str, Say]:
    principles = {one.number for one in charter.list_principles(work.session)}
    return {
        f"promises-{at}-principle": Say("Choose where this promise belongs.")
        for at, words in enumerate(content.promises)
        if words.principle not in principles
    }


def _same_sitting(work: Work, draft: Draft) -> bool:
    """Whether this is still the version that the same person is writing, and nobody has said anything to it."""
    version = work.session.get_one(DraftVersion, (draft.id, draft.version))
    return (
        version.by_id == work.actor.person_id
        and version.saved_at >= draft.stage_at
        and work.now - version.saved_at < timedelta(minutes=SAME_SITTING)
        and not version.commented
    )


def _write_version(work: Work, draft: Draft, promises: Sequence[Words]) -> None:
    work.session.exec(
        delete(DraftWording).where(col(DraftWording.draft_id) == draft.id, col(DraftWording.version) == draft.version)
    )
    version = work.session.get(DraftVersion, (draft.id, draft.version)) or DraftVersion(
        draft_id=draft.id, number=draft.version, saved_at=work.now
    )
    version.saved_at, version.by_id = work.now, work.actor.person_id
    work.session.add(version)
    work.session.flush()
    for position, words in enumerate(promises):
        work.session.add(
            DraftWording(draft_id=draft.id, version=draft.version, position=position,
                         **{**vars(words), "makers": list(words.makers)})
        )  # fmt: skip
    work.session.flush()


def let_fall(work: Work, draft_id: UUID, because: str) -> Draft:
    """Families said no, or those who write it let it go. Its story stays readable."""
    draft = hold(work, draft_id)
    if draft.stage in OVER:
        raise Conflict(Say("This draft is over already."))
    if not because:
        raise Invalid({"because": Say("Say why it ends here.")})
    draft.stage, draft.stage_at, draft.fell_because = Stage.FELL, work.now, because
    work.session.flush()
    work.record(Did.FELL, f"draft:{draft.id}")
    return draft
