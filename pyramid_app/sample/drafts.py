"""Two changes of the sample charter: one that the consultative group reads, one to which the Group raises its hands."""

from dataclasses import replace
from uuid import UUID

from pyramid_app.base.actor import Actor
from pyramid_app.charter.commenting import service as commenting
from pyramid_app.charter.commenting.rules import CameOf, Weight
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import Content, DraftKind, Stage
from pyramid_app.charter.handing import owners
from pyramid_app.charter.handing import queries as handed
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.handing.rules import Stands
from pyramid_app.charter.rules import Says
from pyramid_app.participation import queries as participation
from pyramid_app.sample import words
from pyramid_app.sample.teller import Teller
from pyramid_app.topics import drafts as resting

READER = words.FAMILIES
"""The number of a family of the consultative group."""
TOLD = "If the bus is more than ten minutes late, you get a text before 7.30 am."
FIRST_LINE = "Our letters say in the first line what we decided, and in the second what you can do about it."


def change_the_charter(teller: Teller) -> None:
    """Rosa writes, others read, the council answers, the Group raises its hands."""
    with teller.ago(60) as work:
        reps = participation.representatives(work.session, work.now)
    rosa = Actor(person_id=reps[0], name="Rosa (sample)")
    _being_read(teller, rosa)
    _at_the_hands(teller, rosa, reps)


def _being_read(teller: Teller, rosa: Actor) -> None:
    draft = _write(
        teller, rosa, 12, "A text when the bus is late", 10, TOLD, "Families stand in the rain and don't know."
    )
    with teller.ago(11, rosa) as work:
        resting.rest_on(work, draft.id, [teller.topics[words.BUSES.title]])
    _on(teller, rosa, 10, draft, Stage.CONSULTATIVE, "Is half past seven early enough for you?")
    with teller.ago(8, Actor(person_id=teller.families[READER])) as work:
        commenting.say(work, draft.id, "We leave at 7.15. It must come before 7.", Weight.MUST, "before 7.30 am")


def _at_the_hands(teller: Teller, rosa: Actor, reps: list[UUID]) -> None:
    draft = _write(
        teller, rosa, 58, "Letters that say what you can do", 5, FIRST_LINE, "A no without a way on is no help."
    )
    _on(teller, rosa, 56, draft, Stage.CONSULTATIVE, "Is anything missing in this?")
    with teller.ago(50, Actor(person_id=teller.families[READER])) as work:
        said = commenting.say(work, draft.id, "Say it in plain words, too.", Weight.BETTER, unnamed=True)
    _on(teller, rosa, 40, draft, Stage.GROUP, "One comment, about plain words.")
    with teller.ago(39, rosa) as work:
        commenting.answer(
            work, draft.id, [said.id], CameOf.NOT_CHANGED, "Another promise says that already.",
            teller.settings.address,
        )  # fmt: skip
    _on(teller, rosa, 38, draft, Stage.OWNER, "Can you keep this?")
    with teller.ago(20) as work:
        for one in handed.owners_said(work.session, work.session.get_one(Draft, draft.id)):
            owners.answer(work, Held(one.ask.id), Says.IF, "we may begin with letters about plans")
    _on(teller, rosa, 6, draft, Stage.HANDS, "The council can, if it begins with letters about plans.")
    for rep in reps[1:4]:
        with teller.ago(4, Actor(person_id=rep)) as work:
            handing.raise_hand(work, draft.id, Stands.AGREES, "")


def _write(teller: Teller, rosa: Actor, days: float, title: str, promise: int, text: str, reason: str) -> Draft:
    with teller.ago(days, rosa) as work:
        draft = drafting.start(work, DraftKind.REWORD, title, [promise], reason)
        now = drafting.content_of(work, draft)
        content = Content(title, reason, (replace(now.promises[0], text=text),))
        return drafting.save(work, draft.id, draft.saves, content)


def _on(teller: Teller, rosa: Actor, days: float, draft: Draft, to: Stage, said: str) -> None:
    with teller.ago(days, rosa) as work:
        handing.hand_on(work, draft.id, to, said, teller.settings.address)
