"""Letters of fairness: please look at the wording; it stays open for longer; we took it back."""

from uuid import UUID

from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.base.work import Work
from pyramid_app.polls.fairness.models import Extension
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import author


def look(work: Work, poll: Poll, person_id: UUID, address: str) -> Draft:
    return _draft(work, "poll look", "poll_look", poll, person_id, f"{address}/polls/{poll.ref}/look")


def extended(work: Work, poll: Poll, moved: Extension, person_id: UUID, address: str) -> Draft:
    link = f"{address}/polls/{poll.ref}"
    return _draft(work, "poll extended", "poll_extended", poll, person_id, link, moved=moved)


def withdrawn(work: Work, poll: Poll, person_id: UUID, address: str) -> Draft:
    return _draft(work, "poll withdrawn", "poll_withdrawn", poll, person_id, f"{address}/polls/{poll.ref}")


def _draft(work: Work, kind: str, name: str, poll: Poll, person_id: UUID, link: str, **more: object) -> Draft:
    area = settings_of(work.session, work.now)
    words = render_letter(name, area=area, poll=poll, by_name=author(work.session, poll), link=link, **more)
    return Draft(
        kind=kind, subject=words.subject, text=words.text, one_line=words.one_line, person_id=person_id,
        about=f"poll:{poll.id}", link=link,
    )  # fmt: skip
