"""Polls for tests: about school buses, one question with three answers, open for two weeks from now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pyramid_app.base.work import Work
from pyramid_app.kit.texts import london_date
from pyramid_app.polls import queries
from pyramid_app.polls.answering.places import Came
from pyramid_app.polls.asking import service
from pyramid_app.polls.asking.drafts import Content, OptionDraft, QuestionDraft
from pyramid_app.polls.asking.rules import usual_close
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.models import Poll
from pyramid_app.polls.rules import PollKind
from pyramid_app.topics import service as topics
from pyramid_app.topics.models import Topic
from tests.ballots.builders import a_key

CAME = Came("a secret for tests only", "a network")
"""How an answer comes that a test puts in by itself."""

BUS = QuestionDraft(
    "How is the bus in the morning?",
    (
        OptionDraft("It is late", "More than ten minutes, most days."),
        OptionDraft("It is on time", "Less than ten minutes late."),
        OptionDraft("We don't use it", "Your child goes another way."),
    ),
)
HELP = QuestionDraft(
    "What would help?",
    (
        OptionDraft("A text message", "We write when the bus is late."),
        OptionDraft("One more helper", "Another adult on each bus."),
        OptionDraft("A fixed driver", "The same person every day."),
    ),
    QuestionKind.SEVERAL,
    2,
)
MATTERS = QuestionDraft(
    "What matters most?",
    (
        OptionDraft("Time", "It comes on time."),
        OptionDraft("Calm", "It is quiet."),
        OptionDraft("Care", "The driver knows my child."),
    ),
    QuestionKind.RANKING,
)
HOW_WELL = QuestionDraft(
    "How well does it go?", (OptionDraft("Badly"), OptionDraft("So-so"), OptionDraft("Well")), QuestionKind.SCALE
)
VIEWS = QuestionDraft(
    "What do you think?",
    (OptionDraft("We are told in time."), OptionDraft("The driver listens.")),
    QuestionKind.STATEMENTS,
)
OWN_WORDS = QuestionDraft("What else?", kind=QuestionKind.TEXT, at_most=1000)
EVERY_KIND = (BUS, HELP, MATTERS, HOW_WELL, VIEWS, OWN_WORDS)

CONTENT = Content(
    title="School buses",
    why="Many families told us the bus comes at a new time each day.",
    who_decides="The transport board",
    where_decided="Town Hall, room 3",
    decided_on=date(2027, 4, 20),
    can_change="Times and helpers.",
    cannot_change="The bus company, until 2028.",
    next_what="We tell you what the board decided.",
    next_by=date(2027, 4, 30),
    questions=(BUS,),
)


def a_topic(work: Work, title: str = "School buses", next_word_on: date = date(2027, 6, 30)) -> Topic:
    return topics.start(work, title, outside="It is about a contract.", next_word_on=next_word_on)


def a_draft(work: Work, *, topic: Topic | None = None, **changes: Any) -> Poll:
    """A poll with nothing missing, but not scheduled."""
    content = replace(CONTENT, **changes)
    poll = service.write(work, (topic or a_topic(work, f"Topic {content.title}")).id, content.title)
    return service.change(work, poll.id, poll.version, content)


def a_poll(
    work: Work,
    keys: Path,
    *,
    opens_at: datetime | None = None,
    questions: Sequence[QuestionDraft] = (BUS,),
    **changes: Any,
) -> Poll:
    """A scheduled poll; open unless ``opens_at`` is later."""
    a_key(work, keys)
    poll = a_draft(work, questions=tuple(questions), **changes)
    days = 28 if poll.kind is PollKind.CONSULTATION else 14
    return service.schedule(
        work, poll.id, poll.version, opens_at, usual_close(max(opens_at or work.now, work.now), days)
    )


def from_today(work: Work) -> dict[str, Any]:
    """What a poll promises, counted from today: for those who run by the real clock."""
    today = london_date(work.now)
    topic = a_topic(work, "Of today", today + timedelta(days=120))
    return {"topic": topic, "decided_on": today + timedelta(days=60), "next_by": today + timedelta(days=70)}


def chosen(work: Work, poll: Poll, *picks: int | list[int | None] | None) -> dict[str, list[str]]:
    """Answers by the number of the option in each question; ``None`` is "not sure"."""
    paper = queries.paper_of(work.session, poll)
    raw = {}
    for question, pick in zip(paper.questions, picks, strict=True):
        options = paper.options[question.id]
        numbers = pick if isinstance(pick, list) else [pick]
        raw[question.id.hex] = ["not sure" if n is None else options[n].id.hex for n in numbers]
    return raw


def boxes(raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same as a form sends them."""
    return {f"q-{question}": values for question, values in raw.items()}


def every_box(work: Work, poll: Poll, words: str = "") -> dict[str, list[str]]:
    """What a browser sends for ``EVERY_KIND``: the first of each, and ``words``."""
    paper = queries.paper_of(work.session, poll)
    sent: dict[str, list[str]] = {}
    for question in paper.questions:
        name, options = f"q-{question.id.hex}", [option.id.hex for option in paper.options[question.id]]
        if question.kind is QuestionKind.RANKING:
            sent |= {f"{name}-{one}": [str(place)] for place, one in enumerate(options, start=1)}
        elif question.kind is QuestionKind.STATEMENTS:
            sent |= {f"{name}-{one}": ["agree"] for one in options}
        else:
            sent[name] = [words] if question.kind is QuestionKind.TEXT else options[:1]
    return sent
