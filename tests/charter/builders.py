"""A town with a charter, eight representatives, a consultative group, and partners that can be asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pyramid_app.accounts.models import Person
from pyramid_app.base.actor import Actor
from pyramid_app.base.work import Work
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import Content, DraftKind, Stage
from pyramid_app.charter.handing import owners
from pyramid_app.charter.handing import queries as handed
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.handing.rules import Stands
from pyramid_app.charter.rules import Says
from pyramid_app.partners import service as partners
from tests.builders import a_member, acting_as

ADDRESS = "http://localhost"
NEW_WORDS = "School transport comes within five minutes of its time."


@dataclass(frozen=True)
class Town:
    """Everybody who has a part in a draft."""

    reps: Sequence[Person]
    reader: Person
    parent: Person

    @property
    def rep(self) -> Actor:
        return acting_as(self.reps[0])


def a_town(work: Work, lead: Actor) -> Town:
    """Eight representatives, one reader of the consultative group, one parent; the council has a mailbox."""
    partners.set_mailbox(replace(work, actor=lead), "council", "council@partner.example.org")
    reps = [a_member(work, f"rep{n}@example.org", "group", name=f"Rep{n} Jones") for n in range(8)]
    reader = a_member(work, "reader@example.org", "consultative", name="Rena Khan")
    parent = a_member(work, "parent@example.org", "parliament", name="Pat Hill")
    return Town(reps, reader, parent)


def reword(work: Work, draft: Draft, text: str = NEW_WORDS) -> Draft:
    """Somebody writes other words for the first promise of a draft."""
    now = drafting.content_of(work, draft)
    promises = (replace(now.promises[0], text=text), *now.promises[1:])
    return drafting.save(work, draft.id, draft.saves, Content(now.title, now.reason or "Late.", promises))


def to_the_vote(act: Callable, town: Town, kind: DraftKind = DraftKind.REWORD, touches: Sequence[int] = (9,)) -> Draft:
    """A draft that Parliament can vote on: read, kept by its owners, agreed by the Group."""
    with act(town.rep) as work:
        draft = drafting.start(work, kind, "Buses come in time", touches, "Families wait in the rain.")
        reword(work, draft)
    walk_on(act, town, draft)
    return draft


def walk_on(act: Callable, town: Town, draft: Draft, says: Says = Says.KEEPS, words: str = "") -> None:
    """From the Group to the end of the show of hands."""
    for stage in (Stage.CONSULTATIVE, Stage.GROUP, Stage.OWNER):
        with act(town.rep) as work:
            handing.hand_on(work, draft.id, stage, "Please look.", ADDRESS)
    with act() as work:
        for one in handed.owners_said(work.session, work.session.get_one(Draft, draft.id)):
            owners.answer(work, Held(one.ask.id), says, words)
    with act(town.rep) as work:
        handing.hand_on(work, draft.id, Stage.HANDS, "Raise your hands.", ADDRESS)
    for rep in town.reps:
        with act(acting_as(rep)) as work:
            handing.raise_hand(work, draft.id, Stands.AGREES, "")
