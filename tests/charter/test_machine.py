"""Whatever order drafts live in: what is adopted was voted on, nothing unmet vanishes, no number comes twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import select

from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Refused
from pyramid_app.base.work import working
from pyramid_app.charter import queries as charter
from pyramid_app.charter import ratifying
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting import service as commenting
from pyramid_app.charter.commenting.models import Comment
from pyramid_app.charter.commenting.rules import CameOf, Weight
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import Content, DraftKind, Stage
from pyramid_app.charter.handing import owners
from pyramid_app.charter.handing import queries as handed
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.links import Held
from pyramid_app.charter.handing.met import say_met
from pyramid_app.charter.handing.rules import Stands
from pyramid_app.charter.models import Commitment, Wording
from pyramid_app.charter.rules import Says, exact
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.charter.service import lay_charter
from tests.builders import acting_as, an_officer, the_area
from tests.charter.builders import ADDRESS, a_town
from tests.support.databases import pinned
from tests.support.lives import live

START = datetime(2027, 3, 1, 10, tzinfo=UTC)
WHICH = st.integers(0, 5)
PROMISES = st.integers(8, 12)
TEXTS = st.text(alphabet="abc <>&\u200b\u05d0.\n", min_size=1, max_size=30)
SAYS = st.sampled_from([Says.KEEPS, Says.IF, Says.CANNOT])
HANDS = st.lists(st.sampled_from([*Stands, Stands.AGREES, Stands.AGREES]), min_size=8, max_size=8)


def with_drafts(*stages):
    """The rule needs a draft at one of these stages."""
    return precondition(lambda self: self.at(*stages))


class Drafts(RuleBasedStateMachine):
    """Eight representatives, a reader, an owner and a vote. What is refused leaves no trace."""

    url = ""

    def __init__(self):
        super().__init__()
        self.place = pinned(self.url)
        self.database = self.place.__enter__()
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        with working(self.database, system("tests")) as work:
            the_area(work)
            lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
            self.town = a_town(work, acting_as(an_officer(work, lead=True), Role.LEAD))
        self.ids, self.voted, self.musts, self.numbers = [], {}, {}, set(range(1, 16))

    def teardown(self):
        self.travel.stop()
        self.place.__exit__(None, None, None)

    def attempt(self, verb, who=None):
        """One act a minute later; ``None`` where it was refused."""
        self.clock.shift(timedelta(minutes=1))
        try:
            with working(self.database, who or self.town.rep) as work:
                return verb(work)
        except Refused:
            return None

    def at(self, *stages):
        with self.database.reading() as session:
            return [one.id for one in session.exec(select(Draft).order_by(Draft.started_at)) if one.stage in stages]

    def one(self, which, *stages):
        found = self.at(*stages)
        return found[which % len(found)]

    @precondition(lambda self: len(self.ids) < 4)
    @rule(kind=st.sampled_from(DraftKind), first=PROMISES, second=PROMISES)
    def start(self, kind, first, second):
        touches = {DraftKind.ADD: [], DraftKind.MERGE: [first, second]}.get(kind, [first])
        draft = self.attempt(lambda work: drafting.start(work, kind, "Buses", touches, "Late.", 4))
        if draft:
            self.ids.append(draft.id)

    @with_drafts(*Stage)
    @rule(which=WHICH, text=TEXTS, stale=st.booleans())
    def write(self, which, text, stale):
        draft_id = self.one(which, *Stage)

        def verb(work):
            draft = work.session.get_one(Draft, draft_id)
            now = drafting.content_of(work, draft)
            promises = tuple(
                replace(one, text=f"{text}{at}".strip(), how_we_know="We ask.", makers=("council",))
                for at, one in enumerate(now.promises)
            )
            drafting.save(work, draft_id, draft.saves - stale, Content(now.title, "Late.", promises))

        self.attempt(verb)

    @with_drafts(*Stage)
    @rule(which=WHICH, weight=st.sampled_from(Weight), answered=st.booleans())
    def comment(self, which, weight, answered):
        draft_id, text = self.one(which, *Stage), f"Words of {datetime.now(UTC)}"
        made = self.attempt(lambda work: commenting.say(work, draft_id, text, weight), acting_as(self.town.reader))
        if made and weight is Weight.MUST:
            self.musts[made.id] = (draft_id, None)
        if made and answered:
            self.attempt(lambda work: commenting.answer(work, draft_id, [made.id], CameOf.PARTLY, "Because.", ADDRESS))

    @with_drafts(Stage.GROUP, Stage.CONSULTATIVE)
    @rule(which=WHICH)
    def answer_all(self, which):
        draft_id = self.one(which, Stage.GROUP, Stage.CONSULTATIVE)

        def verb(work):
            found = list(work.session.exec(select(Comment.id).where(Comment.draft_id == draft_id)))
            commenting.answer(work, draft_id, found, CameOf.NOT_CHANGED, "Because.", ADDRESS)

        self.attempt(verb)

    @with_drafts(Stage.OWNER)
    @rule(which=WHICH, met=st.sampled_from([True, False, None]))
    def say_met(self, which, met):
        draft_id = self.one(which, Stage.OWNER)
        mine = [one for one, (of, _) in self.musts.items() if of == draft_id]

        def verb(work):
            say_met(work, handed.newest_of(work.session, draft_id).id, dict.fromkeys(mine, met))
            return True

        if mine and self.attempt(verb, acting_as(self.town.reader)):
            said = met if met is not None else self.before(draft_id, mine[0])
            self.musts |= dict.fromkeys(mine, (draft_id, said))

    def before(self, draft_id, comment_id):
        """What she said at an earlier hand-over stands when she takes back what she said at this one."""
        with self.database.reading() as session:
            promises = drafts.text_of(session, session.get_one(Draft, draft_id)).promises
            found = comments.comments_of(session, draft_id, promises)
            return next(seen.met for seen in found if seen.comment.id == comment_id)

    @with_drafts(*Stage)
    @rule(which=WHICH, to=st.sampled_from([Stage.CONSULTATIVE, Stage.GROUP, Stage.OWNER, Stage.HANDS]))
    def hand_on(self, which, to):
        draft_id = self.one(which, *Stage)
        self.attempt(lambda work: handing.hand_on(work, draft_id, to, "Please.", ADDRESS))

    @with_drafts(Stage.OWNER)
    @rule(which=WHICH, says=SAYS, on=st.booleans())
    def owners_answer(self, which, says, on):
        draft_id = self.one(which, Stage.OWNER)

        def verb(work):
            for one in handed.owners_said(work.session, work.session.get_one(Draft, draft_id)):
                owners.answer(work, Held(one.ask.id), says, "Money.")

        self.attempt(verb, system("link"))
        if on:
            self.attempt(lambda work: handing.hand_on(work, draft_id, Stage.HANDS, "Hands.", ADDRESS))

    @with_drafts(Stage.HANDS)
    @rule(which=WHICH, hands=HANDS)
    def raise_hands(self, which, hands):
        draft_id = self.one(which, Stage.HANDS)
        for rep, stands in zip(self.town.reps, hands, strict=True):
            self.attempt(lambda work, s=stands: handing.raise_hand(work, draft_id, s, "Note."), acting_as(rep))

    @with_drafts(Stage.GROUP)
    @rule(which=WHICH, text=TEXTS)
    def walk_to_the_vote(self, which, text):
        """The usual way, so that votes happen often enough."""
        draft_id = self.one(which, Stage.GROUP)
        self.write(self.at(*Stage).index(draft_id), text, False)
        for stage in (Stage.CONSULTATIVE, Stage.GROUP, Stage.OWNER):
            if draft_id in self.at(Stage.GROUP):
                self.answer_all(self.at(Stage.GROUP, Stage.CONSULTATIVE).index(draft_id))
            self.attempt(lambda work, to=stage: handing.hand_on(work, draft_id, to, "Please.", ADDRESS))
        if draft_id in self.at(Stage.OWNER):
            self.owners_answer(self.at(Stage.OWNER).index(draft_id), Says.KEEPS, True)
        if draft_id in self.at(Stage.HANDS):
            self.raise_hands(self.at(Stage.HANDS).index(draft_id), [Stands.AGREES] * 8)
            self.open_a_vote(self.at(Stage.HANDS).index(draft_id))

    @with_drafts(Stage.HANDS)
    @rule(which=WHICH)
    def open_a_vote(self, which):
        draft_id = self.one(which, Stage.HANDS)
        locked = self.attempt(lambda work: ratifying.lock(work, draft_id))
        if locked:
            with self.database.reading() as session:
                self.voted[draft_id] = (locked, drafts.text_of(session, session.get_one(Draft, draft_id)).exact)

    @with_drafts(Stage.VOTE)
    @rule(which=WHICH, how_it_ends=st.sampled_from(["adopt", "adopt", "fall", "unlock"]), all_of_them=st.booleans())
    def end_a_vote(self, which, how_it_ends, all_of_them):
        found = self.at(Stage.VOTE)
        chosen = found if all_of_them else [found[which % len(found)]]
        if how_it_ends == "adopt":
            assert self.attempt(lambda work: ratifying.adopt(work, {one: self.voted[one][0] for one in chosen}))
        elif how_it_ends == "fall":
            self.attempt(lambda work: drafting.let_fall(work, chosen[0], "More no than yes."))
        else:
            self.attempt(lambda work: ratifying.unlock(work, chosen[0]))

    @invariant()
    def what_is_at_the_vote_or_adopted_is_what_was_voted_on(self):
        with self.database.reading() as session:
            for draft in session.exec(select(Draft)):
                if draft.stage not in {Stage.VOTE, Stage.ADOPTED}:
                    continue
                text = drafts.text_of(session, draft)
                assert text.exact == self.voted[draft.id][1]
                if draft.stage is Stage.ADOPTED:
                    there = charter.get_charter(session, draft.adopted_in).promises
                    says = [exact(one.words) for one in there]
                    assert all(exact(words) in says for words in text.promises)

    @invariant()
    def nothing_unmet_vanishes(self):
        with self.database.reading() as session:
            for comment_id, (draft_id, met) in self.musts.items():
                promises = drafts.text_of(session, session.get_one(Draft, draft_id)).promises
                shown = {seen.comment.id for seen in comments.unmet(session, draft_id, promises)}
                assert (comment_id in shown) == (met is not True)

    @invariant()
    def numbers_never_repeat(self):
        with self.database.reading() as session:
            numbers = set(session.exec(select(Commitment.number)))
            worded = set(session.exec(select(Wording.commitment)))
        assert self.numbers <= numbers, "none is ever deleted"
        assert numbers == set(range(1, len(numbers) + 1)) >= worded
        self.numbers = numbers


@pytest.mark.lives
def test_whatever_order_drafts_live_in(engine_url):
    live(type("Here", (Drafts,), {"url": engine_url}), engine_url, lives=5, steps=18)
