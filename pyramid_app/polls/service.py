"""What a poll promises to its topic."""

from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.polls.models import Poll
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service


def keep_word(work: Work, poll: Poll, why: Say) -> None:
    """The topic's next word comes by the day the poll promises, unless an earlier day is promised already."""
    topic = topics.get_topic_by_id(work.session, poll.topic_id)
    if poll.next_by and (topic.next_word_on is None or topic.next_word_on > poll.next_by):
        topics_service.promise_word(work, topic.id, poll.next_by, why=why.message.format(**why.facts))
