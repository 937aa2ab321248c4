"""Reading drafts: who somebody is for one, its words at any version beside the promises as they stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, false, or_, select

from pyramid_app.base.actor import Actor, Hat
from pyramid_app.base.errors import NotFound
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting.models import Draft, DraftTouch, DraftTwin, DraftVersion, DraftWording, DraftWriter
from pyramid_app.charter.drafting.rules import OVER, Part, Stage, can_read, digest_of, exact_draft
from pyramid_app.charter.queries import Promise
from pyramid_app.charter.rules import Words, words_of
from pyramid_app.participation import queries as participation
from pyramid_app.participation.group import queries as group
from pyramid_app.participation.group.rules import MemberKind
from pyramid_app.participation.rules import CONSULTATIVE


@dataclass(frozen=True)
class Text:
    """A draft as one version words it. ``old``: the promises it would change, as they stood when it was written."""

    draft: Draft
    number: int
    touches: tuple[int, ...]
    promises: tuple[Words, ...]
    old: tuple[Promise, ...]

    @property
    def exact(self) -> str:
        return exact_draft(self.draft.kind, self.touches, self.promises)

    @property
    def digest(self) -> str:
        return digest_of(self.draft.kind, self.touches, self.promises)


def part_of(session: Session, actor: Actor, now: datetime, draft: Draft | None = None) -> Part:
    """What this person is for that draft, or for drafts at all. The staff hat speaks for no family."""
    person = actor.person_id
    if person is None:
        return Part()
    family = actor.hat is Hat.FAMILY
    kind = group.kind_of(session, person, now)
    # Officers, health and schools belong to the Group with the hat of their work on; parents without it.
    rep = family and kind is MemberKind.ELECTED
    return Part(
        rep=rep,
        member=rep or (kind is not None and kind is not MemberKind.ELECTED),
        consultative=family and _from_consultative(session, person, now),
        officer=actor.is_officer,
        chair=actor.is_chair,
        invited=draft is not None and session.get(DraftWriter, (draft.id, person)) is not None,
    )


def find_draft(session: Session, ref: str) -> Draft | None:
    return session.exec(select(Draft).where(Draft.ref == ref)).first()


def get_draft(session: Session, ref: str, actor: Actor, now: datetime) -> tuple[Draft, Part]:
    """The draft and what this person is for it; one that she may not read looks like none."""
    draft = find_draft(session, ref)
    if draft is None:
        raise NotFound
    part = part_of(session, actor, now, draft)
    if not _readable(part, draft):
        raise NotFound
    return draft, part


def get_for(session: Session, draft_id: UUID, actor: Actor, now: datetime) -> tuple[Draft, Part]:
    """The same, by the draft's id."""
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound
    return get_draft(session, draft.ref, actor, now)


def text_of(session: Session, draft: Draft, number: int | None = None) -> Text:
    """The words of a version, the newest if none is named. Raises ``NotFound`` for one that never was."""
    number = number or draft.version
    if session.get(DraftVersion, (draft.id, number)) is None:
        raise NotFound
    return _texts(session, {draft.id: (draft, number)})[draft.id]


def newest_texts(session: Session, drafts: Collection[Draft]) -> dict[UUID, Text]:
    """The newest words of each: as many queries for ten drafts of one edition as for one."""
    return _texts(session, {draft.id: (draft, draft.version) for draft in drafts})


def _texts(session: Session, wanted: Mapping[UUID, tuple[Draft, int]]) -> dict[UUID, Text]:
    versions = [
        (col(DraftWording.draft_id) == draft_id) & (col(DraftWording.version) == number)
        for draft_id, (_draft, number) in wanted.items()
    ]
    words = defaultdict[UUID, list[Words]](list)
    for row in session.exec(select(DraftWording).where(or_(false(), *versions)).order_by(col(DraftWording.position))):
        words[row.draft_id].append(words_of(row, row.makers))
    touches = _touches(session, wanted)
    old = {
        edition: charter.list_promises(session, edition, {number for numbers in touches.values() for number in numbers})
        for edition in {draft.edition for draft_id, (draft, _number) in wanted.items() if touches[draft_id]}
    }
    return {
        draft_id: Text(
            draft, number, touches[draft_id], tuple(words[draft_id]),
            tuple(one for one in old.get(draft.edition, ()) if one.number in touches[draft_id]),
        )
        for draft_id, (draft, number) in wanted.items()
    }  # fmt: skip


