"""A draft as one person may see it: its words, where it has been, what was said to it and what came of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.base.actor import Actor
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting.queries import Seen
from pyramid_app.charter.drafting import permissions as may
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft, DraftTwin, DraftVersion
from pyramid_app.charter.drafting.queries import Text
from pyramid_app.charter.drafting.rules import Part, Stage, can_read, shown_name
from pyramid_app.charter.handing import queries as handing
from pyramid_app.charter.handing.models import HandedOn
from pyramid_app.charter.handing.queries import Hands, OwnerSaid
from pyramid_app.charter.rules import digest, exact

WAY = (Stage.GROUP, Stage.CONSULTATIVE, Stage.OWNER, Stage.HANDS, Stage.VOTE)
"""Where a draft goes, in order."""


@dataclass(frozen=True)
class Step:
    """One place on the way."""

    stage: Stage
    here: bool
    been: bool


@dataclass(frozen=True)
class May:
    """What this person can do here now."""

    write: bool
    comment: bool
    answer: bool
    hand_on: bool
    raise_hand: bool
    invite: bool
    enter: bool
    see_hands: bool
    translate: bool


@dataclass(frozen=True)
class Story:
    """All that the page shows."""

    draft: Draft
    part: Part
    may: May
    text: Text
    steps: Sequence[Step]
    handed: Sequence[HandedOn]
    names: dict[UUID, str]
    others: Sequence[Draft]
    owners: Sequence[OwnerSaid]
    hands: Hands | None
    said: Sequence[Seen]
    now_says: dict[UUID, str]
    versions: Sequence[DraftVersion]
    twins: Sequence[DraftTwin]
    outdated: bool

    @property
    def unmet(self) -> list[Seen]:
        """Members see it at every stage; everybody else once families vote, as was said to who wrote it."""
        return [one for one in self.said if one.unmet] if self.part.any or self.draft.locked_at else []

    def is_stale(self, twin: DraftTwin) -> bool:
        """Made from other words than the draft has now, or from a promise that it has no more."""
        promises = self.text.promises
        return twin.position >= len(promises) or twin.of_digest != digest(exact(promises[twin.position]))


def story(session: Session, ref: str, actor: Actor, now: datetime) -> Story:
    """Raises ``NotFound`` for a draft that is not there, or not for this person."""
    draft, part = drafts.get_draft(session, ref, actor, now)
    text, handed = drafts.text_of(session, draft), handing.handed_on_of(session, draft.id)
    said = comments.comments_of(session, draft.id, text.promises)
    voted = any(one.went_to is Stage.HANDS and one.version == draft.version for one in handed)
    versions = drafts.versions_of(session, draft.id)
    wrote = {one.by_id for one in handed} | {one.by_id for one in versions}
    people = {one for one in wrote if one} if part.any else set()
    return Story(
        draft=draft, part=part, may=_may(part, draft), text=text,
        steps=_steps(draft, handed), handed=handed[::-1],
        names={one: shown_name(name, unnamed=False) for one, name in accounts.names_of(session, people).items()},
        others=_others(session, part, draft, text), owners=handing.owners_said(session, draft),
        hands=handing.hands_of(session, draft, now) if voted else None, said=said,
        now_says=comments.say_now(session, draft.id, said, text.promises), versions=versions,
        twins=drafts.twins_of(session, draft.id),
        outdated=not _over(draft) and bool(text.touches) and drafts.has_changed_since(session, draft),
    )  # fmt: skip


def _may(part: Part, draft: Draft) -> May:
    hand_on, write = bool(may.may_hand_on(part, draft)), bool(may.may_write(part, draft))
    return May(
        write=write,
        comment=part.any and bool(may.may_comment(part, draft)),
        answer=bool(may.may_answer(part, draft)),
        hand_on=hand_on,
        raise_hand=bool(may.may_raise_hand(part, draft)),
        invite=draft.stage is Stage.GROUP and bool(may.may_invite(part)),
        enter=draft.stage is Stage.OWNER and (part.officer or hand_on),
        see_hands=part.rep or part.member or part.chair,
        translate=draft.locked_at is None and not _over(draft) and (part.officer or write),
    )


def _steps(draft: Draft, handed: Sequence[HandedOn]) -> list[Step]:
    """Every draft begins with the Group; one that is over has been wherever it was handed."""
    been = {Stage.GROUP, *(one.went_to for one in handed)} | ({Stage.VOTE} if draft.locked_at else set())
    return [Step(stage, draft.stage is stage, stage in been) for stage in WAY]


def _others(session: Session, part: Part, draft: Draft, text: Text) -> list[Draft]:
    """Other drafts about the same promises, as far as this person may read them."""
    found = drafts.touching(session, text.touches, besides=draft.id) if text.touches else []
    return [one for one in found if can_read(part, one.stage, consulted=one.consulted_at is not None)]


def _over(draft: Draft) -> bool:
    return draft.stage in {Stage.ADOPTED, Stage.FELL}
