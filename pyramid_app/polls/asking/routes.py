"""The desk's pages for a poll that is being written."""

from dataclasses import replace
from uuid import UUID

from flask import Response, request, url_for

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.kit.disclosure import Count, show_live
from pyramid_app.participation import queries as participation
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.answering.screens import Door, check_page, paper_page, refusals, sent_answers
from pyramid_app.polls.asking import service
from pyramid_app.polls.asking.drafts import content_of
from pyramid_app.polls.asking.forms import NewPollForm, PollForm, filled
from pyramid_app.polls.asking.question_forms import KIND_NAMES
from pyramid_app.polls.asking.rules import usual_close, what_is_missing
from pyramid_app.polls.asking.schedule_forms import ROLLS, ScheduleForm, schedule_form
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.models import Poll
from pyramid_app.polls.permissions import may_fix_roll
from pyramid_app.polls.progress import how_far
from pyramid_app.polls.rules import State, state_of
from pyramid_app.topics import queries as topics


@blueprint.get("/desk/polls")
@officers
def desk_index() -> Response:
    session, now = house.reading(), house.now()
    found = queries.list_all(session)
    polls = [(poll, state_of(poll, now)) for poll in found]
    return render("polls/desk_index.html", "main", polls=polls, far=how_far(session, found))


@blueprint.route("/desk/polls/new", methods=["GET", "POST"])
@officers
def desk_new() -> Response:
    """Choose the topic and a title; everything else is written on the next page."""
    form = NewPollForm()
    form.topic.choices = [(str(topic.id), topic.title) for topic in topics.current(house.reading())]
    if form.validate_on_submit():
        with house.acting() as work:
            poll = service.write(work, UUID(form.topic.data), form.title.data or "", form.chosen_pattern)
        return see_other("polls.desk_edit", ref=poll.ref)
    return render("polls/desk_new.html", "main", form=form, status=form.status)


@blueprint.route("/desk/polls/<ref>", methods=["GET", "POST"])
@officers
def desk_edit(ref: str) -> Response:
    """What it is about, and its questions, each with a page of its own."""
    poll = queries.get_draft(house.reading(), ref)
    if state_of(poll, house.now()) is not State.WRITTEN:
        return see_other("polls.show", ref=ref)
    content = content_of(queries.paper_of(house.reading(), poll))
    form = filled(content, poll.version)
    levels = [(level.slug, level.name) for level in participation.list_levels(house.reading()) if level.votes]
    form.offer(levels, house.area().wards, house.area().places_to_learn)
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                service.change(work, poll.id, form.seen, replace(content, **form.content()))
        except errors.Conflict as refused:
            form.form_errors.append(translate(refused.reason))
            return _edit_page(poll, form, status=409)
        return see_other("polls.desk_edit", ref=ref)
    return _edit_page(poll, form, status=form.status)


def _edit_page(poll: Poll, form: PollForm, status: int) -> Response:
    paper = queries.paper_of(house.reading(), poll)
    missing = what_is_missing(poll, paper.questions, paper.options)
    topic = topics.get_topic_by_id(house.reading(), poll.topic_id)
    return render(
        "polls/desk_edit.html", "main", poll=poll, paper=paper, topic=topic, form=form, missing=missing,
        kinds=KIND_NAMES, status=status,
    )  # fmt: skip


@blueprint.route("/desk/polls/<ref>/preview", methods=["GET", "POST"])
@officers
def desk_preview(ref: str) -> Response:
    """The paper as families will see it. Nothing that is answered here is kept."""
    return paper_page(queries.get_draft(house.reading(), ref), _preview(ref), sent_answers())


@blueprint.post("/desk/polls/<ref>/preview/check")
@officers
def desk_preview_check(ref: str) -> Response:
    poll, raw = queries.get_draft(house.reading(), ref), sent_answers()
    try:
        answering.check(house.reading(), poll, raw)
    except errors.Invalid as refused:
        return paper_page(poll, _preview(ref), raw, refusals(refused))
    return check_page(poll, _preview(ref), raw)


def _preview(ref: str) -> Door:
    here, check = url_for("polls.desk_preview", ref=ref), url_for("polls.desk_preview_check", ref=ref)
    return Door("preview", here, check, check)


@blueprint.post("/desk/polls/<ref>/young-people")
@officers
def desk_young_people(ref: str) -> Response:
    """The same questions, asked of young people: a draft of its own."""
    poll = queries.get_draft(house.reading(), ref)
    with house.acting() as work:
        twin = service.ask_young_people_too(work, poll.id)
    return see_other("polls.desk_edit", ref=twin.ref)


@blueprint.post("/desk/polls/<ref>/letter")
@officers
def desk_letter(ref: str) -> Response:
    """ "Send me this letter": the invitation, to the officer who asks."""
    poll = queries.get_draft(house.reading(), ref)
    with house.acting() as work:
        service.try_letter(work, poll.id, house.house().settings.address)
    return see_other("polls.desk_schedule", ref=ref, sent=1)


@blueprint.route("/desk/polls/<ref>/schedule", methods=["GET", "POST"])
@officers
def desk_schedule(ref: str) -> Response:
    """The last look: what is asked, of how many, from when until when."""
    poll = queries.get_draft(house.reading(), ref)
    if state_of(poll, house.now()) is not State.WRITTEN:
        return see_other("polls.show", ref=ref)
    usual = usual_close(house.now(), house.area().poll_days)
    form = schedule_form(poll, usual, may_fix_roll=bool(may_fix_roll(house.actor())))
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                service.schedule(
                    work, poll.id, form.seen, form.opens_at, form.closes_at, form.shorter_because.data or "",
                    roll=form.chosen_roll,
                )  # fmt: skip
        except errors.Invalid as refused:
            form.take(refused)
        except errors.Conflict as refused:
            form.form_errors.append(translate(refused.reason))
        else:
            return see_other("polls.show", ref=ref)
    return _schedule_page(poll, form, status=form.status)


def _schedule_page(poll: Poll, form: ScheduleForm, status: int) -> Response:
    session = house.reading()
    paper = queries.paper_of(session, poll)
    return render(
        "polls/desk_schedule.html", "main", poll=poll, form=form, paper=paper, sent="sent" in request.args,
        missing=what_is_missing(poll, paper.questions, paper.options), who_can=ROLLS[poll.roll],
        asked=show_live(Count.of(queries.people_asked(session, poll, house.now()))), status=status,
    )  # fmt: skip
