"""Letters to a partner's mailbox. Their link is made while they are sent: no stored letter holds it."""

from datetime import datetime

from pyramid_app.area.queries import settings_of
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.words import render_letter
from pyramid_app.base.work import Work
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies.dates import link_ends_at
from pyramid_app.outcomes.replies.links import For
from pyramid_app.outcomes.replies.models import PartnerAsk, PartnerNote
from pyramid_app.topics.models import Topic

MAKER = "partner link"


def ask(work: Work, one: PartnerAsk, topic: Topic, partner: str, by: str, *, passed_from: str = "") -> Draft:
    """The question, to whoever holds it now. ``passed_from``: the mailbox that passed it on, masked."""
    ends = link_ends_at(one.due_on, one.sent_on)
    return _with_link(work, "partner_ask", one, topic, one.sent_to, ends, partner=partner, by=by,
                      passed_from=passed_from)  # fmt: skip


def warning(work: Work, one: PartnerAsk, topic: Topic, partner: str, by: str, to: str) -> Draft:
    """Its day comes near."""
    ends = link_ends_at(one.due_on, one.due_on)
    return _with_link(work, "partner_warning", one, topic, to, ends, partner=partner, by=by, passed_from="")


def passed_on(work: Work, one: PartnerAsk, topic: Topic, partner: str, to: str) -> Draft:
    """To the mailbox: somebody there passed the question on, to this masked address."""
    area = settings_of(work.session, work.now)
    words = render_letter("partner_passed", area=area, topic=topic, partner=partner, to=to, due_on=one.due_on)
    return Draft(
        kind="partner passed on", subject=words.subject, text=words.text, one_line=words.one_line, address=one.mailbox,
        about=f"topic:{topic.id}",
    )  # fmt: skip


def look(work: Work, note: PartnerNote, outcome: Outcome, topic: Topic, partner: str, by: str) -> Draft:
    """An answer names this partner: it sees it before anybody else."""
    area = settings_of(work.session, work.now)
    words = render_letter(
        "partner_look", area=area, topic=topic, partner=partner, by=by, public_at=outcome.published_at
    )
    return Draft(
        kind="partner look", subject=words.subject, text=words.text, one_line=words.one_line, address=note.mailbox,
        about=f"topic:{topic.id}", expires_at=outcome.published_at, maker=MAKER,
        facts={"for": For.NOTE.value, "id": str(note.id), "version": 0},
    )  # fmt: skip


def _with_link(work: Work, name: str, one: PartnerAsk, topic: Topic, to: str, ends: datetime, **facts: object) -> Draft:
    area = settings_of(work.session, work.now)
    words = render_letter(name, area=area, topic=topic, ask=one, ends=ends, **facts)
    return Draft(
        kind=name.replace("_", " "), subject=words.subject, text=words.text, one_line=words.one_line, address=to,
        about=f"topic:{topic.id}", expires_at=ends, maker=MAKER,
        facts={"for": For.ASK.value, "id": str(one.id), "version": one.version},
    )  # fmt: skip
