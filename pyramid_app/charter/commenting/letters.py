"""Letters to the author of a comment: what came of it, and why it is hidden."""

from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.post import Draft as Letter
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.base.work import Work
from pyramid_app.charter.commenting.models import Comment
from pyramid_app.charter.drafting.models import Draft


def answered(work: Work, draft: Draft, comment: Comment, address: str) -> Letter:
    """What came of it; begins with the author's own words."""
    return _about(work, "comment_answered", draft, comment, address)


def hidden(work: Work, draft: Draft, comment: Comment, address: str) -> Letter:
    """Nobody else sees it now, why, and how to object."""
    return _about(work, "comment_hidden", draft, comment, address)


def shown_again(work: Work, draft: Draft, comment: Comment, address: str) -> Letter:
    """The chair has looked: everybody who may read the draft sees it again."""
    return _about(work, "comment_shown", draft, comment, address)


def _about(work: Work, name: str, draft: Draft, comment: Comment, address: str) -> Letter:
    area, link = settings_of(work.session, work.now), f"{address}/drafts/{draft.ref}"
    words = render_letter(name, area=area, draft=draft, comment=comment, link=link)
    return Letter(
        kind=name.replace("_", " "), subject=words.subject, text=words.text, one_line=words.one_line,
        person_id=comment.by_id, about=f"draft:{draft.id}", link=link,
    )  # fmt: skip
