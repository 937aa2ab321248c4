"""Letters about a draft on its way: to the consultative group, to its owners, to the Group, to who commented it."""

from collections.abc import Sequence
from uuid import UUID

from pyramid_app.accounts import queries as accounts
from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.post import Draft as Letter
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.base.work import Work
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.handing.models import HandedOn, OwnerAsk

MAKER = "owner link"


def to_members(
    work: Work, name: str, draft: Draft, handed_on: HandedOn, people: Sequence[UUID], address: str, page: str = ""
) -> list[tuple[UUID, Letter]]:
    """The same letter to each of them, with her own name. ``page``: the part of the draft that it leads to."""
    area, link = settings_of(work.session, work.now), f"{address}/drafts/{draft.ref}{page}"
    names = accounts.names_of(work.session, people)
    made = []
    for person in people:
        words = render_letter(
            name, area=area, draft=draft, handed_on=handed_on, name=names.get(person, ""), by=work.actor.name, link=link
        )
        letter = Letter(
            kind=name.replace("_", " "), subject=words.subject, text=words.text, one_line=words.one_line,
            person_id=person, about=f"draft:{draft.id}", link=link,
        )  # fmt: skip
        made.append((person, letter))
    return made


def to_owner(work: Work, name: str, draft: Draft, ask: OwnerAsk, partner: str, texts: Sequence[str]) -> Letter:
    """To the mailbox of whoever has to keep it: the exact words, and a link to answer by."""
    area = settings_of(work.session, work.now)
    words = render_letter(name, area=area, draft=draft, ask=ask, partner=partner, texts=texts, by=work.actor.name)
    return Letter(
        kind=name.replace("_", " "), subject=words.subject, text=words.text, one_line=words.one_line,
        address=ask.mailbox, about=f"draft:{draft.id}", maker=MAKER, facts={"id": str(ask.id), "link": ask.link},
    )  # fmt: skip
