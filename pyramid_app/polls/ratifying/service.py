"""Asking families about exact words: begun from drafts, tied to their texts when frozen, decided by the count."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import col, select

from pyramid_app.area.queries import settings_of
from pyramid_app.ballots.rules import Roll
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.charter import ratifying as charter
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.service import let_fall
from pyramid_app.charter.handing import queries as handing
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import sentence
from pyramid_app.polls import queries
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.asking.drafts import Content, OptionDraft, QuestionDraft, content_of
from pyramid_app.polls.kinds import NOT_SURE
from pyramid_app.polls.models import DraftVote, Poll, PollDraft
from pyramid_app.polls.paper import Paper
from pyramid_app.polls.proposals import locked_of, votes_of
from pyramid_app.polls.ratifying.rules import NO, YES, Did, question_of, what_is_wrong_with_choice, why_it_falls
from pyramid_app.polls.rules import PollKind

ANSWERS = (
    OptionDraft("Yes", "The charter says what stands above."),
    OptionDraft("No", "Everything stays as it is now."),
)


def propose(work: Work, topic_id: UUID, title: str, draft_ids: Sequence[UUID]) -> Poll:
    """Begin a vote on drafts that are ready for it. Its questions follow from them and cannot be written by hand."""
    chosen = work.session.exec(
        select(Draft).where(col(Draft.id).in_(draft_ids)).order_by(col(Draft.started_at), col(Draft.id))
    ).all()
    touched = [number for draft in chosen for number in drafts.touches_of(work.session, draft.id)]
    wrong = what_is_wrong_with_choice(len(chosen), [number for number in touched if touched.count(number) > 1])
    for draft in chosen:
        for say in handing.why_not_vote(work.session, draft, work.now):
            wrong.setdefault("drafts", Say("“{title}”: {why}", title=draft.title, why=say))
    if wrong:
        raise Invalid(wrong)
    poll = asking.write(work, topic_id, title)
    area = settings_of(work.session, work.now)
    poll.quorum_percent, poll.more_than_percent = area.ratify_quorum_percent, area.ratify_more_than_percent
    for position, draft in enumerate(chosen):
        work.session.add(PollDraft(poll_id=poll.id, draft_id=draft.id, position=position))
    work.session.flush()
    content = replace(_ready_made(work, content_of(queries.paper_of(work.session, poll))), questions=())
    asking.write_over(work, poll, replace(content, questions=_questions(work, chosen)))
    work.record(Did.PROPOSED, f"poll:{poll.id}", drafts=[str(draft.id) for draft in chosen])
    return poll


def keep_votes(
    work: Work, paper: Paper, tallies: Mapping[UUID, Mapping[str, int]], answered: int, on_roll: int
) -> None:
    """What was counted for each draft and whether it falls, in the act that stores the result."""
    poll = paper.poll
    # Whoever had joined when it opened counts, also if nobody was there to write the roll down.
    on_roll = max(on_roll, len(queries.people_asked(work.session, poll, work.now)))
    for row in queries.drafts_of(work.session, poll.id):
        question = paper.questions[row.position]
        options, tally = paper.options[question.id], tallies[question.id]
        yes, no = tally.get(options[YES].id.hex, 0), tally.get(options[NO].id.hex, 0)
        why = why_it_falls(yes, no, answered, on_roll, poll.quorum_percent or 0, poll.more_than_percent)
        work.session.add(
            DraftVote(
                poll_id=poll.id, draft_id=row.draft_id, in_favour=yes, against=no, unsure=tally.get(NOT_SURE, 0),
                fell_because=sentence(why, "en") if why else "",
            )
        )  # fmt: skip


def decide(work: Work, poll_id: UUID) -> None:
    """What families said yes to makes the next edition; the rest falls, with the reason. Once.

    Raises ``Conflict``, and keeps nothing, where a text is not the one that was voted on: somebody must look.
    """
    poll = work.session.get_one(Poll, poll_id, with_for_update=True)
    if poll.decided_at is not None or poll.counted_at is None:
        return
    tied = {row.draft_id: locked_of(row) for row in queries.drafts_of(work.session, poll.id)}
    votes = votes_of(work.session, poll.id)
    for vote in votes:
        if vote.fell_because:
            let_fall(work, vote.draft_id, vote.fell_because)
    adopted = {vote.draft_id: tied[vote.draft_id] for vote in votes if not vote.fell_because}
    if adopted:
        charter.adopt(work, adopted)
    poll.decided_at = work.now
    work.record(Did.DECIDED, f"poll:{poll.id}", adopted=len(adopted))


def _questions(work: Work, chosen: Sequence[Draft]) -> tuple[QuestionDraft, ...]:
    made = []
    for draft in chosen:
        say = question_of(draft.kind, drafts.touches_of(work.session, draft.id), draft.title)
        made.append(QuestionDraft(sentence(say, "en")[:300], ANSWERS))
    return tuple(made)


def _ready_made(work: Work, content: Content) -> Content:
    """What can be said of every such vote, to be made better by the officer."""
    area = settings_of(work.session, work.now)
    return replace(
        content, kind=PollKind.CONSULTATION, roll=Roll.FIXED,
        why="Our charter changes only if families say so.",
        proposal="The new words stand above each question, beside those of now.",
        considered="To leave the charter as it is. You can choose that for each change.",
        who_decides="You: more yes than no, if enough families vote",
        where_decided=f"In this vote, counted by {area.host}"[:200],
        can_change="Each change is adopted, or the charter stays as it is.",
        cannot_change="The words themselves. You vote on exactly what you read.",
    )  # fmt: skip
