"""Who may read a draft, write on it, comment it, hand it on, and raise a hand. Pure."""

from typing import Protocol

from pyramid_app.base.actor import YES, Verdict, no
from pyramid_app.charter.drafting.rules import PUBLIC, Part, Stage, can_read


class DraftLike(Protocol):
    @property
    def stage(self) -> Stage: ...
    @property
    def consulted_at(self) -> object: ...


def may_see_drafts(part: Part) -> Verdict:
    """The list of what is being worked on."""
    return YES if part.any else no("Drafts are for members of the group that is asked often, and of the Group.")


def may_see_reviews(part: Part) -> Verdict:
    """The list of promises that come back soon."""
    if part.rep or part.member or part.officer or part.chair:
        return YES
    return no("This list is for the Group and the team. Each promise says when we look at it again.")


def may_read(part: Part, draft: DraftLike) -> Verdict:
    """The Group always; the consultative group once it was asked; anybody from the vote on."""
    if can_read(part, draft.stage, consulted=draft.consulted_at is not None):
        return YES
    return no("This is being written. You can read it when families vote on it.")


def may_start(part: Part) -> Verdict:
    return YES if part.rep else no("Representatives write drafts. You can tell them what should change.")


def may_write(part: Part, draft: DraftLike) -> Verdict:
    """Representatives, and whom they invited, while it is with the Group."""
    if draft.stage is not Stage.GROUP:
        return no("These words stand while others look at them. Bring the draft back to the Group to write on.")
    return YES if part.rep or part.invited else no("Representatives write this. You can say what you think of it.")


def may_invite(part: Part) -> Verdict:
    return YES if part.rep or part.chair else no("Representatives ask others to write with them.")


def may_comment(part: Part, draft: DraftLike) -> Verdict:
    """Whoever may read it before the vote."""
    if draft.stage in PUBLIC:
        return no("Families vote on exactly these words, so nothing can be said to them here any more.")
    return may_read(part, draft)


def may_answer(part: Part, draft: DraftLike) -> Verdict:
    """Say what came of comments: whoever writes on the draft, or leads the meetings."""
    if draft.stage in PUBLIC:
        return no("The words of this draft stand, so nothing more can come of comments.")
    return YES if part.rep or part.invited or part.chair else no("Those who write the draft answer its comments.")


def may_hand_on(part: Part, draft: DraftLike) -> Verdict:
    if draft.stage in PUBLIC:
        return no("This draft has gone to the vote.")
    return YES if part.rep or part.chair else no("Representatives and the chair hand drafts on.")


def may_raise_hand(part: Part, draft: DraftLike) -> Verdict:
    if draft.stage is not Stage.HANDS:
        return no("The show of hands is not open.")
    return YES if part.rep or part.member else no("The Group's members raise their hands.")


def may_write_hands_down(part: Part, draft: DraftLike) -> Verdict:
    """The chair, for those who raised a hand at a meeting."""
    if draft.stage is not Stage.HANDS:
        return no("The show of hands is not open.")
    return YES if part.chair else no("Only a chair can do this.")


def may_hide(part: Part) -> Verdict:
    """Take somebody's words out of sight, with a reason the author sees."""
    return YES if part.officer or part.chair else no("The team and the chair look at what was reported.")


def may_hear_objection(part: Part) -> Verdict:
    """Whoever objects is heard by the chair, who may not be the one that hid the words."""
    return YES if part.chair else no("The chair looks at objections.")
