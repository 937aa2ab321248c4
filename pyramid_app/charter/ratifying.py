"""A draft at the vote: tied to its exact words, adopted word for word into the next edition, or fallen.

``polls`` calls these when families vote, and when their votes are counted (``DESIGN.md`` 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.queries import Text
from pyramid_app.charter.drafting.rules import Did, DraftKind, Stage
from pyramid_app.charter.drafting.service import hold
from pyramid_app.charter.handing import queries as handing
from pyramid_app.charter.models import Edition, Successor
from pyramid_app.charter.queries import Promise
from pyramid_app.charter.rules import Says, Words, digest
from pyramid_app.charter.service import Worded, new_number, publish_edition
from pyramid_app.kit.say import Say

Twins = dict[str, str]


@dataclass(frozen=True)
class Locked:
    """What a vote is tied to: SHA-256 of the exact text, and of each twin by "position language"."""

    digest: str
    twins: Twins = field(default_factory=dict)


def lock(work: Work, draft_id: UUID) -> Locked:
    """From now on no word of it can change. Raises ``Conflict`` with the first thing that stands in the way."""
    draft = hold(work, draft_id)
    wrong = handing.why_not_vote(work.session, draft, work.now)
    if wrong:
        raise Conflict(wrong[0])
    draft.stage = Stage.VOTE
    draft.stage_at = draft.locked_at = work.now
    draft.locked_digest = drafts.text_of(work.session, draft).digest
    work.session.flush()
    work.record(Did.LOCKED, f"draft:{draft.id}", digest=draft.locked_digest)
    return locked_text(work, draft)


def locked_text(work: Work, draft: Draft) -> Locked:
    """The fingerprints of its words as they are stored."""
    twins = {f"{t.position} {t.language}": digest(t.text) for t in drafts.twins_of(work.session, draft.id)}
    return Locked(drafts.text_of(work.session, draft).digest, twins)


def unlock(work: Work, draft_id: UUID) -> Draft:
    """The vote was taken back before it was counted: the draft is where it was, and what was said stays said."""
    draft = hold(work, draft_id)
    if draft.stage is Stage.VOTE:
        draft.locked_at, draft.locked_digest = None, ""
        draft.stage, draft.stage_at = Stage.HANDS, work.now
        work.session.flush()
        work.record(Did.UNLOCKED, f"draft:{draft.id}")
    return draft


def adopt(work: Work, voted: Mapping[UUID, Locked]) -> Edition:
    """Families said yes to these drafts: together they make the next edition, word for word.

    ``voted``: what each vote was tied to. Raises ``Conflict`` where a text is not the one that was voted on, or where
    two of them change one promise.
    """
    texts = [_voted_text(work, draft_id, locked) for draft_id, locked in sorted(voted.items())]
    now = charter.current_charter(work.session)
    assert now is not None  # noqa: S101  there was one when the drafts began
    promises = {promise.number: _as_it_is(promise) for promise in now.promises}
    for text in texts:
        _refuse_rivals(text, promises)
        _apply(work, text, promises)
    edition = publish_edition(work, now.edition.introduction, dict(sorted(promises.items())), sample=now.edition.sample)
    for text in texts:
        text.draft.stage, text.draft.stage_at, text.draft.adopted_in = Stage.ADOPTED, work.now, edition.number
        work.record(Did.ADOPTED, f"draft:{text.draft.id}", edition=edition.number, digest=text.digest)
    work.session.flush()
    return edition


def _voted_text(work: Work, draft_id: UUID, locked: Locked) -> Text:
    draft = hold(work, draft_id)
    if draft.stage is not Stage.VOTE or draft.locked_digest != locked.digest or locked_text(work, draft) != locked:
        raise Conflict(Say("The words of “{title}” are not those that families voted on. It is not adopted.",
                           title=draft.title))  # fmt: skip
    return drafts.text_of(work.session, draft)


def _refuse_rivals(text: Text, promises: Mapping[int, Worded]) -> None:
    """A promise that this draft changes says what it said when the draft was written."""
    for old in text.old:
        there = promises.get(old.number)
        if there is None or there.words != old.words:
            raise Conflict(Say("Promise {number} has changed since families voted on “{title}”. It is not adopted.",
                               number=old.number, title=text.draft.title))  # fmt: skip


def _apply(work: Work, text: Text, promises: dict[int, Worded]) -> None:
    """A reworded promise keeps its number; those that were split or merged keep theirs in the old editions alone."""
    said = {one.ask.partner: (one.says, one.ask.words) for one in handing.owners_said(work.session, text.draft)}
    twins = _twins_by_place(work, text)
    for number in text.touches:
        del promises[number]
    for position, words in enumerate(text.promises):
        number = text.touches[0] if text.draft.kind is DraftKind.REWORD else new_number(work)
        promises[number] = Worded(words, _answers(words, said), twins.get(position, {}))
        for old in text.touches:
            if old != number:
                work.session.add(Successor(commitment=old, successor=number))
    work.session.flush()


def _answers(words: Words, said: Mapping[str, tuple[Says, str]]) -> dict[str, tuple[Says, str]]:
    return {maker: said.get(maker, (Says.SILENT, "")) for maker in words.makers}


def _twins_by_place(work: Work, text: Text) -> dict[int, dict[str, tuple[str, str]]]:
    """The draft's own; of a reworded promise also the twins that it had, made from older words and marked so."""
    found: dict[int, dict[str, tuple[str, str]]] = {}
    if text.draft.kind is DraftKind.REWORD:
        found[0] = {twin.language: (twin.text, twin.of_digest) for twin in text.old[0].twins}
    for twin in drafts.twins_of(work.session, text.draft.id):
        found.setdefault(twin.position, {})[twin.language] = (twin.text, twin.of_digest)
    return found


def _as_it_is(promise: Promise) -> Worded:
    said = {maker.slug: (maker.says, maker.condition) for maker in promise.makers}
    return Worded(promise.words, said, {twin.language: (twin.text, twin.of_digest) for twin in promise.twins})
