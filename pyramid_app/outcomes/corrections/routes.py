"""Every version of an answer at an address of its own; and on the desk, correcting one."""

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.files.limits import takes_files
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.web.typed import which_page
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.disclosure import show
from pyramid_app.outcomes import letters
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.blueprint import blueprint
from pyramid_app.outcomes.corrections import queries, screens, service
from pyramid_app.outcomes.corrections.forms import CorrectForm, form_for
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.verdicts import queries as verdicts
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

ON_A_PAGE = 20


@blueprint.get("/outcomes/<ref>/versions/<int:number>")
@anyone
def version(ref: str, number: int) -> Response:
    """One version: what changed in it, what was said before, and how to cite it. Its address never changes."""
    session = house.reading()
    versions = queries.versions_of(session, ref, house.now())
    if not 0 < number <= len(versions):
        raise errors.NotFound
    outcome, before = versions[number - 1], versions[number - 2] if number > 1 else None
    evidence = outcomes.evidence_of(session, versions)
    return render(
        "outcomes/version.html", outcome=outcome, before=before, versions=versions, newest=versions[-1].version,
        evidence=evidence, topic=topics.get_topic_by_id(session, outcome.topic_id),
        changes=screens.changes(before, outcome, evidence) if before else [],
        address=f"{house.house().settings.address}/outcomes/{ref}/versions/{number}",
    )  # fmt: skip


@blueprint.route("/desk/outcomes/<ref>/correct", methods=["GET", "POST"])
@officers
@takes_files
def correct(ref: str) -> Response:
    """The answer as it stands, to be mended; the page shows the letter that goes if people are told again."""
    versions = queries.versions_of(house.reading(), ref, house.now())
    topic = topics.get_topic_by_id(house.reading(), versions[-1].topic_id)
    evidence = outcomes.evidence_of(house.reading(), versions[-1:])
    form = form_for(versions[-1], outcomes.file_in(evidence, versions[-1]))
    if form.validate_on_submit() and "look" not in request.form and _corrects(form, versions):
        return see_other("pages.topic", ref=topic.ref)
    return render(
        "outcomes/correct.html", "letter", topic=topic, form=form, letter=_preview(topic, form, versions[-1]),
        listeners=show(outcomes.how_many_hear(house.reading(), topic.id)), status=form.status,
    )  # fmt: skip


def _corrects(form: CorrectForm, versions: list[Outcome]) -> bool:
    """Whether it was published; if not, the form says why."""
    try:
        with house.acting() as work:
            seen, because = form.seen(versions), form.because.data or ""
            service.correct(work, seen.id, form.kept(work), because, tell_again=form.tell_again.data)
    except errors.Invalid as refused:
        form.take(refused)
    except errors.Conflict as refused:
        form.form_errors.append(translate(refused.reason))
        form.version.data = str(queries.versions_of(house.reading(), versions[-1].ref, house.now())[-1].version)
    else:
        return True
    return False


def _preview(topic: Topic, form: CorrectForm, before: Outcome) -> Words:
    """The letter as a family that spoke gets it."""
    outcome = service.unsaved_version(before, form.looked_at(), form.because.data or "", house.actor(), house.now())
    said = next(iter(feedback.cleared_voices(house.reading(), topic.id, most=1)), None)
    return letters.outcome_words(
        house.area(), topic, outcome, name="", said=said, by=house.actor().name,
        address=house.house().settings.address, again=True,
    )  # fmt: skip


@blueprint.get("/outcomes/what-we-got-wrong")
@anyone
def wrong() -> Response:
    """Answers we had to correct, and topics that families sent back: the page that nobody likes to write."""
    reading = house.reading()
    page, pages = which_page(queries.how_many_went_wrong(reading), ON_A_PAGE)
    return render(
        "outcomes/wrong.html", corrected=queries.what_went_wrong(reading, most=ON_A_PAGE, skip=(page - 1) * ON_A_PAGE),
        reopened=verdicts.reopenings(reading, most=ON_A_PAGE), page=page, pages=pages,
    )  # fmt: skip
