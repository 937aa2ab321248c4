"""Exercises: planned by officers and chairs; readable by anybody where any family may come, or once they were held."""

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.errors import NotFound
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.kit.disclosure import show as in_public
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.exercises import queries, service
from pyramid_app.meetings.exercises.forms import NoteForm, WriteUpForm, exercise_form, write_up_form
from pyramid_app.meetings.exercises.models import Exercise
from pyramid_app.meetings.exercises.permissions import may_hold, may_write_up
from pyramid_app.meetings.exercises.reading import get_exercise
from pyramid_app.meetings.exercises.rules import CAME, DEGREES, KINDS, MOST_NOTES
from pyramid_app.meetings.forms import saved
from pyramid_app.topics import queries as topics


@blueprint.get("/exercises/<ref>")
@anyone
def exercise(ref: str) -> Response:
    """What it was, who came, what was said. Who may read about it: ``may_see``."""
    reading, now, who = house.reading(), house.now(), house.actor()
    found = get_exercise(reading, ref, who, now)
    story = queries.story_of(reading, found.id)
    return render(
        "meetings/exercises/show.html", exercise=found, topic=topics.get_topic_by_id(reading, found.topic_id),
        kinds=KINDS, degrees=DEGREES, held=found.ends_at <= now, may_hold=bool(may_hold(who)),
        may_write_up=bool(may_write_up(who, found, now)), quotes=story.quotes, notes=in_public(story.notes),
        any_notes=story.notes >= 1, came=[(CAME[kind], in_public(count)) for kind, count in story.came.items()],
    )  # fmt: skip


@blueprint.route("/meetings/exercises/new", methods=["GET", "POST"])
@signed_in
def new_exercise() -> Response:
    """Planned, or written down after it was held."""
    return _plan(None)


@blueprint.route("/exercises/<ref>/change", methods=["GET", "POST"])
@signed_in
def change_exercise(ref: str) -> Response:
    return _plan(_led(ref))


@blueprint.route("/exercises/<ref>/after", methods=["GET", "POST"])
@signed_in
def write_up(ref: str) -> Response:
    """Who came, and notes that become voices."""
    found = _led(ref)
    if not may_write_up(house.actor(), found, house.now()):
        raise NotFound
    form = write_up_form(queries.came_of(house.reading(), found.id))
    notes = [NoteForm(number) for number in range(MOST_NOTES)]
    fit = form.validate_on_submit() and {note.validate() for note in notes} == {True}
    if fit and _written(found, form, notes):
        return see_other("meetings.exercise", ref=ref)
    wrong = {name: list(said) for name, said in form.errors.items()}
    wrong |= {note[name].name: list(said) for note in notes for name, said in note.errors.items() if name}
    return render("meetings/exercises/after.html", "main", exercise=found, form=form, notes=notes,
                  summary={"errors": wrong}, status=422 if wrong else 200)  # fmt: skip


def _written(found: Exercise, form: WriteUpForm, notes: list[NoteForm]) -> bool:
    """Blocks without a word are left out; what is refused is said beside its box."""
    filled = [note for note in notes if note.words.data]
    said = [note.note() for note in filled]
    try:
        with house.acting() as work:
            service.write_up(work, found.id, form.came(), said, form.consent.data or "", form.form_id.data or "")
    except errors.Invalid as refused:
        for number, note in enumerate(filled):
            box = f"note-{number}-words"
            if box in refused.fields:
                note.take(errors.Invalid({"words": refused.fields[box]}))
        form.take(errors.Invalid({name: say for name, say in refused.fields.items() if not name.startswith("note-")}))
        return False
    return True


def _plan(found: Exercise | None) -> Response:
    if not may_hold(house.actor()):
        raise NotFound
    form, made = exercise_form(found), list[str]()
    offered = topics.current(house.reading())
    if found and found.topic_id not in {one.id for one in offered}:
        offered.append(topics.get_topic_by_id(house.reading(), found.topic_id))
    form.offer(offered)
    if request.method == "GET" and found is None and "topic" in request.args:
        form.topic.data = next((str(one.id) for one in offered if one.ref == request.args["topic"]), "")
    if found is None and saved(form, lambda work: made.append(service.plan(work, form.plan()).ref)):
        return see_other("meetings.exercise", ref=made[0])
    if found and saved(form, lambda work: service.change(work, found.id, form.seen, form.plan())):
        return see_other("meetings.exercise", ref=found.ref)
    now = _led(found.ref) if found else None
    if form.clash and now:
        form.version.data = str(now.version)
    return render("meetings/exercises/plan.html", "main", exercise=now, form=form, status=form.status)


def _led(ref: str) -> Exercise:
    if not may_hold(house.actor()):
        raise NotFound
    return get_exercise(house.reading(), ref, house.actor(), house.now())
