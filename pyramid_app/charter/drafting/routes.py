"""Drafts: the list, beginning one, writing on it with others, its versions, its Easy Read. A draft's own page, which
shows several capabilities, is in ``pages``.
"""

from uuid import UUID

from flask import Response, request

from pyramid_app.accounts import queries as people
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.drafting import queries, screens, service
from pyramid_app.charter.drafting.forms import TwinForm, WriterForm, start_form
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_invite, may_see_drafts, may_start, may_write
from pyramid_app.charter.drafting.rules import DraftKind, Part, shown_name
from pyramid_app.charter.drafting.writing import could_write, write_page
from pyramid_app.charter.rules import EASY_READ, digest, exact
from pyramid_app.kit.texts.languages import LANGUAGES
from pyramid_app.kit.texts.numbers import whole


@blueprint.get("/drafts")
@anyone
def drafts() -> Response:
    """What is being worked on, by where it is; for anybody else what families voted on, and who writes."""
    reading, now = house.reading(), house.now()
    part = queries.part_of(reading, house.actor(), now)
    found = queries.list_drafts(reading, part)
    places = [(words, [one for one in found if one.stage is stage]) for stage, words in screens.PLACES.items()]
    return render(
        "charter/drafts/index.html", places=[place for place in places if place[1]], kinds=screens.KINDS,
        inside=bool(may_see_drafts(part)), may_start=bool(may_start(part)),
    )  # fmt: skip


@blueprint.get("/drafts/new")
@signed_in
def new_draft() -> Response:
    """What should change: five kinds, a line each."""
    _let_start()
    return render("charter/drafts/new.html", kinds=screens.KINDS, promise=whole(request.args.get("promise")))


@blueprint.route("/drafts/new/<kind>", methods=["GET", "POST"])
@signed_in
def new_draft_of(kind: str) -> Response:
    """Its name, and which promises it is about."""
    _let_start()
    if kind not in set(DraftKind):
        raise errors.NotFound
    reading, chosen, begun = house.reading(), DraftKind(kind), []
    now = charter.current_charter(reading)
    principles = charter.list_principles(reading)
    form = start_form(chosen, now.promises if now else [], principles, request.args.get("promise", ""))

    def begin(work: Work) -> None:
        title, reason = form.title.data or "", form.reason.data or ""
        begun.append(service.start(work, chosen, title, form.about(), reason, form.belongs()).ref)

    if acted(form, begin):
        return see_other("charter.write_draft", ref=begun[0])
    return render("charter/drafts/new_of.html", form=form, kind=screens.KINDS[chosen], status=form.status)


@blueprint.route("/drafts/<ref>/write", methods=["GET", "POST"])
@signed_in
def write_draft(ref: str) -> Response:
    """The words; they save themselves, and never over somebody else's."""
    draft, part = _get(ref)
    may_write(part, draft).enforce()
    return write_page(draft, part)


@blueprint.get("/drafts/<ref>/versions/<int(max=99999):number>")
@anyone
def draft_version(ref: str, number: int) -> Response:
    """One version, marked against the one before it."""
    draft, part = _get(ref)
    reading = house.reading()
    text, names = queries.text_of(reading, draft, number), screens.names(reading)
    old = queries.text_of(reading, draft, number - 1).promises if number > 1 else ()
    versions = queries.versions_of(reading, draft.id)
    writers = people.names_of(reading, [one.by_id for one in versions if one.by_id]) if part.any else {}
    return render(
        "charter/drafts/version.html", draft=draft, number=number, versions=versions,
        compared=screens.one_by_one(old, text.promises, names),
        writers={person: shown_name(name, unnamed=False) for person, name in writers.items()},
    )  # fmt: skip


@blueprint.route("/drafts/<ref>/words/<int(max=99):position>", methods=["GET", "POST"])
@signed_in
def draft_words(ref: str, position: int) -> Response:
    """The same promise in Easy Read or in another language."""
    draft, part = _get(ref)
    promises = queries.text_of(house.reading(), draft).promises
    if draft.locked_at is not None or not (part.officer or may_write(part, draft)) or position >= len(promises):
        raise errors.NotFound
    known = {one.language: one for one in queries.twins_of(house.reading(), draft.id) if one.position == position}
    code = request.args.get("language", EASY_READ)
    form = TwinForm(language=code, text=known[code].text if code in known else "")
    form.offer()
    said, text = form.language.data or "", form.text.data or ""
    if acted(form, lambda work: service.translate(work, draft.id, position, said, text)):
        return see_other("charter.draft_words", ref=ref, position=position, language=said, kept=1)
    return render(
        "charter/drafts/words.html", draft=draft, words=promises[position], form=form, twins=known,
        position=position, languages=LANGUAGES, now_digest=digest(exact(promises[position])),
        kept="kept" in request.args and request.method == "GET", status=form.status,
    )  # fmt: skip


@blueprint.route("/drafts/<ref>/writers", methods=["GET", "POST"])
@signed_in
def draft_writers(ref: str) -> Response:
    """Asking somebody of the team to write with the representatives."""
    draft, part = _get(ref)
    may_invite(part).enforce()
    reading, form = house.reading(), WriterForm()
    there = queries.writers_of(reading, draft.id)
    form.offer(could_write(reading, house.now(), there))
    if acted(form, lambda work: service.invite_writer(work, draft.id, UUID(form.person.data))):
        return see_other("charter.draft_writers", ref=ref)
    names = people.names_of(reading, there)
    return render("charter/drafts/writers.html", draft=draft, form=form, writers=sorted(names.values()),
                  status=form.status)  # fmt: skip


@blueprint.post("/drafts/<ref>/up-to-date")
@signed_in
def up_to_date(ref: str) -> Response:
    """The charter has changed since: it is held against the present one from now on."""
    draft, _part = _get(ref)
    with house.acting() as work:
        service.bring_up_to_date(work, draft.id)
    return see_other("pages.draft", ref=ref)


def _get(ref: str) -> tuple[Draft, Part]:
    return queries.get_draft(house.reading(), ref, house.actor(), house.now())


def _let_start() -> None:
    may_start(queries.part_of(house.reading(), house.actor(), house.now())).enforce()
