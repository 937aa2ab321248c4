"""What the sample's partners were asked, answered and promised; one of them is late, and says why."""

from datetime import timedelta

from pyramid_app.outcomes.replies import by_link
from pyramid_app.outcomes.replies import service as replies
from pyramid_app.outcomes.replies.links import For, Held
from pyramid_app.outcomes.steps import service as steps
from pyramid_app.outcomes.steps.rules import Draft
from pyramid_app.partners import service as partners
from pyramid_app.sample.teller import Teller

MAILBOXES = {
    "council": "transport@council.example.org",
    "nhs": "therapy@nhs.example.org",
    "schools": "inclusion@schools.example.org",
}
THERAPY, BUSES = "Waiting for speech therapy", "School buses that come on time"


def ask_partners(teller: Teller) -> None:
    """Two are asked about the same topic: one answers in time, the other is late by now."""
    with teller.ago(60) as work:
        for slug, mailbox in MAILBOXES.items():
            partners.set_mailbox(work, slug, mailbox)
    with teller.ago(38, teller.officer) as work:
        question = "How long do children wait for a first visit now, and what will you do about it this year?"
        asked = replies.ask(work, teller.topics[THERAPY], ["nhs", "schools"], question)
    links = {one.partner: Held(For.ASK, one.id) for one in asked}
    with teller.ago(20) as work:
        by_link.send(work, links["nhs"], "Nineteen weeks. Two more therapists start in the autumn (sample).")
    with teller.ago(9) as work:
        by_link.say_why_late(work, links["schools"], "We asked every school, and two have not told us yet (sample).")
    _promise_steps(teller)
    teller.jobs(0.8)


def _promise_steps(teller: Teller) -> None:
    with teller.ago(30, teller.officer) as work:
        screen = steps.add(work, teller.topics[BUSES], Draft(
            "Put a screen with the arrival time at each stop (sample)", "council", "head of school transport",
            teller.day(-2), "A photograph of the first screen on this page",
        ))  # fmt: skip
        steps.add(work, teller.topics[BUSES], Draft(
            "Read every late journey of the last term (sample)", "council", "contracts manager", teller.day(-1),
            "A table of late journeys for each week",
        ))  # fmt: skip
    with teller.ago(12, teller.officer) as work:
        later = teller.day(0) + timedelta(days=25)
        steps.move(work, screen.id, later, "The screens come from abroad and are still at the port (sample).")