def touches_of(session: Session, draft_id: UUID) -> tuple[int, ...]:
    """The numbers of the promises that a draft would change, in order."""
    return _touches(session, [draft_id])[draft_id]


def _touches(session: Session, drafts: Collection[UUID]) -> dict[UUID, tuple[int, ...]]:
    found = select(DraftTouch).where(col(DraftTouch.draft_id).in_(drafts)).order_by(col(DraftTouch.commitment))
    rows = session.exec(found).all()
    return {draft_id: tuple(row.commitment for row in rows if row.draft_id == draft_id) for draft_id in drafts}


def versions_of(session: Session, draft_id: UUID) -> Sequence[DraftVersion]:
    found = select(DraftVersion).where(DraftVersion.draft_id == draft_id)
    return session.exec(found.order_by(col(DraftVersion.number).desc())).all()


def twins_of(session: Session, draft_id: UUID) -> Sequence[DraftTwin]:
    found = select(DraftTwin).where(DraftTwin.draft_id == draft_id)
    return session.exec(found.order_by(col(DraftTwin.position), col(DraftTwin.language))).all()


def list_drafts(session: Session, part: Part) -> list[Draft]:
    """Every draft that this person may read, those that are over last, else the newest first."""
    found = session.exec(select(Draft).order_by(col(Draft.stage_at).desc(), col(Draft.id)))
    return sorted((draft for draft in found if _readable(part, draft)), key=lambda draft: draft.stage in OVER)


def list_by_ids(session: Session, ids: Collection[UUID]) -> dict[UUID, Draft]:
    """These drafts, whoever may read them."""
    return {one.id: one for one in session.exec(select(Draft).where(col(Draft.id).in_(ids)))}


def touching(session: Session, commitments: Collection[int], *, besides: UUID | None = None) -> Sequence[Draft]:
    """Drafts that are not over and would change one of those promises."""
    found = (
        select(Draft)
        .join(DraftTouch, col(DraftTouch.draft_id) == col(Draft.id))
        .where(col(DraftTouch.commitment).in_(commitments), col(Draft.stage).not_in(OVER), col(Draft.id) != besides)
        .distinct()
        .order_by(col(Draft.started_at), col(Draft.id))
    )
    return session.exec(found).all()


def about(session: Session, commitment: int, part: Part) -> list[Draft]:
    """Drafts that would change this promise or were to, as far as this person may read them, newest first."""
    touched = select(DraftTouch.draft_id).where(DraftTouch.commitment == commitment)
    found = session.exec(
        select(Draft).where(col(Draft.id).in_(touched)).order_by(col(Draft.stage_at).desc(), col(Draft.id).desc())
    )
    return [draft for draft in found if _readable(part, draft)]


def has_changed_since(session: Session, draft: Draft) -> bool:
    """One of the promises that the draft would change says something else now, or is gone."""
    touches = touches_of(session, draft.id)
    before = {one.number: one.words for one in charter.list_promises(session, draft.edition, touches)}
    edition = charter.current_edition(session)
    now = {one.number: one.words for one in charter.list_promises(session, edition.number, touches)} if edition else {}
    return before != now


def writers_of(session: Session, draft_id: UUID) -> Sequence[UUID]:
    """Whom somebody invited to write."""
    return session.exec(select(DraftWriter.person_id).where(DraftWriter.draft_id == draft_id)).all()


def story_of(session: Session, commitment: int) -> Sequence[Draft]:
    """Drafts that are public and were about this promise, also those that fell, newest first."""
    public = [Stage.VOTE, *OVER]
    touched = select(DraftTouch.draft_id).where(DraftTouch.commitment == commitment)
    found = select(Draft).where(col(Draft.id).in_(touched), col(Draft.stage).in_(public))
    return session.exec(found.order_by(col(Draft.stage_at).desc(), col(Draft.id).desc())).all()


def _from_consultative(session: Session, person: UUID, now: datetime) -> bool:
    slug = participation.find_level_of(session, person, now)
    places = {level.slug: level.position for level in participation.list_levels(session)}
    return slug is not None and CONSULTATIVE in places and places[slug] >= places[CONSULTATIVE]


def _readable(part: Part, draft: Draft) -> bool:
    return can_read(part, draft.stage, consulted=draft.consulted_at is not None)
